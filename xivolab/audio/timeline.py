"""The packets of one stream in the order they were sent, each at its place on the axis of arrival times.

Sequence numbers put them in order; RTP timestamps say how far apart they belong; the quickest packets of a while say where
that stands in time. So jitter and reordering leave no trace, a lost packet leaves its gap, and a pause lasts as long as it did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MISORDER, DROPOUT = 1000, 3000
"""So far behind or ahead of the highest sequence number a packet is late, or packets are lost; beyond, it is a restart
(RFC 3550, A.1)."""

SHIFT_NS = 250_000_000
"""Timestamps that are off the arrival times by more than this, and stay so, have jumped."""

AHEAD = 250
"""Packets that tell whether they stay so: longer than a network stalls."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which rows are played, in the order they were sent: `index` (n,) into the rows; `extended` sequence numbers (n,);
    `fresh` (n,) tells where a new count begins; `duplicates` and `late` count what was left out and what was put right."""

    index: NDArray[np.int64]
    extended: NDArray[np.int64]
    fresh: NDArray[np.bool_]
    duplicates: int
    late: int


def in_order(sequences: NDArray[Any]) -> Order:
    """The order of packets with these 16-bit sequence numbers, in arrival order; of duplicates the first stays."""
    numbers = sequences.tolist()
    seen: dict[int, tuple[int, int]] = {}  # extended number → row, count
    highest: int | None = None
    counts = duplicates = late = 0
    for at, number in enumerate(numbers):
        known = number if highest is None else highest
        extended = known + (number - known + 0x8000 & 0xFFFF) - 0x8000
        if not -MISORDER <= extended - known <= DROPOUT:
            if at + 1 == len(numbers) or numbers[at + 1] != (number + 1) & 0xFFFF:
                continue  # a stray packet
            counts += 1
            extended = highest = (known | 0xFFFF) + 0x10001 + number
        if extended in seen:
            duplicates += 1
            continue
        late += highest is not None and extended < highest
        seen[extended] = at, counts
        highest = extended if highest is None else max(highest, extended)
    ordered = sorted(seen.items())
    count = np.array([count for _, (_, count) in ordered], np.int64)
    return Order(
        np.array([at for _, (at, _) in ordered], np.int64),
        np.array([extended for extended, _ in ordered], np.int64),
        np.diff(count, prepend=-1) != 0,
        duplicates,
        late,
    )


def ticks(timestamps: NDArray[Any]) -> NDArray[np.int64]:
    """Timestamps of 32 bits, in order, without their wraps; the first is 0."""
    numbers: NDArray[np.int64] = np.asarray(timestamps, np.int64)
    steps = numbers[1:] - numbers[:-1]
    steps = (steps + (1 << 31) & 0xFFFFFFFF) - (1 << 31)
    return np.concatenate([np.zeros(min(len(timestamps), 1), np.int64), np.cumsum(steps)])


def bases(
    times: NDArray[np.int64],
    elapsed: NDArray[np.int64],
    clocks: NDArray[np.int64],
    extended: NDArray[np.int64],
    fresh: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """For each packet in order, in ns: where tick 0 stands, so that it belongs at base + elapsed / clock.

    times (n,) arrivals in ns; elapsed (n,) ticks; clocks (n,) ticks a second. The base stays the same while the sender's
    timestamps run on; it is set again where they jump, where the clock or the count of sequence numbers changes, and, to
    follow a sender whose clock is skewed, after each pause.
    """
    out = np.zeros(len(times), np.int64)
    if not len(times):
        return out
    transit = times - _nanoseconds(elapsed, clocks)
    breaks = (np.diff(clocks, prepend=clocks[0]) != 0) | fresh | _jumps(transit)
    ends = _ends(np.flatnonzero(breaks), len(times))
    step = np.diff(elapsed, prepend=elapsed[0])
    usual = np.median(step[1:]) if len(step) > 1 else 0
    paused = (step > 1.5 * usual) & (np.diff(extended, prepend=extended[0]) == 1) & (usual > 0)
    asked = paused | np.concatenate([[True], np.diff(clocks) != 0]) | fresh

    def quickest(at: int) -> int:
        return int(transit[at : min(at + AHEAD, ends[at])].min())

    base = quickest(0)
    values = transit.tolist()
    for at, (value, ask) in enumerate(zip(values, asked.tolist(), strict=True)):
        if ask or abs(value - base) > SHIFT_NS:
            found = quickest(at)
            if ask or abs(found - base) > SHIFT_NS:
                base = found
        out[at] = base
    return out


def _nanoseconds(elapsed: NDArray[np.int64], clocks: NDArray[np.int64]) -> NDArray[np.int64]:
    whole, rest = np.divmod(elapsed, clocks)
    return np.asarray(whole * 10**9 + rest * 10**9 // clocks)


def _jumps(transit: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where timestamps jump ahead: a packet that is quicker than all before by more than any network makes it."""
    out = np.zeros(len(transit), np.bool_)
    quickest = int(transit[0])
    for at, value in enumerate(transit.tolist()):
        if value < quickest - SHIFT_NS:
            out[at] = True
        quickest = min(value, quickest)
    return out


def _ends(breaks: NDArray[np.intp], count: int) -> NDArray[np.int64]:
    """For each place, where its stretch ends."""
    bounds = np.append(breaks, count)
    return np.asarray(bounds[np.searchsorted(breaks, np.arange(count), side="right")], np.int64)


@dataclass(frozen=True, slots=True)
class Gap:
    """Packets that are missing: how many, and where they would have been, in seconds from the start of the track."""

    start: float
    end: float
    packets: int


def missing(extended: NDArray[np.int64], fresh: NDArray[np.bool_], place: Callable[[int], float]) -> list[Gap]:
    """The gaps in the sequence; `place` gives the second at which the packet in a row begins."""
    steps = np.diff(extended, prepend=extended[:1])
    found: list[Gap] = []
    for at in np.flatnonzero((steps > 1) & ~fresh).tolist():
        lost = int(steps[at]) - 1
        before, after = place(at - 1), place(at)
        share = (after - before) / (lost + 1)
        found.append(Gap(max(before + share, 0.0) if after > before else after, after, lost))
    return found
