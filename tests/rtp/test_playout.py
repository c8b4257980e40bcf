"""The simulated jitter buffers: what they throw away, and what they make a listener wait."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.captures import CORPUS, CORPUS_VARIABLE
from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned
from xivolab.evidence.source import Source
from xivolab.scan import scan
from xivolab.testing import trtp, tudp


def stream(delays: Sequence[float]) -> dict[str, Any]:
    """The record of packets 20 ms apart, each so much (s) later."""
    packets = [trtp(ALICE, BOB, n, 160 * n, 0.02 * n + delay) for n, delay in enumerate(delays)]
    packets.sort(key=lambda packet: packet.time_ns)
    return only(scanned([tudp(BOB_SIP, ALICE_SIP, invite(BOB), -1.0), *packets], nanoseconds=True).streams)


def late(record: dict[str, Any]) -> tuple[int, int, int]:
    return record["late_50"], record["late_200"], record["late_adaptive"]


def test_what_is_on_time_is_late_for_none() -> None:
    record = stream([0.0] * 500)
    assert late(record) == (0, 0, 0)
    assert record["buffer_adaptive_ms"] == pytest.approx(60, abs=0.5)


@pytest.mark.parametrize(("delay", "deep"), [(0.045, 0), (0.055, 0), (0.19, 0), (0.21, 1)])
def test_one_late_packet_is_late_for_the_buffers_it_misses(delay: float, deep: int) -> None:
    record = stream([0.0] * 50 + [delay] + [0.0] * 50)
    assert late(record) == (int(delay > 0.05), deep, int(delay > 0.06))


def test_the_adaptive_buffer_learns_what_a_fixed_one_never_does() -> None:
    """Every third packet is 120 ms late: the fixed buffer loses each, the other only until it is deep enough."""
    record = stream([0.12 if n % 3 == 0 else 0.0 for n in range(3, 3000)])
    assert record["late_50"] > 900
    assert record["late_200"] == 0
    assert 0 < record["late_adaptive"] < 60
    assert 120 < record["buffer_adaptive_ms"] < 300


def test_every_buffer_follows_a_path_that_becomes_longer() -> None:
    record = stream([0.0] * 500 + [0.4] * 3000)
    assert 0 < max(late(record)) <= 60


@given(st.lists(st.integers(0, 300), min_size=10, max_size=120))
@settings(max_examples=40)
def test_a_deeper_buffer_never_throws_away_more(delays: list[int]) -> None:
    record = stream([delay / 1000 for delay in delays])
    assert record["late_200"] <= record["late_50"] <= len(delays)


def test_the_quality_of_listening_and_of_conversation() -> None:
    """A deep buffer loses nothing, and makes them wait: G.107 charges 220 ms, not 70."""
    record = stream([0.1 if n % 10 == 5 else 0.0 for n in range(1000)])
    assert record["mos_lq_50"] == pytest.approx(3.411, abs=0.02)  # 10 % of random loss
    assert record["mos_lq_200"] == pytest.approx(4.409, abs=0.001)
    assert record["mos_cq_200"] == pytest.approx(4.28, abs=0.01)
    assert record["mos_cq_50"] == record["mos_lq_50"]  # 70 ms are under the 100 that nobody notices


def test_one_lost_packet_in_many_costs_something() -> None:
    """Small losses are not rounded away."""
    assert stream([0.0] * 50 + [0.06] + [0.0] * 950)["mos_lq_50"] < 4.4093


# Packets, and how many came too late for a real buffer: mediastreamer2, tester/mediastreamer2_jitterbuffer_tester.c,
# whose buffer adapts from a nominal 80 ms on.
KNOWN = {"opus-poor-quality.pcapng": (4228, range(200, 251), 48000), "pcmu_8k_no_jitter.pcap": (2524, range(2), 8000)}


@pytest.mark.skipif(not CORPUS, reason=f"{CORPUS_VARIABLE} is not set")
@pytest.mark.parametrize("name", KNOWN)
def test_as_many_are_late_as_in_a_real_buffer(name: str, tmp_path: Path) -> None:
    """The clock of Opus is in no SDP there: a session description for the port is put before the capture."""
    packets, expected, clock = KNOWN[name]
    capture = next(path for path in CORPUS if path.name == name)
    sources = [Source(capture)]
    if clock == 48000:
        ends = next(scan([Source(capture)]).streams.records())
        sources.append(Source(announcement(tmp_path / "sdp.pcap", ends)))
    (record,) = scan(sources).streams.records()
    assert record["packets"] == packets
    assert record["late_adaptive"] in expected


def announcement(path: Path, stream: dict[str, Any]) -> Path:
    """A capture from before with an offer of Opus for the receiver of a stream."""
    from xivolab.testing import START, MadePacket, tpcap

    offer = tudp(
        BOB_SIP,
        ALICE_SIP,
        invite(stream["dst"], str(stream["payload_type"]), f"a=rtpmap:{stream['payload_type']} opus/48000/2"),
    )
    at = round((stream["start"] - 1) * 1e9)
    return tpcap(path, [MadePacket(at, offer.data)] if START else [])
