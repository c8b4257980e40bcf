"""IP fragments put together again."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, sip, talk
from xivolab.evidence.source import Source
from xivolab.net.fragments import LIFE_NS, FragmentKey, Fragments
from xivolab.net.rows import MORE_FRAGMENTS
from xivolab.scan import scan
from xivolab.testing import same_as_tshark, tfragments, tpcap, trtp, tudp

KEY = FragmentKey(b"\x0a\0\0\1", b"\x0a\0\0\2", 17, 77)
V6 = ("[2001:db8::1]:5060", "[2001:db8::2]:5060")


def test_a_packet_in_three_fragments_in_any_order() -> None:
    parts = [(0 | MORE_FRAGMENTS, b"abcdefgh"), (8 | MORE_FRAGMENTS, b"ijklmnop"), (16, b"qr")]
    for order in itertools.permutations(parts):
        fragments = Fragments()
        results = [fragments.add(KEY, placed, data, 0) for placed, data in order]
        assert results == [None, None, b"abcdefghijklmnopqr"]
        assert fragments.missing == 0


def test_a_fragment_that_came_twice_changes_nothing() -> None:
    fragments = Fragments()
    assert fragments.add(KEY, 0 | MORE_FRAGMENTS, b"abcdefgh", 0) is None
    assert fragments.add(KEY, 0 | MORE_FRAGMENTS, b"abcdefgh", 0) is None
    assert fragments.add(KEY, 8, b"ij", 0) == b"abcdefghij"


def test_overlapping_fragments_fit() -> None:
    fragments = Fragments()
    fragments.add(KEY, 0 | MORE_FRAGMENTS, b"abcdefghijklmnop", 0)
    fragments.add(KEY, 8 | MORE_FRAGMENTS, b"i", 0)  # inside the first: takes nothing away
    assert fragments.add(KEY, 16, b"qr", 0) == b"abcdefghijklmnopqr"


def test_packets_are_told_apart_by_identification() -> None:
    fragments = Fragments()
    fragments.add(KEY, 0 | MORE_FRAGMENTS, b"abcdefgh", 0)
    assert fragments.add(KEY._replace(identification=78), 8, b"ij", 0) is None
    assert fragments.missing == 2


def test_an_identification_that_is_used_again_later_is_another_packet() -> None:
    fragments = Fragments()
    assert fragments.add(KEY, 0 | MORE_FRAGMENTS, b"abcdefgh", 0) is None
    assert fragments.add(KEY, 8, b"ij", LIFE_NS + 1) is None
    assert fragments.add(KEY, 0 | MORE_FRAGMENTS, b"ABCDEFGH", LIFE_NS + 2) == b"ABCDEFGHij"
    assert fragments.missing == 1


def test_what_is_left_of_a_copy_is_not_missing() -> None:
    """Captured at two interfaces, one of the two second fragments came before the packet was whole."""
    fragments = Fragments()
    fragments.add(KEY, 0 | MORE_FRAGMENTS, b"abcdefgh", 0)
    fragments.add(KEY, 0 | MORE_FRAGMENTS, b"abcdefgh", 10)
    assert fragments.add(KEY, 8, b"ij", 20) == b"abcdefghij"
    assert fragments.add(KEY, 8, b"ij", 30) is None
    assert fragments.missing == 0


def test_memory_stays_flat_when_no_packet_is_ever_whole() -> None:
    fragments = Fragments()
    for number in range(1 << 15):
        fragments.add(KEY._replace(identification=number), 0 | MORE_FRAGMENTS, b"abcdefgh", number)
    assert fragments.missing == 1 << 15
    assert len(fragments._waiting) == 1 << 14


@pytest.mark.parametrize("ends", [(ALICE_SIP, BOB_SIP), V6], ids=["ipv4", "ipv6"])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)], ids=["in-order", "reversed", "mixed"])
def test_a_message_in_fragments_is_of_the_packet_that_completed_it(
    ends: tuple[str, str], order: tuple[int, ...]
) -> None:
    message = sip(body="x" * 300)
    parts = tfragments(tudp(*ends, message), 208)
    scan = scanned([parts[n] for n in order])
    assert scan.messages.data == [message]
    assert scan.messages.frame.tolist() == [3]
    assert scan.messages.addresses[scan.messages.src[0]] == ends[0]
    assert scan.problems == []


def test_sdp_that_came_in_fragments_names_the_codec() -> None:
    message = invite("10.0.0.1:4000", "96", "a=rtpmap:96 opus/48000/2")
    fragments = tfragments(tudp(ALICE_SIP, BOB_SIP, message), 256)
    scan = scanned([*fragments, *talk(range(5), pt=96, src="10.0.0.2:5000", dst="10.0.0.1:4000")])
    assert only(scan.streams)["codec"] == "opus"


def test_a_packet_whose_fragments_are_missing_is_told() -> None:
    parts = tfragments(tudp(ALICE_SIP, BOB_SIP, sip(body="x" * 300)), 208)
    (problem,) = scanned(parts[:2]).problems
    assert (problem.what, problem.severity) == ("1 fragmented packets are not whole", "info")


@pytest.mark.parametrize("ends", [(ALICE, BOB), ("[2001:db8::1]:4000", "[2001:db8::2]:5000")], ids=["ipv4", "ipv6"])
def test_media_in_fragments_is_counted_as_tshark_counts_it(tmp_path: Path, ends: tuple[str, str]) -> None:
    address, family = (ends[0].rpartition(":")[0].strip("[]"), "IP6" if ends[0][0] == "[" else "IP4")
    body = (
        f"v=0\r\no=- 1 1 IN {family} {address}\r\ns=-\r\nc=IN {family} {address}\r\nt=0 0\r\n"
        "m=video 4000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
    )
    packets = [tudp(ends[0], ends[1], sip("INVITE sip:bob@10.0.0.2 SIP/2.0", body))]
    for number in range(40):
        video = trtp(ends[1], ends[0], number, 3600 * number, 0.04 * number, pt=96, payload=bytes([number]) * 1400)
        parts = tfragments(video, 512, ip_id=number)
        packets += parts[::-1] if number % 3 else parts
    capture = tpcap(tmp_path / "a.pcap", packets)
    same_as_tshark(capture)
    stream = only(scan([Source(capture)]).streams)
    assert (stream["packets"], stream["lost"], stream["codec"]) == (40, 0, "H264")
