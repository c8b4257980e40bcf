"""How many at once, and how much per second: exact sweeps over beginnings and ends, without a loop over rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SECOND = 1_000_000_000
_SHORTEST = 1_000_000  # ns: a packet alone is a burst of a millisecond
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Level:
    """How many were going on at each moment: `levels[i]` from `times[i]` (ns) on, 0 before the first."""

    times: Ints
    levels: Ints

    @classmethod
    def of(cls, starts: Ints, ends: Ints, begin: int, end: int) -> Level:
        """Of what goes on from each start up to, and without, its end, as far as it lies in [begin, end)."""
        first, last = np.clip(starts, begin, end), np.clip(ends, begin, end)
        there = last > first
        first, last = first[there], last[there]
        times, of_time = np.unique(np.concatenate([first, last]), return_inverse=True)
        change = np.concatenate([np.ones(len(first)), -np.ones(len(last))])
        return cls(times, np.cumsum(np.bincount(of_time, change, len(times))).astype(np.int64))

    def peak(self) -> tuple[int, int | None]:
        """The most at once, and when (ns) that began for the first time; None when there was nothing."""
        if not len(self.times):
            return 0, None
        at = int(np.argmax(self.levels))
        return int(self.levels[at]), int(self.times[at])

    def peaks(self, edges: Ints) -> Ints:
        """The most at once in each interval [edges[i], edges[i + 1]): shape (len(edges) − 1,)."""
        if not len(self.times):
            return np.zeros(len(edges) - 1, np.int64)
        carried = self._at(edges[:-1])
        first, last = np.searchsorted(self.times, edges[:-1]), np.searchsorted(self.times, edges[1:])
        # reduceat takes one element of an empty stretch, and its bounds end before the last level, which is always 0.
        bounds = np.minimum(np.column_stack([first, last]).ravel(), len(self.times) - 1)
        within = np.maximum.reduceat(self.levels, bounds)[::2]
        return np.where(last > first, np.maximum(within, carried), carried)

    def means(self, edges: Ints) -> Floats:
        """The mean over each interval, in time: erlangs when calls are counted."""
        area = self._area(edges)
        return np.diff(area) / np.maximum(np.diff(edges), 1)

    def _at(self, moments: Ints) -> Ints:
        index = np.searchsorted(self.times, moments, side="right") - 1
        return np.where(index >= 0, self.levels[np.maximum(index, 0)], 0)

    def _area(self, moments: Ints) -> Floats:
        """The integral up to each moment."""
        if not len(self.times):
            return np.zeros(len(moments))
        until = np.concatenate([[0.0], np.cumsum(self.levels[:-1] * np.diff(self.times).astype(np.float64))])
        index = np.searchsorted(self.times, moments, side="right") - 1
        at = np.maximum(index, 0)
        return np.where(index >= 0, until[at] + self.levels[at] * (moments - self.times[at]).astype(np.float64), 0.0)


def counts(times: Ints, edges: Ints, chosen: NDArray[np.bool_] | None = None) -> Ints:
    """How many of `times` lie in each interval [edges[i], edges[i + 1])."""
    kept = np.sort(times if chosen is None else times[chosen])
    return np.diff(np.searchsorted(kept, edges)).astype(np.int64)


def busiest_second(times: Ints, begin: int) -> int:
    """The most of `times` in one second, seconds counted from `begin` (ns)."""
    if not len(times):
        return 0
    return int(np.unique((times - begin) // SECOND, return_counts=True)[1].max())


def spread(starts: Ints, ends: Ints, amounts: Floats, edges: Ints) -> Floats:
    """`amounts`, each spread evenly from its start to its end, gathered into the intervals between the sorted `edges`."""
    ends = np.maximum(ends, starts + _SHORTEST)
    count = len(edges) - 1
    first = np.maximum(np.searchsorted(edges, starts, side="right") - 1, 0)
    last = np.minimum(np.searchsorted(edges, ends), count)
    touched = np.maximum(last - first, 0)
    item = np.repeat(np.arange(len(starts)), touched)
    interval = np.arange(len(item)) - np.repeat(np.cumsum(touched) - touched, touched) + first[item]
    overlap = np.minimum(ends[item], edges[interval + 1]) - np.maximum(starts[item], edges[interval])
    share = amounts[item] * np.maximum(overlap, 0) / (ends - starts)[item]
    return np.asarray(np.bincount(interval, share, count), dtype=np.float64)
