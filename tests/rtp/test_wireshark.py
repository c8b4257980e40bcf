"""Wireshark's figures: many streams of every kind in one file, and tshark's own word on each of them."""

from __future__ import annotations

import random
from pathlib import Path

from tests.made import ALICE_SIP, BOB_SIP, only, scanned, sdp, sip, talk
from xivolab.testing import MadePacket, tpcap, trtp, tudp
from xivolab.testing.oracle import same_as_tshark

STREAMS = 150


def _sender(chance: random.Random) -> list[tuple[int, int, int, bool]]:
    """Sequence number, time stamp, payload type and marker of what one sender sends, with silence, events, restarts."""
    sequence, timestamp = chance.choice([0, 1, 65_500, chance.randrange(65_536)]), chance.randrange(2**32)
    kinds = chance.choice([[8], [0, 8], [8, 13, 8, 8], [96, 8], [101, 8, 8], [9], [11]])
    sent = []
    for _ in range(chance.randrange(1, 120)):
        kind = chance.choice(kinds)
        sent.append((sequence, timestamp, kind, chance.random() < 0.05))
        sequence += 1
        timestamp += chance.choice([160] * 30 + [1600, 0])
        if chance.random() < 0.003:
            sequence, timestamp = chance.randrange(65_536), timestamp + chance.randrange(100_000)
    return sent


def _network(chance: random.Random, stream: int, start: float) -> list[MadePacket]:
    """The packets of one sender as they arrive: some lost, some twice, some late."""
    packets, at = [], start
    loss, late = chance.choice([0, 0, 0.05, 0.4]), chance.choice([0, 0, 0.02, 0.2])
    for number, (sequence, timestamp, kind, marker) in enumerate(_sender(chance)):
        at += 0.02
        ends = f"10.0.0.1:{20_000 + 2 * stream}", f"10.0.0.2:{30_000 + 2 * stream}"
        for _ in range(2 if chance.random() < late / 4 else 1):
            delay = chance.random() * 0.005 + (chance.random() * 0.1 if chance.random() < late else 0)
            packet = trtp(*ends, sequence, timestamp, at + delay, ssrc=stream, pt=kind, marker=marker)
            if chance.random() >= loss or number == 0:
                packets.append(packet)
    return packets


def test_as_tshark_whatever_the_network_did(tmp_path: Path) -> None:
    chance = random.Random(42)
    packets = []
    for stream in range(STREAMS):
        description = sdp(
            f"10.0.0.2:{30_000 + 2 * stream}",
            "8 0 9 11 13 96 101",
            "a=rtpmap:96 speex/16000",
            "a=rtpmap:101 telephone-event/8000",
        )
        invite = sip("INVITE sip:bob@10.0.0.2 SIP/2.0", description, call_id=f"{stream}")
        packets.append(tudp(ALICE_SIP, BOB_SIP, invite, -1 + stream / 1000))
        packets += _network(chance, stream, stream / 100)
    packets.sort(key=lambda packet: packet.time_ns)
    same_as_tshark(tpcap(tmp_path / "made.pcap", packets))


def test_a_single_packet_has_figures_of_zero() -> None:
    """As tshark prints them."""
    invite = sip("INVITE sip:bob@10.0.0.2 SIP/2.0", sdp("10.0.0.2:5000"))
    record = only(scanned([tudp(ALICE_SIP, BOB_SIP, invite), *talk([1])]).streams)
    assert (record["delta_max_ms"], record["jitter_mean_ms"], record["jitter_max_ms"]) == (0.0, 0.0, 0.0)


def test_duplicates_make_loss_negative() -> None:
    assert only(scanned(talk([1, 2, 3, 4, 4, 4])).streams)["wireshark_lost"] == -2


def test_a_clock_that_nobody_announced_gives_no_jitter() -> None:
    record = only(scanned(talk(range(10), pt=96)).streams)
    assert (record["jitter_mean_ms"], record["jitter_max_ms"]) == (None, None)
    assert record["delta_max_ms"] == 20.0


def test_a_clock_without_whole_ticks_in_a_millisecond_gives_no_jitter() -> None:
    """Wireshark would divide by zero; nobody knows a codec with such a clock, but SDP may say anything."""
    description = sdp("10.0.0.2:5000", "96", "a=rtpmap:96 slow/500")
    invite = sip("INVITE sip:bob@10.0.0.2 SIP/2.0", description)
    record = only(scanned([tudp(ALICE_SIP, BOB_SIP, invite), *talk(range(10), pt=96)]).streams)
    assert (record["packets"], record["delta_max_ms"]) == (10, 20.0)
    assert (record["jitter_mean_ms"], record["jitter_max_ms"]) == (None, None)
