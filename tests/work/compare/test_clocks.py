"""The offset of two clocks: known ones are found, and what is not known is said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from xivolab.work.compare.clocks import TO_A, TO_B, UNTOLD, Offset, Pairs, estimate, no_offset

START = 1_700_000_000 * 10**9


def pairs(
    offset_s: float,
    ppm: float = 0.0,
    *,
    seconds: float = 60.0,
    every_s: float = 0.02,
    delay_s: float = 0.01,
    jitter_s: float = 0.005,
    ways: tuple[int, ...] = (TO_B, TO_A),
    seed: int = 1,
) -> Pairs:
    """Packets of both directions, A's clock exact: B's runs `ppm` fast and is `offset_s` ahead at the start."""
    random = np.random.default_rng(seed)
    sent = np.arange(0, seconds, every_s)
    parts: list[tuple[NDArray[np.float64], NDArray[np.float64], int]] = []
    for way in ways:
        delay = delay_s + random.exponential(jitter_s or 1e-12, len(sent)) * (jitter_s > 0)
        at_b = sent + delay if way == TO_B else sent - delay
        parts.append((sent, at_b * (1 + ppm * 1e-6) + offset_s, way))
    time_a = START + np.rint(np.concatenate([a for a, _, _ in parts]) * 1e9).astype(np.int64)
    time_b = START + np.rint(np.concatenate([b for _, b, _ in parts]) * 1e9).astype(np.int64)
    way = np.concatenate([np.full(len(a), w, np.int8) for a, _, w in parts])
    return Pairs(time_a, time_b, way, np.ones(len(way), np.bool_))


def error_at(found: Offset, seconds: float, offset_s: float, ppm: float) -> float:
    """How far the estimate is off, so many seconds after the start."""
    moment = np.array([START + round(seconds * 1e9)], np.int64)
    return abs(float(found.at_ns(moment)[0]) * 1e-9 - (offset_s + ppm * 1e-6 * seconds))


def test_the_shift_of_the_issue_is_found() -> None:
    found = estimate(pairs(3.7, 40.0, seconds=600))
    assert max(error_at(found, at, 3.7, 40.0) for at in (0, 300, 600)) < 0.002
    assert found.drift_ppm == pytest.approx(40, abs=2)
    assert found.ways == "both"
    assert found.plus_minus_s is not None
    assert 0.009 < found.plus_minus_s < 0.02


@settings(max_examples=60, deadline=None)
@given(
    st.floats(-5000, 5000),
    st.floats(-200, 200),
    st.floats(5, 900),
    st.floats(0, 0.05),
    st.floats(0, 0.02),
    st.integers(0, 1000),
)
def test_any_shift_and_drift_is_found_within_20_ms(
    offset: float, ppm: float, seconds: float, delay: float, jitter: float, seed: int
) -> None:
    made = pairs(offset, ppm, seconds=seconds, every_s=0.1, delay_s=delay, jitter_s=jitter, seed=seed)
    found = estimate(made)
    assert max(error_at(found, at, offset, ppm) for at in (0, seconds / 2, seconds)) < 0.02


def test_the_bound_holds_when_the_ways_are_not_alike() -> None:
    to_b = pairs(1.0, delay_s=0.080, ways=(TO_B,))
    to_a = pairs(1.0, delay_s=0.004, ways=(TO_A,))
    both = Pairs(*(np.concatenate([getattr(p, n) for p in (to_b, to_a)]) for n in ("time_a", "time_b", "way", "rtp")))
    found = estimate(both)
    assert found.plus_minus_s is not None
    assert error_at(found, 30, 1.0, 0) <= found.plus_minus_s
    assert found.plus_minus_s < 0.05


@pytest.mark.parametrize(("way", "word"), [(TO_B, "a-to-b"), (TO_A, "b-to-a")])
def test_one_direction_leaves_the_delay_in_it_and_says_so(way: int, word: str) -> None:
    found = estimate(pairs(0.5, delay_s=0.012, ways=(way,)))
    assert (found.ways, found.plus_minus_s) == (word, None)
    assert found.seconds == pytest.approx(0.5 + 0.012 * way, abs=0.001)


def test_without_jitter_it_is_exact() -> None:
    found = estimate(pairs(0.5, jitter_s=0.0))
    assert found.seconds == pytest.approx(0.5, abs=1e-6)
    assert found.drift_ppm == pytest.approx(0, abs=0.1)


def test_a_wrong_pair_does_not_spoil_it() -> None:
    made = pairs(3.7)
    made.time_b[5] -= 500_000_000  # the copy that was sent half a second before
    found = estimate(made)
    assert error_at(found, 30, 3.7, 0) < 0.002


def test_a_few_messages_tell_no_drift() -> None:
    found = estimate(pairs(-2.0, seconds=2, every_s=0.7))
    assert found.drift_ppm is None
    assert found.seconds == pytest.approx(-2.0, abs=0.01)


def test_packets_of_unknown_direction_give_the_middle() -> None:
    made = pairs(1.0, jitter_s=0.0)
    made.way[:] = UNTOLD
    assert estimate(made).ways == "unknown"
    assert estimate(made).seconds == pytest.approx(1.0, abs=0.011)


def test_no_pair_is_no_offset() -> None:
    empty = np.zeros(0, np.int64)
    assert estimate(Pairs(empty, empty, empty.astype(np.int8), empty.astype(np.bool_))) == no_offset()
    assert no_offset().pairs == 0


def test_a_moment_goes_over_and_back() -> None:
    found = Offset(3.7, START * 1e-9, 40.0, 1.0, 0.01, "both", 10, 0)
    moments = START + np.array([-(10**12), 0, 10**12], np.int64)
    there = moments + found.at_ns(moments)
    assert np.abs(found.to_a(there) - moments).max() <= 10
    assert abs(found.one_to_a(int(there[2])) - int(moments[2])) <= 10
