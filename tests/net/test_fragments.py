"""IP fragments put together again."""

from __future__ import annotations

import itertools

import pytest

from tests.made import ALICE_SIP, BOB_SIP, invite, only, scanned, sip, talk
from xivolab.net.fragments import FragmentKey, Fragments
from xivolab.net.rows import MORE_FRAGMENTS
from xivolab.testing import tfragments, tudp

KEY = FragmentKey(b"\x0a\0\0\1", b"\x0a\0\0\2", 17, 77)
V6 = ("[2001:db8::1]:5060", "[2001:db8::2]:5060")


def test_a_packet_in_three_fragments_in_any_order() -> None:
    parts = [(0 | MORE_FRAGMENTS, b"abcdefgh"), (8 | MORE_FRAGMENTS, b"ijklmnop"), (16, b"qr")]
    for order in itertools.permutations(parts):
        fragments = Fragments()
        results = [fragments.add(KEY, placed, data) for placed, data in order]
        assert results == [None, None, b"abcdefghijklmnopqr"]
        assert len(fragments) == 0


def test_a_fragment_that_came_twice_changes_nothing() -> None:
    fragments = Fragments()
    assert fragments.add(KEY, 0 | MORE_FRAGMENTS, b"abcdefgh") is None
    assert fragments.add(KEY, 0 | MORE_FRAGMENTS, b"abcdefgh") is None
    assert fragments.add(KEY, 8, b"ij") == b"abcdefghij"


def test_overlapping_fragments_fit() -> None:
    fragments = Fragments()
    fragments.add(KEY, 0 | MORE_FRAGMENTS, b"abcdefghijklmnop")
    fragments.add(KEY, 8 | MORE_FRAGMENTS, b"i")  # inside the first: takes nothing away
    assert fragments.add(KEY, 16, b"qr") == b"abcdefghijklmnopqr"


def test_packets_are_told_apart_by_identification() -> None:
    fragments = Fragments()
    fragments.add(KEY, 0 | MORE_FRAGMENTS, b"abcdefgh")
    assert fragments.add(KEY._replace(identification=78), 8, b"ij") is None
    assert len(fragments) == 2


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
