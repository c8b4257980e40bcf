"""SIP out of logs, against the captures of the same calls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.captures import ROOT
from xivolab.asterisk.log.logs import LogFile, Logs
from xivolab.asterisk.log.when import Told, zone_named
from xivolab.asterisk.sip_log.gather import log_messages
from xivolab.errors import UsageError
from xivolab.evidence.source import Source

CASES = sorted(
    path.parent.name
    for path in (ROOT / "sample_logs").glob("*/full")
    if (ROOT / "captures" / path.parent.name).is_dir()
)

# Recorded away from the PBX, or with a fault between the two: the log saw what the capture did not, or the other way round.
# Or its calls stand in several files: tests/recorded.
ELSEWHERE = {"two-points", "two-points-loss", "two-points-sip-alg", "logger-formats", "logger-rotation"}

# The log has the time it was written at, in whole seconds here; its own address it never prints.
TIMES = {"start", "end"}


def dialogs(*paths: Path) -> dict[str, dict[str, Any]]:
    return {row["call_id"]: row for row in xivolab.open(*paths, tz="UTC").table("dialogs").records()}


@pytest.mark.parametrize("name", [name for name in CASES if name not in ELSEWHERE])
def test_dialogs_are_those_of_the_capture(name: str) -> None:
    captured, told = dialogs(ROOT / "captures" / name), dialogs(ROOT / "sample_logs" / name / "full")
    both = captured.keys() & told.keys()
    assert len(both) >= len(captured) - 1
    end = max(row["end"] for row in told.values()) + 1  # the log was copied before the capture was stopped
    over = [call_id for call_id in both if captured[call_id]["end"] < end]
    assert over
    for call_id in over:
        one, other = captured[call_id], told[call_id]
        for field in one.keys() - TIMES - {"src", "dst", "id"}:
            assert other[field] == one[field], (call_id, field)
        assert [other[end] for end in ("src", "dst") if other[end]] == [
            one[end] for end in ("src", "dst") if other[end]
        ]
        assert None in (other["src"], other["dst"])
        for time in TIMES & one.keys():
            assert abs(other[time] - one[time]) < 1.1


def test_a_dialog_that_a_capture_has_is_not_counted_twice() -> None:
    captured = dialogs(ROOT / "captures" / "clean-call")
    both = dialogs(ROOT / "captures" / "clean-call", ROOT / "sample_logs" / "clean-call" / "full")
    assert {call_id: row["messages"] for call_id, row in both.items()} == {
        call_id: row["messages"] for call_id, row in captured.items()
    }


def test_messages_tell_their_line() -> None:
    path = ROOT / "sample_logs" / "clean-call" / "full"
    lines = path.read_bytes().split(b"\n")
    messages = list(xivolab.open(path, tz="UTC").table("messages").records())
    assert messages
    for message in messages:
        assert message["frame"] is None
        assert b"<--- " in lines[message["line"] - 1]
        assert lines[message["line"]].decode().startswith(message["first_line"])


def test_the_ladder_has_a_lane_for_asterisk() -> None:
    call = xivolab.open(ROOT / "sample_logs" / "clean-call" / "full", tz="UTC").call_list()[0]
    text = call.ladder(lang="fr").text(100)
    assert "Asterisk" in text
    assert "adresse absente du journal" in text
    assert "ligne" in call.ladder(lang="fr").html()


def test_what_needs_packets_says_so(tmp_path: Path) -> None:
    call = xivolab.open(ROOT / "sample_logs" / "clean-call" / "full", tz="UTC").call_list()[0]
    with pytest.raises(UsageError, match="there are no packets to cut"):
        call.cut(tmp_path / "call.pcap")
    with pytest.raises(UsageError, match="not from a packet"):
        call.messages[0].dissect()


def logs(tmp_path: Path, text: bytes) -> Logs:
    path = tmp_path / "full"
    path.write_bytes(text)
    return Logs([LogFile(str(path), Source(str(path)))], Told(zone_named("UTC"), 2026))


def test_two_messages_in_one_segment_are_two(tmp_path: Path) -> None:
    ok = b"SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 10.0.0.1\r\nCall-ID: a\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
    head = b"[Nov 23 07:00:00] VERBOSE[7] res_pjsip_logger.c: <--- Received SIP response (%d bytes) from TCP:10.0.0.1:5060 --->\n"
    raw, problems = log_messages(logs(tmp_path, head % (2 * len(ok)) + ok + ok + b"\n"))
    assert [bytes(data) for data in raw.data] == [ok, ok]
    assert raw.transport.tolist() == [1, 1]
    assert problems == []


def test_an_announcement_without_its_message_is_told(tmp_path: Path) -> None:
    text = b"[Nov 23 07:00:00] VERBOSE[7] res_pjsip_logger.c: <--- Received SIP request (9 bytes) from UDP:10.0.0.1:5060 --->\n"
    raw, problems = log_messages(logs(tmp_path, text))
    assert len(raw) == 0
    assert "1 SIP messages are announced" in problems[0].what


def test_the_same_text_again_is_a_retransmission_and_no_duplicate(tmp_path: Path) -> None:
    ask = b"OPTIONS sip:a@10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bK1\r\nCall-ID: a\r\nCSeq: 1 OPTIONS\r\n\r\n"
    head = b"[Nov 23 07:00:00] VERBOSE[7] res_pjsip_logger.c: <--- Transmitting SIP request (%d bytes) to UDP:10.0.0.1:5060 --->\n"
    logs(tmp_path, (head % len(ask) + ask + b"\n") * 2)
    row = next(iter(dialogs(tmp_path / "full").values()))
    assert (row["messages"], row["retransmissions"], row["capture_duplicates"]) == (2, 1, 0)


def test_chan_sip_both_ways(tmp_path: Path) -> None:
    ask = b"INVITE sip:1002@10.0.0.9 SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1\nFrom: <sip:a@x>;tag=1\nTo: <sip:1002@x>\nCall-ID: a\nCSeq: 1 INVITE\nContent-Length: 0\n\n"
    busy = b"SIP/2.0 486 Busy Here\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1\nFrom: <sip:a@x>;tag=1\nTo: <sip:1002@x>;tag=2\nCall-ID: a\nCSeq: 1 INVITE\nContent-Length: 0\n\n"
    text = (
        b"[2013-05-15 10:00:00] VERBOSE[7] chan_sip.c: \n<--- SIP read from UDP:10.0.0.1:5060 --->\n"
        + ask
        + b"<------------->\n"
        b"[2013-05-15 10:00:00] VERBOSE[7] chan_sip.c: --- (7 headers 0 lines) ---\n"
        b"[2013-05-15 10:00:01] VERBOSE[7] chan_sip.c: \n<--- Reliably Transmitting (no NAT) to 10.0.0.1:5060 --->\n"
        + busy
        + b"\n<------------>\n"
    )
    logs(tmp_path, text)
    row = next(iter(dialogs(tmp_path / "full").values()))
    assert (row["state"], row["status"], row["src"], row["dst"], row["messages"]) == (
        "busy",
        486,
        "10.0.0.1:5060",
        None,
        2,
    )


def test_a_console_without_dates_gives_records_that_the_schema_allows(tmp_path: Path) -> None:
    path = tmp_path / "console.txt"
    path.write_text(
        "<--- Received SIP request (250 bytes) from UDP:192.0.2.11:5060 --->\nREGISTER sip:192.0.2.10 SIP/2.0\n"
        "Via: SIP/2.0/UDP 192.0.2.11:5060;branch=z9hG4bK1\nFrom: <sip:a@x>;tag=1\nTo: <sip:a@x>\nCall-ID: a\n"
        "CSeq: 1 REGISTER\nContent-Length: 0\n\n"
    )
    case = xivolab.open(path)
    for name, times in (("dialogs", ("start", "end")), ("registrations", ("first", "last")), ("messages", ("time",))):
        table = case.table(name)
        (row,) = table.records()
        for time in times:
            assert row[time] is None
            assert table.record.field(time).null
