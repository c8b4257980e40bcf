"""Which packets of a capture belong to a call."""

from __future__ import annotations

import itertools
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, sip, talk
from xivolab.evidence.source import Source
from xivolab.net.select import Carried, Wanted, carriers, carries, select
from xivolab.testing import START, MadePacket, textended, tfragments, tpcap, ttcp, tudp

NS = int(START) * 10**9
WINDOW = {"since": NS - 10**9, "until": NS + 10**9}


def frames(tmp_path: Path, packets: list[MadePacket], wanted: Wanted) -> list[int]:
    source = Source(tpcap(tmp_path / "made.pcap", packets))
    return [packet.frame for packet in select(source, 0, wanted)]


def test_frames_are_taken_as_they_are(tmp_path: Path) -> None:
    packets = [tudp(ALICE_SIP, BOB_SIP, sip(call_id=str(n))) for n in range(5)]
    assert frames(tmp_path, packets, Wanted(frames={0: {2, 4}, 1: {1}}, **WINDOW)) == [2, 4]


def test_what_comes_or_goes_at_an_end_in_its_time(tmp_path: Path) -> None:
    packets = [
        *talk(range(3)),
        *talk(range(2), src=BOB, dst=ALICE),
        *talk(range(2), src="10.0.0.3:4000"),
        *talk([0], 9),
    ]
    packets.append(tudp(ALICE, "10.0.0.9:3478", b"\0\1\0\0\x21\x12\xa4\x42" + bytes(12)))  # STUN goes along
    assert frames(tmp_path, packets, Wanted(ends={ALICE}, **WINDOW)) == [1, 2, 3, 4, 5, 9]


def test_ipv6_ends(tmp_path: Path) -> None:
    six = "[2001:db8::1]:4000", "[2001:db8::2]:4000"
    packets = [tudp(*six, b"x"), textended(tudp(*six[::-1], b"y")), tudp("[2001:db8::3]:4000", six[1], b"z")]
    assert frames(tmp_path, packets, Wanted(ends={six[0]}, **WINDOW)) == [1, 2]


def test_flows_of_other_calls_are_left_and_shared_ones_told_apart_by_their_ssrc(tmp_path: Path) -> None:
    packets = [*talk([1], ssrc=1), *talk([1], ssrc=2), *talk([1], src="10.0.0.7:4000", ssrc=3)]
    packets.append(tudp(ALICE, BOB, b"\x81\xc9\x00\x07" + bytes(28)))  # RTCP
    wanted = Wanted(ends={BOB}, ssrcs={1}, shared={(ALICE, BOB)}, foreign={("10.0.0.7:4000", BOB)}, **WINDOW)
    assert frames(tmp_path, packets, wanted) == [1, 4]


def test_all_fragments_of_a_message_and_of_media(tmp_path: Path) -> None:
    ours, theirs = tudp(ALICE_SIP, BOB_SIP, sip()), tudp(ALICE_SIP, BOB_SIP, sip(call_id="b"))
    media = [tfragments(packet, 64, ip_id=9) for packet in (talk([1])[0], talk([1], src="10.0.0.7:4000")[0])]
    packets = [*tfragments(ours, 128, ip_id=7), *tfragments(theirs, 128, ip_id=8), *media[0], *media[1]]
    each, others = len(tfragments(ours, 128)), len(tfragments(theirs, 128))
    path = tpcap(tmp_path / "made.pcap", packets)
    wanted = Wanted(frames={0: {each}}, ends={ALICE}, **WINDOW)
    first = each + others + 1
    assert carriers([(0, Source(path))], wanted) == {0: {*range(1, each + 1), *range(first, first + len(media[0]))}}


def test_fragments_that_lie_in_two_files(tmp_path: Path) -> None:
    parts = tfragments(tudp(ALICE_SIP, BOB_SIP, sip()), 128)
    one, two = tpcap(tmp_path / "one.pcap", parts[:1]), tpcap(tmp_path / "two.pcap", parts[1:])
    wanted = Wanted(frames={1: {len(parts) - 1}}, **WINDOW)
    found = carriers([(0, Source(one)), (1, Source(two))], wanted)
    assert found == {0: {1}, 1: set(range(1, len(parts)))}


def test_segments_that_hold_a_message_in_any_order(tmp_path: Path) -> None:
    ours, before, after = sip(call_id="ours"), sip(call_id="before"), sip(call_id="after")
    stream = before + ours + after
    cut = [0, len(before) - 40, len(before) + 100, len(before) + len(ours) + 30, len(stream)]
    pieces = [ttcp(ALICE_SIP, BOB_SIP, stream[a:b], seq=1 + a) for a, b in itertools.pairwise(cut)]
    ack = ttcp(BOB_SIP, ALICE_SIP, b"", seq=1)
    packets = [pieces[0], pieces[2], ack, pieces[1], pieces[3]]
    wanted = Wanted(carried={0: {(ALICE_SIP, BOB_SIP): [Carried(4, NS, ours)]}}, **WINDOW)
    assert frames(tmp_path, packets, wanted) == [2, 4]


def test_a_connection_is_taken_whole_both_ways(tmp_path: Path) -> None:
    packets = [
        ttcp(ALICE_SIP, BOB_SIP, b"", flags=2),
        ttcp(BOB_SIP, ALICE_SIP, b"x"),
        ttcp(ALICE_SIP, "10.0.0.9:5060", b"y"),
    ]
    assert frames(tmp_path, packets, Wanted(connections={(ALICE_SIP, BOB_SIP)}, **WINDOW)) == [1, 2]


@given(st.binary(min_size=40, max_size=80), st.integers(0, 39), st.integers(1, 40), st.binary(max_size=30))
def test_a_segment_carries_the_message_it_overlaps(message: bytes, start: int, size: int, other: bytes) -> None:
    assert carries(message[start : start + size], message)
    assert carries(other + message[: max(size, 4)], message)
    assert carries(message[-max(size, 4) :] + other, message)
