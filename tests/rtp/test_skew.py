"""The clock of a sender beside that of the capture."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned
from xivolab.testing import MadePacket, trtp, tudp


def stream(packets: list[MadePacket]) -> dict[str, Any]:
    offer = invite(BOB, "8 101", "a=rtpmap:101 telephone-event/8000")
    return only(scanned([tudp(BOB_SIP, ALICE_SIP, offer, -1.0), *packets], nanoseconds=True).streams)


def talk(ppm: float, seconds: float, jitter_s: float = 0.0, first: int = 0) -> list[MadePacket]:
    """A sender whose clock is so much too fast, behind a queue that is empty now and then."""
    chance = random.Random(7)
    sent = [0.02 * n / (1 + ppm * 1e-6) for n in range(int(seconds * 50))]
    arrived = [at + chance.random() * jitter_s for at in sent]
    packets = [trtp(ALICE, BOB, n, first + 160 * n, at) for n, at in enumerate(arrived)]
    return sorted(packets, key=lambda packet: packet.time_ns)


@given(st.floats(-300, 300), st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_skew_is_found_whatever_the_first_timestamp(ppm: float, first: int) -> None:
    assert stream(talk(ppm, 30, first=first))["clock_skew_ppm"] == pytest.approx(ppm, abs=1)


def test_jitter_hides_little_of_it() -> None:
    assert stream(talk(150, 60, jitter_s=0.03))["clock_skew_ppm"] == pytest.approx(150, abs=30)


def test_under_ten_seconds_nothing_is_claimed() -> None:
    assert stream(talk(150, 9))["clock_skew_ppm"] is None


def test_events_do_not_disturb_it() -> None:
    """The timestamp goes on during an event, and media after it are where they would be."""
    packets = [p for n, p in enumerate(talk(100, 40)) if not 500 <= n < 530]
    packets += [trtp(ALICE, BOB, 500 + n, 80000, 10 + 0.02 * n, pt=101) for n in range(30)]
    packets.sort(key=lambda packet: packet.time_ns)
    assert stream(packets)["clock_skew_ppm"] == pytest.approx(100, abs=5)


def test_a_timestamp_that_stands_still_on_hold_is_no_skew() -> None:
    packets = talk(0, 20) + [trtp(ALICE, BOB, 1000 + n, 160_000 + 160 * n, 60 + 0.02 * n) for n in range(1000)]
    assert stream(packets)["clock_skew_ppm"] == pytest.approx(0, abs=1)
