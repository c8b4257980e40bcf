"""HEP over TCP: what it tells is read whatever the segments are, and at the frames that end it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.made import ALICE_SIP, BOB_SIP, scanned, sip
from xivolab.net.hep_stream import packets_told
from xivolab.net.tcp import Mark, Segment
from xivolab.testing import MadePacket, thep, ttcp

AGENT, SERVER = "192.0.2.9:40000", "192.0.2.8:9060"
TOLD = [sip(call_id=f"told-{n}") for n in range(5)]
STREAM = b"".join(thep(ALICE_SIP, BOB_SIP, data, told_at=1_700_000_100.0 + n).data[42:] for n, data in enumerate(TOLD))


def connection(cuts: list[int]) -> list[MadePacket]:
    """The stream cut at these offsets."""
    edges = sorted({0, *cuts, len(STREAM)})
    return [ttcp(AGENT, SERVER, STREAM[a:b], n / 10, seq=1 + a) for n, (a, b) in enumerate(pairwise(edges))]


@given(st.lists(st.integers(1, len(STREAM) - 1), max_size=6))
def test_however_it_is_cut(cuts: list[int]) -> None:
    found = scanned(connection(cuts))
    assert list(found.messages.data) == TOLD
    assert {found.messages.addresses[n] for n in found.messages.src} == {ALICE_SIP}
    assert {found.messages.addresses[n] for n in found.messages.dst} == {BOB_SIP}
    assert found.messages.time.tolist() == [(1_700_000_100 + n) * 10**9 for n in range(5)]
    assert set(found.messages.transport.tolist()) == {0}


def test_frames_are_those_that_complete_a_packet() -> None:
    size = len(STREAM) // 5
    assert scanned(connection([size + 10, 3 * size])).messages.frame.tolist() == [1, 2, 2, 3, 3]


def test_many_segments() -> None:
    """More than are kept of a connection that shows nothing."""
    assert list(scanned(connection(list(range(40, len(STREAM), 40)))).messages.data) == TOLD


def test_a_lost_segment_costs_what_was_in_it() -> None:
    size = len(STREAM) // 5
    packets = connection([size, 2 * size, 3 * size])
    del packets[1]
    assert list(scanned(packets).messages.data) == [TOLD[0], *TOLD[2:]]


@given(st.binary(max_size=80))
def test_any_bytes(data: bytes) -> None:
    list(packets_told([Segment(0, b"HEP3" + data, len(data) + 4, Mark(0, 1, 0, 0, 0))]))
