"""Packets in the order in which they were sent, each at its place in time."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xivolab.audio.timeline import SHIFT_NS, Gap, bases, in_order, missing, ticks

MS = 1_000_000


def placed(
    times_ms: list[float], stamps: list[int], sequences: list[int] | None = None, clock: int = 8000
) -> list[float]:
    """Where packets stand, in ms."""
    count = len(stamps)
    elapsed = ticks(np.array(stamps))
    clocks = np.full(count, clock)
    extended = np.array(sequences or range(count))
    base = bases((np.array(times_ms) * MS).astype(np.int64), elapsed, clocks, extended, np.arange(count) == 0)
    return [float(b) / MS + float(e) * 1000 / clock for b, e in zip(base, elapsed, strict=True)]


def test_wraps_late_packets_and_duplicates() -> None:
    order = in_order(np.array([65534, 0, 65535, 0, 1, 65534]))
    assert order.index.tolist() == [0, 2, 1, 4]
    assert (order.duplicates, order.late) == (2, 1)
    assert order.fresh.tolist() == [True, False, False, False]


def test_a_restart_begins_a_new_count_and_a_stray_packet_is_left_out() -> None:
    order = in_order(np.array([100, 101, 30000, 102, 40000, 40001, 40003]))
    assert order.index.tolist() == [0, 1, 3, 4, 5, 6]
    assert order.fresh.tolist() == [True, False, False, True, False, False]
    assert missing(order.extended, order.fresh, lambda at: at * 0.02) == [Gap(0.09, 0.1, 1)]


@given(st.integers(0, 65535), st.integers(1, 300), st.integers(0, 2**32 - 1))
def test_what_is_shuffled_doubled_and_lost_comes_out_in_order(first: int, count: int, seed: int) -> None:
    chance = random.Random(seed)
    sent = [n for n in range(count) if n in (0, count - 1) or chance.random() > 0.1]
    came = sorted(sent + [n for n in sent if chance.random() < 0.1], key=lambda n: n + chance.uniform(0, 8))
    order = in_order(np.array([(first + n) & 0xFFFF for n in came]))
    assert [came[at] for at in order.index] == sent
    assert order.duplicates == len(came) - len(sent)
    gaps = missing(order.extended, order.fresh, lambda at: sent[at] * 0.02)
    assert sum(gap.packets for gap in gaps) == count - len(sent)
    assert all(gap.start < gap.end for gap in gaps)


def test_timestamps_wrap() -> None:
    assert ticks(np.array([0xFFFFFF00, 0x00000040, 0xFFFFFFF0])).tolist() == [0, 0x140, 0xF0]
    assert ticks(np.array([], np.int64)).tolist() == []


def test_jitter_leaves_no_trace() -> None:
    chance = random.Random(1)
    times = [20.0 * n + chance.uniform(0, 80) for n in range(200)]
    times[50] = 1000.0  # the quickest
    found = placed(times, [160 * n for n in range(200)])
    assert np.ptp(np.diff(found)) < 1e-6


def test_a_network_that_stalls_moves_nothing() -> None:
    times = [20.0 * n for n in range(300)]
    times[100:180] = [20.0 * 180] * 80  # 1.6 s, then all at once
    assert np.allclose(placed(times, [160 * n for n in range(300)]), [20 * n for n in range(300)])


def test_timestamps_that_stand_still_during_hold_are_put_right_by_the_clock() -> None:
    times = [20.0 * n for n in range(100)] + [60_000 + 20.0 * n for n in range(100)]
    found = placed(times, [160 * n for n in range(200)])
    assert np.allclose(found, times)


def test_timestamps_that_jump_ahead_too() -> None:
    times = [20.0 * n for n in range(200)]
    found = placed(times, [160 * n + (8000 * 30 if n >= 100 else 0) for n in range(200)])
    assert np.allclose(found, times)


def test_a_pause_lasts_as_long_as_the_timestamps_say() -> None:
    stamps = [160 * n for n in range(50)] + [8000 + 160 * (50 + n) for n in range(50)]
    times = [stamp / 8 for stamp in stamps]
    times[50] += 60  # the first packet after it is late
    assert np.allclose(placed(times, stamps), [stamp / 8 for stamp in stamps])


def test_a_skewed_clock_is_followed_after_each_pause() -> None:
    stamps = [160 * (n + n // 50 * 25) for n in range(3000)]
    true = [stamp / 8 * 1.001 for stamp in stamps]  # 1000 ppm slow: 90 ms by the end
    found = placed(true, stamps)
    assert max(abs(a - b) for a, b in zip(found, true, strict=True)) < 5


def test_another_clock_begins_another_stretch() -> None:
    elapsed = ticks(np.array([160 * n for n in range(50)] + [160 * 49 + 960 * (n + 1) for n in range(50)]))
    clocks = np.array([8000] * 50 + [48000] * 50)
    times = np.array([20 * MS * n for n in range(100)])
    base = bases(times, elapsed, clocks, np.arange(100), np.arange(100) == 0)
    assert np.allclose(base / MS + elapsed * 1000 / clocks, times / MS)


@given(st.lists(st.tuples(st.integers(0, 10**14), st.integers(0, 2**32 - 1)), min_size=1, max_size=60))
def test_any_times_and_timestamps_give_a_base_near_the_arrival(packets: list[tuple[int, int]]) -> None:
    times = np.array(sorted(time for time, _ in packets))
    elapsed = ticks(np.array([stamp for _, stamp in packets]))
    clocks = np.full(len(packets), 8000)
    base = bases(times, elapsed, clocks, np.arange(len(packets)), np.arange(len(packets)) == 0)
    place = base + elapsed * 125_000
    assert (place <= times + SHIFT_NS).all()
