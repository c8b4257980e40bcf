"""Jitter of RFC 3550, and the play-out buffer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, talk
from tests.rtp.reference import mean_jitter_ms
from xivolab.testing import MadePacket, trtp, tudp

EVENTS = invite(BOB, "8 101", "a=rtpmap:101 telephone-event/8000")


def stream(packets: list[MadePacket]) -> dict[str, Any]:
    return only(scanned(packets, nanoseconds=True).streams)


def test_packets_on_time_have_no_jitter() -> None:
    assert stream(talk(range(50)))["jitter_rfc_ms"] == pytest.approx(0, abs=1e-9)


def test_one_late_packet() -> None:
    """8 ms late, and the next one on time again: |D| is 8 twice, J = 8/16, then J += (8 - J)/16."""
    packets = talk(range(4))
    packets[2] = trtp(ALICE, BOB, 2, 320, 0.048)
    first = 8 / 16
    second = first + (8 - first) / 16
    assert stream(packets)["jitter_rfc_ms"] == pytest.approx((0 + first + second) / 3)


@given(st.lists(st.integers(0, 30_000_000), min_size=5, max_size=80), st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_as_the_definition_has_it(delays: list[int], first: int) -> None:
    """Whatever the delays (ns) of the packets are; the RTP timestamp may wrap on the way."""
    sent = [(1_700_000_000 * 10**9 + 20_000_000 * n + delay, first + 160 * n) for n, delay in enumerate(delays)]
    packets = [MadePacket(at, trtp(ALICE, BOB, n, stamp).data) for n, (at, stamp) in enumerate(sent)]
    assert stream(packets)["jitter_rfc_ms"] == pytest.approx(mean_jitter_ms(sent, 8000), abs=1e-6)


def test_events_and_the_packet_after_them_are_left_out() -> None:
    """The packets of an event all carry the time stamp of its beginning (RFC 4733, 2.2.1)."""
    events = [trtp(ALICE, BOB, 10 + n, 1600, 0.2 + 0.02 * n, pt=101) for n in range(10)]
    packets = [tudp(BOB_SIP, ALICE_SIP, EVENTS, -1.0), *talk(range(10)), *events, *talk(range(20, 30), start=0.4)]
    record = stream(packets)
    assert record["packets"] == 30
    assert record["payload_type"] == 8
    assert record["jitter_rfc_ms"] == pytest.approx(0, abs=1e-6)


def test_comfort_noise_is_left_out() -> None:
    packets = [*talk(range(10)), trtp(ALICE, BOB, 10, 1600, 0.9, pt=13), *talk(range(11, 20), start=1.5)]
    assert stream(packets)["jitter_rfc_ms"] == pytest.approx(0, abs=1e-6)


def test_duplicates_do_not_count_twice() -> None:
    again = trtp(ALICE, BOB, 5, 800, 0.115, ip_id=9)
    packets = [*talk(range(6), ip_id=8), again, *talk(range(6, 10), start=0.12)]
    record = stream(packets)
    assert record["duplicates"] == 1
    assert record["jitter_rfc_ms"] == pytest.approx(0, abs=1e-6)


def test_a_sender_that_begins_again_is_not_compared_with_before() -> None:
    """Its new time stamps are as random as its new sequence numbers (RFC 3550, 5.1)."""
    packets = talk(range(20))
    packets += [trtp(ALICE, BOB, 40_000 + n, 3_000_000_000 + 160 * n, 0.4 + 0.02 * n) for n in range(20)]
    record = stream(packets)
    assert (record["expected"], record["lost"]) == (40, 0)
    assert record["jitter_rfc_ms"] == pytest.approx(0, abs=1e-6)


class TestPlayOutBuffer:
    """A buffer of 50 ms behind the quickest packet: what comes later is lost to the listener, and to MOS."""

    @staticmethod
    def mos(delays: list[float]) -> float:
        packets = [trtp(ALICE, BOB, n, 160 * n, 0.02 * n + delay) for n, delay in enumerate(delays)]
        packets = sorted(packets, key=lambda packet: packet.time_ns)
        value: float = stream([tudp(BOB_SIP, ALICE_SIP, invite(BOB)), *packets])["mos"]
        return value

    def test_what_comes_in_time_costs_nothing(self) -> None:
        assert self.mos([0, 0.049] * 50) == pytest.approx(4.409, abs=0.001)

    def test_what_comes_too_late_is_lost(self) -> None:
        """Each tenth packet 60 ms late is as bad as 10 % of random loss."""
        delays = [0.06 if n % 10 == 5 else 0.0 for n in range(1000)]
        assert self.mos(delays) == pytest.approx(3.411, abs=0.02)

    def test_a_path_that_becomes_longer_is_followed(self) -> None:
        assert self.mos([0.0] * 1000 + [0.2] * 4000) > 4.3

    def test_a_clock_that_is_100_ppm_slow_is_no_lateness(self) -> None:
        assert self.mos([0.02 * n * 100e-6 for n in range(30_000)]) == pytest.approx(4.409, abs=0.001)
