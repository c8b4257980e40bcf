"""The tables of the RTP kernel, and how they grow."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.made import ALICE, BOB, talk
from xivolab.evidence.source import Source
from xivolab.net.endpoints import Endpoints
from xivolab.net.reader import CaptureReader
from xivolab.rtp.announced import Announced
from xivolab.rtp.counter import RtpCounter
from xivolab.testing import MadePacket, tpcap, tudp

NO_UPDATES = np.empty((0, 3), np.int64)
REPORT = b"\x80\xc9\x00\x01" + bytes(4)


def counted(counter: RtpCounter, path: Path) -> list[int]:
    """Counts a capture and closes; the numbers of the RTCP packets."""
    control = []
    for block in CaptureReader(Source(path)).blocks():
        control += counter.count(block.buffer, block.rows, block.count, 0, NO_UPDATES).tolist()
    counter.close()
    return control


def counter_of(endpoints: int, streams: int) -> RtpCounter:
    table = Endpoints(endpoints)
    return RtpCounter(table, Announced(table), streams)


def test_small_tables_grow_and_count_like_large_ones(tmp_path: Path) -> None:
    packets = [p for n in range(50) for p in talk(range(10), start=n, src=f"10.0.1.{n}:4000", ssrc=n)]
    path = tpcap(tmp_path / "a", packets)
    small, large = counter_of(4, 4), counter_of(4096, 256)
    counted(small, path)
    counted(large, path)
    assert len(small.streams) == 50
    assert small.streams["packets"].tolist() == large.streams["packets"].tolist() == [10] * 50
    assert np.array_equal(small.types, large.types)
    assert np.array_equal(small.seconds, large.seconds)


def test_packets_per_payload_type(tmp_path: Path) -> None:
    counter = counter_of(16, 16)
    counted(counter, tpcap(tmp_path / "a", [*talk(range(6), pt=8), *talk(range(6, 9), start=0.12, pt=13)]))
    assert {pt: int(n) for pt, n in enumerate(counter.types[0]) if n} == {8: 6, 13: 3}


def test_the_rows_of_rtcp_are_given_back_however_many_there_are(tmp_path: Path) -> None:
    packets: list[MadePacket] = [tudp(ALICE, BOB, REPORT, n / 100) for n in range(3000)]
    assert counted(counter_of(16, 16), tpcap(tmp_path / "a", packets)) == list(range(3000))


def test_what_is_expected_needs_no_probation(tmp_path: Path) -> None:
    endpoints = Endpoints()
    announced = Announced(endpoints)
    added = announced.add("10.0.0.2", 5000, {8: ("PCMA", 8000)}, 0, 1)
    assert added is not None
    counter = RtpCounter(endpoints, announced)
    counter.expect(*added)
    counted(counter, tpcap(tmp_path / "a", talk([7])))
    assert counter.streams["packets"].tolist() == [1]
