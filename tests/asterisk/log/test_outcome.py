"""How calls ended, by the log alone: as the recorded ones really did, and as definitions say."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.asterisk.log.made import bridge, left, logs, said, step, written
from tests.captures import ROOT

A, B = "PJSIP/alice-00000000", "PJSIP/bob-00000001"
TRUTHS = {path.parent.name: tomllib.loads(path.read_text()) for path in ROOT.glob("captures/*/truth.toml")}
# A call that ends before the dialplan, and what the log does not tell: that the session timer ran out.
# "console" has a call of its own that the PBX originates to itself, without SIP: no phone took part.
UNTOLD = {
    "console": None,
    "codec-refused": None,
    "caller-vanishes-session-timer": "released_by",
    "wrong-password": None,
    "restart": "released_by",  # channels that end because Asterisk does
    "logger-formats": None,  # several files hold its calls, as those of the next: tests/recorded
    "logger-rotation": None,
    "scan": None,  # calls that were challenged never came to the dialplan
}


@pytest.mark.parametrize("name", sorted(set(TRUTHS) - {name for name, what in UNTOLD.items() if what is None}))
def test_recorded_calls_ended_as_they_did(name: str) -> None:
    path = ROOT / "sample_logs" / name / "full"
    truths = TRUTHS[name].get("calls", [])
    # What the console itself originated has no phone on it.
    calls = [call.fields for call in logs(path, tz="UTC").calls if "@" not in (call.fields["from_user"] or "")]
    assert len(calls) == len(truths)
    for fields, truth in zip(calls, truths, strict=True):
        for key in ("from_user", "to_user", "state", "answered", "released_by"):
            if UNTOLD.get(name) != key:
                assert fields[key] == truth[key], key
        assert fields["status"] in (None, truth["status"])


def call(tmp_path: Path, *lines: str) -> dict[str, Any]:
    (found,) = logs(written(tmp_path, said(*lines))).calls
    return found.fields


def test_a_call_that_xivo_refuses_is_answered_by_the_server(tmp_path: Path) -> None:
    fields = call(tmp_path, step("Answer"), step("Playback", "noright"), step("Hangup"), left())
    assert (fields["state"], fields["answered_by"], fields["released_by"]) == ("completed", "server", "server")
    assert fields["connected_at"] is None
    assert fields["talk_s"] == 3.0


def test_announcements_before_the_answer_are_no_answer(tmp_path: Path) -> None:
    fields = call(tmp_path, step("Playback", "busy-call,noanswer"), step("Busy"), left())
    assert (fields["state"], fields["status"], fields["answered"]) == ("busy", 486, False)


@pytest.mark.parametrize(
    ("lines", "state", "released"),
    [
        (["app_dial.c: Called PJSIP/bob", "app_dial.c: Everyone is busy/congested at this time (1:1/0/0)"], "busy", "callee"),
        (["app_dial.c: Called PJSIP/bob", "app_dial.c: Everyone is busy/congested at this time (1:0/1/0)"], "failed", "callee"),
        (["app_dial.c: Called PJSIP/bob", "app_dial.c: Everyone is busy/congested at this time (1:0/0/1)"], "rejected", "callee"),
        (
            ["app_dial.c: Unable to create channel of type 'PJSIP' (cause 20 - Subscriber absent)",
             "app_dial.c: Everyone is busy/congested at this time (1:0/0/1)"], "failed", "server",
        ),
        (["app_dial.c: Called PJSIP/bob", "app_dial.c: Nobody picked up in 30000 ms"], "no-answer", "server"),
        (["app_dial.c: Called PJSIP/bob", f"app_dial.c: {B} is ringing"], "cancelled", "caller"),
    ],
)  # fmt: skip
def test_calls_that_nobody_answered(tmp_path: Path, lines: list[str], state: str, released: str) -> None:
    fields = call(
        tmp_path, step("Dial", "PJSIP/bob,30"), *lines, *([] if state == "cancelled" else [step("Hangup")]), left()
    )
    assert (fields["state"], fields["released_by"], fields["answered"], fields["talk_s"]) == (
        state,
        released,
        False,
        0.0,
    )
    assert fields["status"] in (None, 487)


def test_chanunavail_after_30_seconds_is_no_refusal(tmp_path: Path) -> None:
    late = "[Nov 23 07:51:43] VERBOSE[138][C-00000001] app_dial.c: Everyone is busy/congested at this time (1:0/0/1)"
    fields = call(tmp_path, step("Dial", "PJSIP/bob,40"), "app_dial.c: Called PJSIP/bob", late, left())
    assert fields["state"] == "failed"


def test_numbers_are_those_that_xivo_tells(tmp_path: Path) -> None:
    numbers = [step("Set", "XIVO_SRCNUM=77999"), step("Set", "XIVO_DSTNUM=70060"), step("Set", "XIVO_DSTNUM=70061")]
    fields = call(tmp_path, step("Set", "XIVO_BASE_CONTEXT=default", at="70060@default:1"), *numbers, left())
    assert (fields["caller"], fields["callee"], fields["from_user"], fields["to_user"]) == (
        "77999",
        "70060",
        "alice",
        "70060",
    )


def test_a_call_begun_before_the_log(tmp_path: Path) -> None:
    fields = call(tmp_path, bridge("left", B), bridge("left", A), left())
    assert (fields["partial"], fields["state"], fields["released_by"]) == (True, "completed", "callee")
    assert fields["start"] is fields["answered_at"] is fields["connected_at"] is fields["status"] is None


def test_a_call_cut_by_the_end_of_the_log(tmp_path: Path) -> None:
    fields = call(tmp_path, step("Dial", "PJSIP/bob"), "app_dial.c: Called PJSIP/bob", f"app_dial.c: {B} is ringing")
    assert (fields["state"], fields["end"], fields["released_by"], fields["talk_s"]) == ("ringing", None, None, None)


def test_a_call_whose_rtp_stopped_was_ended_by_the_server(tmp_path: Path) -> None:
    lack = f"[Nov 23 07:51:40] NOTICE[93] res_pjsip_sdp_rtp.c: Disconnecting channel '{A}' for lack of audio RTP activity in 10 seconds"
    fields = call(
        tmp_path, step("Dial", "PJSIP/bob"), f"app_dial.c: {B} answered {A}", bridge("joined", B), bridge("joined", A),
        bridge("left", A), left(), bridge("left", B), lack,
    )  # fmt: skip
    assert fields["released_by"] == "server"


def test_ids_do_not_depend_on_the_zone_or_the_year(tmp_path: Path) -> None:
    path = written(tmp_path, said(step("Dial", "PJSIP/bob"), left()))
    one, other = logs(path, tz="UTC", year=2026), logs(path, tz="Pacific/Noumea", year=2020)
    assert one.calls[0].fields["id"] == other.calls[0].fields["id"]
    assert one.calls[0].fields["start"] != other.calls[0].fields["start"]


def test_the_announcer_of_a_conference_is_nobody_to_talk_with(tmp_path: Path) -> None:
    head = "[2026-03-01 10:00:0{}] VERBOSE[863][C-0000000f] {}"
    lines = [
        'pbx.c: Executing [4000@default:1] Answer("PJSIP/a-00000001", "") in new stack',
        'pbx.c: Executing [4000@default:2] ConfBridge("PJSIP/a-00000001", "4000") in new stack',
        "bridge_channel.c: Channel CBAnn/4000-00000000;2 joined 'softmix' base-bridge <672a6e71>",
        "bridge_channel.c: Channel PJSIP/a-00000001 joined 'softmix' base-bridge <672a6e71>",
        "bridge_channel.c: Channel PJSIP/a-00000001 left 'softmix' base-bridge <672a6e71>",
        "bridge_channel.c: Channel CBAnn/4000-00000000;2 left 'softmix' base-bridge <672a6e71>",
        "pbx.c: Spawn extension (default, 4000, 2) exited non-zero on 'PJSIP/a-00000001'",
    ]
    (tmp_path / "full").write_text("\n".join(head.format(n, line) for n, line in enumerate(lines)) + "\n")
    (call,) = xivolab.open(tmp_path / "full", tz="UTC").table("calls").records()
    assert (call["answered_by"], call["connected_at"], call["state"], call["released_by"]) == (
        "server",
        None,
        "completed",
        "caller",
    )


LOCAL = "Local/1003@default-00000000"


def test_a_local_channel_that_is_optimised_away_hangs_nobody_up(tmp_path: Path) -> None:
    fields = call(
        tmp_path,
        step("Dial", "Local/1003@default"),
        f"app_dial.c: {LOCAL};1 answered {A}",
        bridge("joined", B, "x"),
        bridge("joined", f"{LOCAL};2", "x"),
        bridge("joined", f"{LOCAL};1", "y"),
        bridge("joined", A, "y"),
        bridge("left", B, "x"),
        f"bridge_channel.c: Channel {B} swapped with {LOCAL};1 into 'simple_bridge' basic-bridge <y>",
        bridge("left", f"{LOCAL};1", "y"),
        bridge("left", f"{LOCAL};2", "x"),
        bridge("left", A, "y"),
        left(),
        bridge("left", B, "y"),
    )
    assert (fields["state"], fields["released_by"], fields["answered_by"]) == ("completed", "caller", "callee")


def test_who_enters_a_conference_is_answered_by_the_server_and_ends_where_it_leaves(tmp_path: Path) -> None:
    room = "bridge_channel.c: Channel {} {} 'softmix' base-bridge <r>"
    fields = call(
        tmp_path,
        step("ConfBridge", "room"),
        room.format("CBAnn/room-00000000;2", "joined"),
        room.format(A, "joined"),
        room.format(A, "left"),
        room.format("CBAnn/room-00000000;2", "left"),
    )
    assert (fields["state"], fields["answered_by"], fields["connected_at"]) == ("completed", "server", None)
    assert (fields["released_by"], fields["talk_s"]) == ("caller", 3.0)
