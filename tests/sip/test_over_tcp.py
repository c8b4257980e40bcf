"""SIP over TCP: where messages begin and end in a flow of segments."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made import ALICE_SIP, BOB_SIP, invite, scanned, sip
from xivolab.net.tcp import Mark, Segment
from xivolab.sip.over_tcp import messages_of
from xivolab.testing import MadePacket, ttcp, tudp

ONE, TWO, THREE = sip(call_id="one"), invite(), sip("SIP/2.0 200 OK", body="xyz", call_id="three")
RING_RING = b"\r\n\r\n"


def segments(*pieces: bytes) -> list[Segment]:
    """Segments that follow each other; each is the packet of its own number, from 1."""
    made, at = [], 1000
    for frame, piece in enumerate(pieces, 1):
        made.append(Segment(at, piece, len(piece), Mark(0, frame, 0, 0, 64)))
        at += len(piece)
    return made


def read(sent: list[Segment]) -> list[tuple[bytes, int]]:
    """Each message with the number of its packet."""
    return [(data, mark.frame) for data, mark, _ in messages_of(sent)]


def test_a_message_in_a_segment() -> None:
    assert read(segments(ONE)) == [(ONE, 1)]


def test_several_messages_in_a_segment() -> None:
    assert read(segments(ONE + TWO + THREE)) == [(ONE, 1), (TWO, 1), (THREE, 1)]


def test_a_message_over_several_segments_is_of_the_last() -> None:
    assert read(segments(TWO[:50], TWO[50:200], TWO[200:])) == [(TWO, 3)]


def test_a_message_that_ends_where_the_next_begins() -> None:
    assert read(segments(ONE + TWO[:10], TWO[10:])) == [(ONE, 1), (TWO, 2)]


def test_keep_alives_between_messages() -> None:
    assert read(segments(RING_RING, ONE, RING_RING, b"\0", TWO)) == [(ONE, 2), (TWO, 5)]


def test_segments_in_the_wrong_order() -> None:
    first, second, third = segments(ONE[:40], ONE[40:80], ONE[80:])
    assert read([first, third, second]) == [(ONE, 3)]


def test_a_lost_segment_costs_only_the_messages_it_carried() -> None:
    first, _, third = segments(ONE, TWO, THREE)
    assert read([first, third]) == [(ONE, 1), (THREE, 3)]


def test_a_message_whose_end_is_lost_is_given_as_far_as_it_is_there() -> None:
    first, _, third = segments(TWO[:200], TWO[200:], ONE)
    assert read([first, third]) == [(TWO[:200], 1), (ONE, 3)]


def test_a_capture_that_begins_in_the_middle_of_a_message() -> None:
    assert read(segments(TWO[150:] + ONE)) == [(ONE, 1)]


def test_what_is_not_sip_gives_nothing() -> None:
    assert read(segments(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")) == []


@given(st.sets(st.integers(1, len(ONE + TWO + THREE) - 1)))
@settings(max_examples=100)
def test_wherever_segments_are_cut_the_messages_are_the_same(cuts: set[int]) -> None:
    sent = ONE + RING_RING + TWO + THREE
    bounds = [0, *sorted(cuts), len(sent)]
    pieces = [sent[start:end] for start, end in itertools.pairwise(bounds)]
    assert [data for data, *_ in messages_of(segments(*pieces))] == [ONE, TWO, THREE]


@given(st.binary(max_size=200), st.integers(0, 400))
@settings(max_examples=100)
def test_junk_in_a_flow_never_raises(junk: bytes, at: int) -> None:
    for data, *_ in messages_of(segments(ONE[:at] + junk, TWO)):
        assert data


class TestInACapture:
    """The flows of a whole scan."""

    def flow(self, *pieces: bytes, src: str = ALICE_SIP, dst: str = BOB_SIP, start: float = 0.0) -> list[MadePacket]:
        packets, at = [], 1
        for number, piece in enumerate(pieces):
            packets.append(ttcp(src, dst, piece, start + number, seq=at))
            at += len(piece)
        return packets

    def test_both_directions_of_a_connection(self) -> None:
        there, back = self.flow(ONE), self.flow(THREE, src=BOB_SIP, dst=ALICE_SIP, start=0.5)
        raw = scanned([*there, *back]).messages
        assert raw.data == [ONE, THREE]
        assert [raw.addresses[n] for n in raw.src] == [ALICE_SIP, BOB_SIP]
        assert raw.transport.tolist() == [1, 1]

    def test_a_start_line_over_two_segments(self) -> None:
        assert scanned(self.flow(ONE[:20], ONE[20:])).messages.data == [ONE]

    def test_messages_of_a_long_connection_that_began_before_the_capture(self) -> None:
        later = self.flow(TWO[100:], *[sip(call_id=f"{n}") for n in range(50)])
        assert scanned(later).messages.data == [sip(call_id=f"{n}") for n in range(50)]

    def test_other_connections_are_let_go(self) -> None:
        web = self.flow(*[b"GET / HTTP/1.1\r\n\r\n"] * 20)
        assert scanned([*web, *self.flow(ONE, src="10.0.0.3:9")]).messages.data == [ONE]

    def test_udp_and_tcp_messages_are_in_the_order_of_time(self) -> None:
        packets = [ttcp(ALICE_SIP, BOB_SIP, ONE, 1.0), tudp(ALICE_SIP, BOB_SIP, THREE, 2.0)]
        packets += [ttcp(ALICE_SIP, BOB_SIP, TWO, 3.0, seq=1 + len(ONE))]
        raw = scanned(packets).messages
        assert raw.data == [ONE, THREE, TWO]
        assert raw.transport.tolist() == [1, 0, 1]


def test_a_flow_that_is_met_in_the_middle_of_a_message() -> None:
    stream = TWO + ONE + THREE
    pieces = [ttcp(ALICE_SIP, BOB_SIP, stream[a : a + 300], a / 1e4, seq=1 + a) for a in range(60, len(stream), 300)]
    assert list(scanned(pieces).messages.data) == [ONE, THREE]
