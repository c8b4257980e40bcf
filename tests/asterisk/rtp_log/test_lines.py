"""The lines that tell packets of RTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.asterisk.log.made import framed, written
from xivolab.asterisk.log import LogReader
from xivolab.asterisk.log.rows import RECORD
from xivolab.asterisk.rtp_log.lines import CONTROL, EVENT, GOT, RTP_LINE, SENT, THREADS, find_rtp
from xivolab.evidence.source import Source

_HEAD = "[2026-11-23 08:14:10.771] VERBOSE[{thread}][C-00000001] res_rtp_asterisk.c: "


def found(folder: Path, *lines: str, thread: int = 130) -> list[dict[str, Any]]:
    text = "".join((line if line[:1] == "[" else _HEAD.format(thread=thread) + line) + "\n" for line in lines)
    return _found(written(folder, text))


def _found(path: Path) -> list[dict[str, Any]]:
    last, out = np.full((THREADS, 4), -2, np.int64), []
    for block in LogReader(Source(path)).blocks():
        table = np.zeros(block.count, RTP_LINE)
        used = find_rtp(block.buffer, block.rows, block.count, last, table)
        for row in table[:used]:
            told = {name: row[name].item() for name in RTP_LINE.names or ()}
            out.append({**told, "text": block.text(told["at"], told["end"])})
    return out


def test_a_packet_that_came(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "Got  RTP packet from    10.0.0.1:4000 (type 08, seq 012345, ts 2944010142, len 000160)")
    assert (one["kind"], one["text"], one["type"], one["sequence"]) == (GOT, "10.0.0.1:4000", 8, 12345)
    assert (one["timestamp"], one["length"], one["callid"], one["thread"], one["line"]) == (2944010142, 160, 1, 130, 1)
    assert one["body"] == -1


@pytest.mark.parametrize(
    ("line", "kind", "place", "payload_type"),
    [
        (
            "Sent RTP packet to      10.0.0.1:4000 (type 00, seq 000001, ts 000160, len 000160)",
            SENT,
            "10.0.0.1:4000",
            0,
        ),
        (
            "Sent RTP packet to      [fd77::11]:10072 (via ICE) (type 111, seq 1, ts 1, len 80)",
            SENT,
            "[fd77::11]:10072",
            111,
        ),
        (
            "Sent Comfort Noise RTP packet to 10.0.0.1:4000 (type 13, seq 000001, ts 000160, len 000001)",
            SENT,
            "10.0.0.1:4000",
            13,
        ),
        (
            "Sent RTP DTMF packet to 10.0.0.1:4000 (type 101, seq 000001, ts 000160, len 000004)",
            SENT,
            "10.0.0.1:4000",
            101,
        ),
        ("Got RTP packet from 10.0.0.1:4000 (type 08, seq 1, ts 160, len 160)", GOT, "10.0.0.1:4000", 8),
    ],
)
def test_other_ways_to_say_it(tmp_path: Path, line: str, kind: int, place: str, payload_type: int) -> None:
    (one,) = found(tmp_path, line)
    assert (one["kind"], one["text"], one["type"]) == (kind, place, payload_type)


def test_what_is_in_a_telephone_event(tmp_path: Path) -> None:
    told = "(type 101, seq 000007, ts 001600, len 000004, mark 1, event 0000000b, end 1, duration 00320) "
    (one,) = found(tmp_path, f"Got  RTP RFC2833 from   10.0.0.1:4000 {told}")
    assert (one["kind"], one["sequence"], one["body"]) == (EVENT, 7, (11 << 24) | (1 << 23) | 320)


def test_a_packet_handed_on_keeps_its_number(tmp_path: Path) -> None:
    came = "Got  RTP packet from    10.0.0.1:4000 (type 08, seq 000009, ts 001600, len 000160)"
    handed = "Sent RTP P2P packet to 10.0.0.2:4002 (type 08, len 000160)"
    other = "Sent RTP P2P packet to 10.0.0.2:4002 (type 08, len 000033)"
    lines = found(tmp_path, came, handed, handed, came, other)
    assert [(one["sequence"], one["timestamp"]) for one in lines[:2]] == [(9, 1600)] * 2
    assert lines[2]["sequence"] == -1  # the same packet is not sent twice
    assert lines[4]["sequence"] == -1  # another one


def test_threads_hand_on_their_own_packets(tmp_path: Path) -> None:
    head = _HEAD.format(thread=131)
    lines = found(
        tmp_path,
        "Got  RTP packet from    10.0.0.1:4000 (type 08, seq 000009, ts 001600, len 000160)",
        f"{head}Got  RTP packet from    10.0.0.2:4002 (type 08, seq 000070, ts 000320, len 000160)",
        "Sent RTP P2P packet to 10.0.0.2:4002 (type 08, len 000160)",
        f"{head}Sent RTP P2P packet to 10.0.0.1:4000 (type 08, len 000160)",
    )
    assert [one["sequence"] for one in lines] == [9, 70, 9, 70]


def test_what_the_module_says_else_may_be_rtcp(tmp_path: Path) -> None:
    lines = found(
        tmp_path,
        "* Sent RTCP SR to 10.0.0.1:4001",
        "  Our SSRC: 1234",
        "[2026-11-23 08:14:10.771] VERBOSE[1] pbx.c: RTCP from nowhere",
        "[2026-11-23 08:14:10.771] DEBUG[1] res_rtp_asterisk.c: RTCP from 10.0.0.1:4001",
    )
    assert [one["kind"] for one in lines] == [CONTROL, CONTROL]


def test_a_console_begins_it_without_a_header(tmp_path: Path) -> None:
    text = "RTCP from 10.0.0.1:4001\nPT: 201 (Receiver Report)\nGot  RTP packet from    10.0.0.1:4000 (type 08, seq 1, ts 1, len 160)\n"
    assert [one["kind"] for one in _found(written(tmp_path, text))] == [CONTROL, GOT]


@pytest.mark.parametrize(
    "line",
    [
        "Got  RTP packet from",
        "Got  RTP packet from    10.0.0.1:4000",
        "Got  RTP packet from    10.0.0.1:4000 (type",
        "Got  RTP packet from    10.0.0.1:4000 (type 08, seq 1, ts 1)",
        "Got  RTP packet from    10.0.0.1:4000 (type 200, seq 1, ts 1, len 160)",
        "Got  RTP packet somewhere",
    ],
)
def test_half_a_line_is_none(tmp_path: Path, line: str) -> None:
    assert found(tmp_path, line) == []


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 200), st.binary(max_size=12), st.integers(0, 200))
def test_safe_on_anything(cut: int, junk: bytes, at: int) -> None:
    line = b"[2026-11-23 08:14:10] VERBOSE[1] res_rtp_asterisk.c: Got  RTP RFC2833 from   10.0.0.1:4000 (type 101, seq 000007, ts 001600, len 000004, event 0000000b)"
    damaged = (line[:at] + junk + line[at:])[:cut]
    rows = np.zeros(512, RECORD)
    records = framed(damaged)
    for n, record in enumerate(records):
        for name, value in record.items():
            rows[n][name] = value
    table, last = np.zeros(512, RTP_LINE), np.full((THREADS, 4), -2, np.int64)
    used = find_rtp(np.frombuffer(damaged + b"\0", np.uint8), rows, len(records), last, table)
    assert 0 <= used <= len(records)
    for row in table[:used]:
        assert row["kind"] in (GOT, SENT, EVENT, CONTROL)
        assert row["type"] < 128
        assert row["sequence"] < 65536
