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
from xivolab.rtp.state import TYPE_CHANGE
from xivolab.testing import MadePacket, tpcap, trtp, tudp

NO_UPDATES = np.empty((0, 3), np.int64)
REPORT = b"\x80\xc9\x00\x01" + bytes(4)


def counted(counter: RtpCounter, path: Path) -> list[int]:
    """Counts a capture and closes; the numbers of the RTCP packets."""
    control = []
    for block in CaptureReader(Source(path)).blocks():
        control += counter.count(block.buffer, block.rows, block.count, 0, 0, NO_UPDATES)[0].tolist()
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
    first = np.zeros(1, np.int64)
    endpoint = endpoints.numbers(["10.0.0.2"], first, np.array([5000]))
    (entry,) = announced.add(endpoint, first, [{8: ("PCMA", 8000)}], first, first).tolist()
    counter = RtpCounter(endpoints, announced)
    counter.expect(int(endpoint[0]), entry)
    counted(counter, tpcap(tmp_path / "a", talk([7])))
    assert counter.streams["packets"].tolist() == [1]


def test_more_flows_on_probation_at_once_than_there_is_room_for_are_all_found(tmp_path: Path) -> None:
    """Each sends its first packet before any sends its second."""
    ends = [(f"10.0.{n >> 8}.{n & 255}:4000", n) for n in range(6000)]
    packets = [trtp(src, BOB, k, 160 * k, k + n / 9000, ssrc=n) for k in range(2) for src, n in ends]
    counter = counter_of(1 << 14, 1 << 13)
    counted(counter, tpcap(tmp_path / "a", packets))
    assert len(counter.streams) == 6000
    assert set(counter.streams["packets"].tolist()) == {2}


def test_rows_of_which_more_is_to_be_known_are_given_back_however_many_there_are(tmp_path: Path) -> None:
    """A type that changes with each packet."""
    path = tpcap(tmp_path / "a", [trtp(ALICE, BOB, n, 160 * n, 0.02 * n, pt=8 * (n % 2)) for n in range(3000)])
    counter = counter_of(16, 16)
    noted = [
        note
        for block in CaptureReader(Source(path)).blocks()
        for note in counter.count(block.buffer, block.rows, block.count, 0, 0, NO_UPDATES)[1].tolist()
    ]
    # The first packet was on probation; it has no row any more when the second is counted.
    assert [index for _, index, _, _ in noted] == list(range(1, 3000))
    assert {(kind, stream) for kind, _, stream, _ in noted} == {(TYPE_CHANGE, 0)}
    assert {value for *_, value in noted} == {8, 8 << 8}


def test_what_else_goes_to_the_port_is_counted_where_the_port_is_known(tmp_path: Path) -> None:
    stun = b"\x00\x01\x00\x00\x21\x12\xa4\x42" + bytes(12)
    dtls = b"\x16\xfe\xfd" + bytes(30)
    zrtp = b"\x10\x00\x00\x01ZRTP" + bytes(20)
    quic = b"\x40" + bytes(40)
    packets = talk(range(4))
    for at, payload in enumerate((stun, dtls, dtls, zrtp, quic, bytes(20))):
        packets += [tudp(ALICE, BOB, payload, 1 + at), tudp(ALICE, "10.9.9.9:9", payload, 1 + at)]
    counter = counter_of(16, 16)
    counted(counter, tpcap(tmp_path / "a", packets))
    assert counter.others[counter.streams["destination"][0]].tolist() == [1, 2, 1]
    assert counter.others.sum() == 4
