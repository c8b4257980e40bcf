"""Mended packets: what is put together in layers, in the order of the frames."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, sip, talk
from xivolab.testing import MadePacket, tfragments, tgtp, thep, ttunnelled, tudp

LONG = sip(body="x" * 900)


def test_fragments_of_a_tunnel_that_carries_fragments() -> None:
    inner = tfragments(tudp(ALICE_SIP, BOB_SIP, LONG), 400)
    outer = [part for number, packet in enumerate(inner) for part in tfragments(tgtp(packet), 200, ip_id=number)]
    raw = scanned(outer).messages
    assert (raw.data, raw.frame.tolist()) == ([LONG], [len(outer)])


def test_a_packet_that_a_tunnel_delivers_last_completes_in_its_frame() -> None:
    """As on `-i any` beside a tunnel: the last fragment comes first, then the first in fragments of the tunnel."""
    first, last = tfragments(tudp(ALICE_SIP, BOB_SIP, LONG), 800)
    packets = [last, *tfragments(tgtp(first), 400, ip_id=1), first, last]
    assert scanned(packets).messages.frame.tolist() == [4, 6]


def test_hep_in_fragments() -> None:
    told = thep(ALICE_SIP, BOB_SIP, LONG)
    assert scanned(tfragments(told, 400)[::-1]).messages.data == [LONG]


def test_sdp_in_fragments_counts_for_the_media_of_the_same_block() -> None:
    offer = tudp(ALICE_SIP, BOB_SIP, invite("10.0.0.1:4000", "96", "a=rtpmap:96 opus/48000/2"))
    scan = scanned([*tfragments(offer, 200), *talk(range(9), 0.1, src=BOB, dst=ALICE, pt=96)])
    assert only(scan.streams)["codec"] == "opus"


def test_ip_in_ip_in_fragments_without_end_stops() -> None:
    packet = tudp(ALICE_SIP, BOB_SIP, LONG)
    for _ in range(20):
        packet = ttunnelled(packet)
    scanned(tfragments(packet, 800))


@given(st.data())
@settings(max_examples=30)
def test_three_packets_in_fragments_in_any_order_one_of_them_twice(data: st.DataObject) -> None:
    messages = [sip(call_id=name, body=name * 300) for name in "abc"]
    parts: list[MadePacket] = []
    for number, message in enumerate(messages):
        parts += tfragments(tudp(ALICE_SIP, BOB_SIP, message), 160, ip_id=number)
    taken = data.draw(st.permutations([*parts, data.draw(st.sampled_from(parts))]))
    scan = scanned(taken)
    assert (sorted(scan.messages.data), scan.problems) == (messages, [])
