"""Which records are of one call: call ids, bridges, starts of Asterisk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.asterisk.log.made import bridge, left, logs, said, step, written

A, B, B2, C = "PJSIP/alice-00000000", "PJSIP/bob-00000001", "PJSIP/bob-00000002", "PJSIP/carol-00000003"
READY = "[Nov 23 07:51:58] VERBOSE[1] asterisk.c: Asterisk Ready.\n"
BANNER = "[Nov 23 07:51:58] Asterisk 22.1.0 built by nobody @ x\n"


def ids(path: Path) -> list[list[str]]:
    return [call.fields["log_ids"] for call in logs(path).calls]


def test_a_call_id_is_one_call(tmp_path: Path) -> None:
    text = said(step("Dial", "PJSIP/bob"), left()) + said(step("Dial", "PJSIP/a", B2), left(B2), callid=2)
    assert ids(written(tmp_path, text)) == [["C-00000001"], ["C-00000002"]]


def test_an_attended_transfer_joins_two_call_ids(tmp_path: Path) -> None:
    first = said(
        step("Dial", "PJSIP/bob"), f"app_dial.c: {B} answered {A}", bridge("joined", B, "x"), bridge("joined", A, "x")
    )
    consult = said(
        step("Dial", "PJSIP/carol", B2), f"app_dial.c: {C} answered {B2}", bridge("joined", C, "y"), bridge("joined", B2, "y"),
        callid=2, first=20,
    )  # fmt: skip
    alone = written(
        tmp_path, first + consult + said(bridge("left", B2, "y"), left(B2), callid=2, first=30), "abandoned"
    )
    assert ids(alone) == [["C-00000001"], ["C-00000002"]]
    done = said(bridge("left", B2, "y"), bridge("joined", A, "y"), bridge("left", B, "x"), callid=1, first=30)
    (call,) = logs(written(tmp_path, first + consult + done, "done")).calls
    assert call.fields["log_ids"] == ["C-00000001", "C-00000002"]
    assert (call.fields["caller"], call.fields["callee"], call.fields["state"]) == ("alice", "1002", "in-call")


@pytest.mark.parametrize("mark", [READY, BANNER])
def test_call_ids_that_start_again_are_other_calls(tmp_path: Path, mark: str) -> None:
    one = said(step("Dial", "PJSIP/bob"), left())
    calls = logs(written(tmp_path, one + mark + one)).calls
    assert [call.fields["log_ids"] for call in calls] == [["C-00000001"], ["C-00000001"]]
    assert [group.boot for call in calls for group in call.groups] == [0, 1]
    assert calls[0].boots == {0: ((0, 0), (0, 3)), 1: ((0, 3), None)}


def test_a_call_goes_on_over_a_rotation(tmp_path: Path) -> None:
    before = said(step("Dial", "PJSIP/bob"), f"app_dial.c: {B} answered {A}", bridge("joined", B), bridge("joined", A))
    after = said(bridge("left", A), left(), bridge("left", B), first=57)
    old, new = written(tmp_path, before, "full.1"), written(tmp_path, BANNER + after, "full")
    (call,) = logs(new, old).calls
    assert (call.fields["state"], call.fields["talk_s"]) == ("completed", 48.0)


def test_what_stands_in_two_files_counts_once(tmp_path: Path) -> None:
    text = said(step("Dial", "PJSIP/bob"), "app_dial.c: Called PJSIP/bob", left())
    (call,) = logs(written(tmp_path, text, "full"), written(tmp_path, text, "messages")).calls
    assert call.groups[0].places == [(0, 1), (0, 2), (0, 3)]


def test_the_sip_call_id_is_found(tmp_path: Path) -> None:
    noop = step("NoOp", "SIP Call-ID for this call: 6f4b@10.0.0.1")
    (call,) = logs(written(tmp_path, said(step("Dial", "PJSIP/bob"), noop, left()))).calls
    assert call.call_ids == ["6f4b@10.0.0.1"]


def test_a_console_without_call_ids(tmp_path: Path) -> None:
    lines = [step("Dial", "PJSIP/bob"), f"app_dial.c: {B} is ringing", "app_dial.c: Nobody picked up in 20 ms", left()]
    text = "".join(f"[Nov 23 07:51:{n + 10}]     -- {line.partition('.c: ')[2]}\n" for n, line in enumerate(lines))
    (call,) = logs(written(tmp_path, text)).calls
    assert (call.fields["log_ids"], call.fields["state"], call.channels) == ([], "no-answer", [A, B])


def test_an_invite_that_is_told_again_is_not_the_next_call_s(tmp_path: Path) -> None:
    invite = (
        "[Nov 23 07:51:1{}] VERBOSE[9] res_pjsip_logger.c: <--- Received SIP request (90 bytes) from UDP:10.77.0.11:5060 --->\n"
        "INVITE sip:1002@10.77.0.10 SIP/2.0\r\nFrom: <sip:alice@10.77.0.10>;tag=1\r\nCall-ID: abc\r\n\r\n\n"
    )
    first = said(step("Dial", "PJSIP/bob"), left(), first=11)
    second = said(step("Dial", "PJSIP/bob", "PJSIP/alice-00000002"), left("PJSIP/alice-00000002"), first=15, callid=2)
    calls = logs(written(tmp_path, invite.format(0) + first + invite.format(3) + second)).calls
    assert [call.call_ids for call in calls] == [["abc"], []]
