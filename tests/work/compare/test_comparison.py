"""Two points compared from the files on: what the network between them did is found, and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import xivolab
from tests.captures import ROOT
from tests.work.compare.crossing import PHONE, ROUTER, TO_A, TO_B, Between, Sent, lost, points, rtp, signalling
from xivolab.errors import UsageError
from xivolab.schema import COMPARE_RECORDS
from xivolab.testing import START
from xivolab.work.compare.comparison import Comparison, compare

TALK = 8.0
CALL = [*signalling(TALK), *rtp(TALK)]
SIP = len(signalling(TALK))
VOICES = int(TALK * 50)


def compared(packets: list[Sent], between: Between, folder: Path) -> Comparison:
    return compare(*points(packets, between, folder))


def rows(found: Comparison, table: str) -> list[dict[str, Any]]:
    return list(found.table(table).records())


def offset_error(found: Comparison, between: Between, at: float) -> float:
    moment = round((START + at) * 1e9)
    true = between.offset + at * between.ppm * 1e-6
    import numpy as np

    return abs(float(found.offset.at_ns(np.array([moment]))[0]) / 1e9 - true)


def test_nothing_happens_to_a_call_that_passes(tmp_path: Path) -> None:
    found = compared(CALL, Between(offset=3.7, ppm=40.0), tmp_path)
    assert {row["verdict"] for row in rows(found, "messages")} == {"passed"}
    assert [
        (r["both"], r["lost"], r["unseen"], r["outside"], r["reordered"], r["doubled"]) for r in rows(found, "streams")
    ] == [(VOICES, 0, 0, 0, 0, 0)] * 2
    assert rows(found, "rewrites") == []
    (call,) = rows(found, "calls")
    assert (call["relation"], call["messages"], call["sip_alg"], call["rewritten"]) == ("same", 7, False, 0)
    assert {row["way"] for row in rows(found, "streams")} == {TO_B, TO_A}


@pytest.mark.parametrize(("offset", "ppm"), [(3.7, 40.0), (0.5, 0.0), (-86400.0, -100.0), (0.0, 0.0)])
@pytest.mark.parametrize("what", ["both", "one direction", "no RTP"])
def test_the_offset_is_found_within_20_ms(offset: float, ppm: float, what: str, tmp_path: Path) -> None:
    voices = {"both": rtp(TALK), "one direction": rtp(TALK, (TO_B,)), "no RTP": []}[what]
    between = Between(offset=offset, ppm=ppm)
    found = compared([*signalling(TALK), *voices], between, tmp_path)
    assert max(offset_error(found, between, at) for at in (0.0, TALK)) < 0.02
    assert found.offset.rtp_pairs == len(voices)


def test_rtp_of_one_direction_alone_says_so(tmp_path: Path) -> None:
    between = Between(offset=0.5, dropped={5, 60})
    found = compared(rtp(TALK, (TO_B,)), between, tmp_path)
    assert found.offset.ways == TO_B
    assert found.offset.plus_minus_s is None
    assert offset_error(found, between, 2.0) < 0.02
    assert lost(rows(found, "streams"), TO_B) == 2


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_exactly_what_the_network_did_is_found(data: st.DataObject) -> None:
    inner = st.integers(SIP + 30, SIP + VOICES - 30) | st.integers(SIP + VOICES + 30, len(CALL) - 30)
    dropped = data.draw(st.sets(inner, max_size=12))
    doubled = data.draw(st.sets(inner, max_size=5)) - dropped
    held = {
        number: data.draw(st.floats(0.021, 0.2))
        for number in sorted(data.draw(st.sets(inner, max_size=5)) - dropped - doubled)
    }
    messages = data.draw(st.sets(st.integers(1, SIP - 3), max_size=2))
    jitter = data.draw(st.lists(st.floats(0, 0.004), min_size=7, max_size=7))
    between = Between(
        offset=data.draw(st.floats(-3000, 3000)),
        ppm=data.draw(st.floats(-80, 80)),
        delay=lambda number: 0.003 + jitter[number % 7],
        dropped=dropped | messages,
        doubled=doubled,
        held=held,
        nat=data.draw(st.booleans()),
    )
    with tempfile.TemporaryDirectory() as folder:
        found = compared(CALL, between, Path(folder))
        streams = {row["way"]: row for row in rows(found, "streams")}
        verdicts = [(row["verdict"], row["way"]) for row in rows(found, "messages") if row["verdict"] != "passed"]
    assert max(offset_error(found, between, at) for at in (0.0, TALK)) < 0.02
    for way, numbers in ((TO_B, range(SIP, SIP + VOICES)), (TO_A, range(SIP + VOICES, len(CALL)))):
        assert streams[way]["lost"] == len(dropped & set(numbers))
        assert streams[way]["doubled"] == len(doubled & set(numbers))
        assert streams[way]["reordered"] == overtaken([n for n in numbers if n not in dropped], between)
        assert streams[way]["unseen"] == 0
    assert sorted(verdicts) == sorted(("lost", CALL[number].way) for number in messages)


def overtaken(numbers: list[int], between: Between) -> int:
    """Packets that arrive after one sent later."""
    latest, count = -1.0, 0
    for _, number in sorted((CALL[n].at + between.delay(n) + between.held.get(n, 0.0), n) for n in numbers):
        count += CALL[number].at < latest
        latest = max(latest, CALL[number].at)
    return count


def test_one_percent_of_loss(tmp_path: Path) -> None:
    dropped = set(range(SIP + 40, SIP + VOICES, 100)) | set(range(SIP + VOICES + 50, len(CALL), 100))
    between = Between(offset=3.7, ppm=40.0, dropped=dropped)
    found = compared(CALL, between, tmp_path)
    assert offset_error(found, between, 4.0) < 0.02
    (call,) = rows(found, "calls")
    assert (call["rtp_lost_to_b"], call["rtp_lost_to_a"]) == (4, 4)
    assert call["rtp_lost_to_b_pct"] == pytest.approx(1.0)


def test_what_is_outside_the_common_time_is_not_lost(tmp_path: Path) -> None:
    a, b = points(CALL, Between(offset=3.7), tmp_path)
    late = tmp_path / "late.pcap"
    content = b.read_bytes()
    # B's capture begins in the middle of the call: the records of its first four seconds are taken off.
    at, records = 24, []
    while at < len(content):
        seconds, length = (
            int.from_bytes(content[at : at + 4], "little"),
            int.from_bytes(content[at + 8 : at + 12], "little"),
        )
        records.append((seconds, content[at : at + 16 + length]))
        at += 16 + length
    late.write_bytes(content[:24] + b"".join(record for seconds, record in records if seconds >= START + 7))
    found = compare(a, late)
    assert sum(row["lost"] for row in rows(found, "streams")) == 0
    assert sum(row["outside"] for row in rows(found, "streams")) > 100
    assert {row["verdict"] for row in rows(found, "messages")} == {"passed", "outside"}
    back = compare(late, a)
    assert sum(row["lost"] for row in rows(back, "streams")) == 0


@pytest.mark.parametrize("copy", [0, 1, 2])
def test_a_lost_retransmission_is_the_one_that_was_lost(copy: int, tmp_path: Path) -> None:
    """The INVITE is sent three times; which copy never arrived is told by the time."""
    again = [Sent(CALL[0].at + after, TO_B, CALL[0].make) for after in (0.5, 1.5)]
    packets = [*CALL, *again]
    number = (0, len(CALL), len(CALL) + 1)[copy]
    found = compared(packets, Between(offset=3.7, ppm=40.0, dropped={number}), tmp_path)
    alone = [row for row in rows(found, "messages") if row["verdict"] != "passed"]
    assert [(row["verdict"], row["way"], row["retransmission"]) for row in alone] == [("lost", TO_B, copy > 0)]
    assert alone[0]["time_a"] == pytest.approx(START + packets[number].at, abs=1e-3)


def test_an_alg_is_caught(tmp_path: Path) -> None:
    """The router writes its own address into what the phone sends."""

    def through(sent: Sent) -> Sent:
        def make(phone: str, when: float) -> Any:
            packet = sent.make(phone, when)
            if phone == PHONE or sent.way != TO_B:
                return packet
            from xivolab.testing import tudp

            text = packet.data[42:].replace(PHONE.encode(), ROUTER.encode())
            return tudp(f"{ROUTER}:5060", "203.0.113.5:5060", text, when)

        return Sent(sent.at, sent.way, make)

    found = compared([*map(through, signalling(TALK)), *rtp(TALK)], Between(), tmp_path)
    (call,) = rows(found, "calls")
    assert call["sip_alg"]
    told = {(row["name"], row["kind"]) for row in rows(found, "rewrites")}
    assert told == {("Via", "sip-alg"), ("Contact", "sip-alg"), ("c=", "sip-alg"), ("o=", "sip-alg")}


def test_two_legs_of_one_call_are_not_compared_packet_by_packet(tmp_path: Path) -> None:
    import re

    from xivolab.testing import tpcap, tudp

    a, _ = points(CALL, Between(), tmp_path)
    other = []
    for sent in signalling(TALK):
        packet = sent.make(PHONE, sent.at + 0.01)
        text = re.sub(rb"crossing@test|after@test", b"another@pbx", packet.data[42:]).replace(b"tag=a", b"tag=pbx9")
        ends = ("203.0.113.5:5060", "203.0.113.9:5060")
        src, dst = ends if sent.way == TO_B else ends[::-1]
        other.append(tudp(src, dst, text, sent.at + 0.01))
    found = compare(a, tpcap(tmp_path / "other.pcap", other))
    (call,) = rows(found, "calls")
    assert (call["relation"], call["messages"], call["lost_to_b"]) == ("legs", 0, 0)
    assert found.offset.ways == "none"


def test_captures_with_nothing_in_common(tmp_path: Path) -> None:
    found = compare("captures/busy", "captures/clean-call")
    assert found.offset.pairs == 0
    assert {row["verdict"] for row in rows(found, "messages")} <= {"elsewhere", "outside"}


def test_the_tables_have_the_types_of_their_records(tmp_path: Path) -> None:
    found = compared(CALL, Between(dropped={20}), tmp_path)
    for name, record in COMPARE_RECORDS.items():
        table = found.table(name)
        assert list(table.columns) == [field.name for field in record.fields]
        ids = table["id"].tolist()
        assert len(set(ids)) == len(ids)
    assert len(found.calls) == 1
    assert len(found.streams) == 2
    assert len(found.messages) == SIP
    assert len(found.rewrites) == 0
    with pytest.raises(UsageError, match="there are calls, messages, streams, rewrites, offset"):
        found.table("call")
    assert xivolab.open(tmp_path / "a.pcap").table("calls")["id"][0] == found.table("calls")["call_a"][0]


def test_streams_that_a_log_tells_have_no_packets_to_compare() -> None:
    found = compare(ROOT / "captures" / "rtp-debug", ROOT / "sample_logs" / "rtp-debug" / "full")
    streams = rows(found, "streams")
    assert len(streams) == 4
    assert all(one["streams_a"] and not one["streams_b"] for one in streams)
