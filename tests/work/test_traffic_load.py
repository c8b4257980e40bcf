"""The sweeps against counting by hand, moment by moment."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.work.traffic_load import SECOND, Level, busiest_second, counts, spread

SPANS = st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 20)), max_size=12)
EDGES = st.lists(st.integers(0, 30), min_size=2, max_size=8).map(sorted)


def level(spans: list[tuple[int, int]], begin: int = 0, end: int = 30) -> Level:
    starts = np.array([start for start, _ in spans], np.int64)
    ends = np.array([start + length for start, length in spans], np.int64)
    return Level.of(starts, ends, begin, end)


def at_once(spans: list[tuple[int, int]], moment: float) -> int:
    """How many go on at a moment of [0, 30)."""
    return sum(start <= moment < start + length for start, length in spans) if 0 <= moment < 30 else 0


@given(SPANS)
def test_the_peak_is_the_most_at_any_moment(spans: list[tuple[int, int]]) -> None:
    most = max(at_once(spans, moment) for moment in range(30))
    first = next((moment for moment in range(30) if at_once(spans, moment) == most), None)
    assert level(spans).peak() == ((most, first) if most else (0, None))


@given(SPANS, EDGES)
def test_the_peak_of_each_interval(spans: list[tuple[int, int]], edges: list[int]) -> None:
    expected = [
        max((at_once(spans, moment) for moment in range(a, b)), default=at_once(spans, a)) for a, b in pairwise(edges)
    ]
    assert level(spans).peaks(np.array(edges)).tolist() == expected


@given(SPANS, EDGES)
def test_the_mean_of_each_interval(spans: list[tuple[int, int]], edges: list[int]) -> None:
    expected = [sum(at_once(spans, moment) for moment in range(a, b)) / max(b - a, 1) for a, b in pairwise(edges)]
    assert level(spans).means(np.array(edges)).tolist() == pytest.approx(expected)


def test_one_that_ends_as_another_begins_does_not_go_on_with_it() -> None:
    assert level([(0, 10), (10, 10)]).peak() == (1, 0)


@given(SPANS, EDGES)
def test_what_is_spread_is_neither_lost_nor_made(spans: list[tuple[int, int]], edges: list[int]) -> None:
    """In seconds, so that each is longer than the shortest burst."""
    starts = np.array([start for start, _ in spans], np.int64) * SECOND
    ends = starts + np.array([length + 1 for _, length in spans], np.int64) * SECOND
    amounts = np.arange(1.0, len(spans) + 1)
    expected = [
        sum(
            amount * max(0, min(b, start + length + 1) - max(a, start)) / (length + 1)
            for amount, (start, length) in zip(amounts, spans, strict=True)
        )
        for a, b in pairwise(edges)
    ]
    assert spread(starts, ends, amounts, np.array(edges) * SECOND).tolist() == pytest.approx(expected)


def test_where_nothing_was_there_is_exactly_nothing() -> None:
    edges = np.arange(0, 10_000) * SECOND + 1_795_420_089_453_561_000
    found = spread(edges[:1], edges[:1] + 20_000_000, np.array([200.0]), edges)
    assert found[0] == pytest.approx(200.0)
    assert not found[1:].any()


@given(st.lists(st.integers(0, 29), max_size=30), EDGES)
def test_counts_are_those_of_half_open_intervals(times: list[int], edges: list[int]) -> None:
    expected = [sum(a <= time < b for time in times) for a, b in pairwise(edges)]
    assert counts(np.array(times, np.int64), np.array(edges)).tolist() == expected


def test_the_busiest_second_is_counted_from_the_beginning() -> None:
    times = np.array([100, 900, 1100, 1200, 1300, 5000], np.int64) * 1_000_000
    assert busiest_second(times, 0) == 3
    assert busiest_second(times, 500_000_000) == 4
    assert busiest_second(times[:0], 0) == 0
