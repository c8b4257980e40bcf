"""The figures of one stream between two points, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.rtp.packets import RTP_PACKET
from xivolab.work.compare.clocks import TO_A, TO_B, UNTOLD, Offset
from xivolab.work.compare.delays import Passage, inside, passage, reordered
from xivolab.work.compare.media import StreamPair, keys

MS = 1_000_000
OFFSET = Offset(0.0, 0.0, None, None, 0.001, "both", 4, 0)
ALWAYS = (-(10**12), 10**12)


def pair(at_a: list[tuple[int, int]], at_b: list[tuple[int, int]]) -> StreamPair:
    """A stream of packets (number, ms) at both points."""
    sides = []
    for packets in (at_a, at_b):
        rows = np.zeros(len(packets), RTP_PACKET)
        rows["sequence"] = [number for number, _ in packets]
        rows["time"] = [time * MS for _, time in packets]
        sides.append(rows)
    _, same_a, same_b = np.intersect1d(keys(sides[0]), keys(sides[1]), return_indices=True)
    return StreamPair([0], [0], sides[0], sides[1], same_a, same_b)


def figures(at_a: list[tuple[int, int]], at_b: list[tuple[int, int]], way: int = TO_B) -> Passage:
    return passage(pair(at_a, at_b), way, OFFSET, ALWAYS, ALWAYS)


def test_delays_are_told_over_the_shortest() -> None:
    found = figures([(1, 0), (2, 20), (3, 40)], [(1, 10), (2, 31), (3, 55)])
    assert (found.both, found.lost, found.shortest_ms) == (3, 0, 10)
    assert found.variation_mean_ms == pytest.approx(2)
    assert found.variation_max_ms == pytest.approx(5)


def test_the_other_way_round_it_is_the_same() -> None:
    there = figures([(1, 0), (2, 20), (3, 40)], [(1, 10), (3, 52)])
    back = figures([(1, 10), (3, 52)], [(1, 0), (2, 20), (3, 40)], TO_A)
    assert there == back
    assert there.lost == 1


def test_a_packet_that_only_the_second_point_saw_was_not_captured_at_the_first() -> None:
    found = figures([(1, 0), (3, 40)], [(1, 10), (2, 30), (3, 50)])
    assert (found.lost, found.unseen) == (0, 1)


def test_what_came_while_the_other_was_not_captured_is_outside() -> None:
    stream = pair([(n, 20 * n) for n in range(10)], [(n, 20 * n + 5) for n in range(4, 8)])
    found = passage(stream, TO_B, OFFSET, (0, 180 * MS), (85 * MS, 145 * MS))
    assert (found.both, found.lost, found.outside) == (4, 0, 6)


def test_without_a_known_way_there_is_no_shortest_delay() -> None:
    assert figures([(1, 0)], [(1, 10)], UNTOLD).shortest_ms is None


def test_nothing_in_common_has_no_delay() -> None:
    found = figures([(1, 0)], [(2, 10)])
    assert (found.both, found.variation_mean_ms, found.lost, found.unseen) == (0, None, 1, 1)


@given(st.lists(st.integers(0, 5), max_size=30))
def test_packets_are_overtaken_when_one_sent_later_came_before(order: list[int]) -> None:
    sent = np.array(order, np.int64)
    counted = sum(any(earlier > time for earlier in order[:n]) for n, time in enumerate(order))
    assert reordered(sent, np.arange(len(order))) == counted


def test_inside_means_watched_from_before_until_after() -> None:
    times = np.array([0, 10, 20], np.int64)
    assert inside(times, (5, 25), 0, 10).tolist() == [False, True, False]
