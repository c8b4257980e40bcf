"""How far the clock of one capture is from that of the other, from packets that both saw.

A packet that passes A and then B is seen `offset + delay` later by B's clock; one that passes B first, `offset - delay`.
Delays are never negative: so the differences of one direction lie above the offset, those of the other below it, and the
closest of both enclose it. In the middle stands the estimate: it is exact when the shortest delays of both directions are
equal, and never further off than half of what lies between (NTP's clock filter, RFC 5905 section 10, uses the same bound).
Clocks also drift: the slope is that of the closest differences over time (the median of all slopes, Theil and Sen, which a
third of wrong points does not move).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ways = Literal["both", "a-to-b", "b-to-a", "unknown", "none"]

TO_B, TO_A, UNTOLD = 1, -1, 0
"""Which point a packet passes second."""

_WINDOWS = 50
_KNOWN_WITHIN_PPM = 50.0
_RESOLUTION_S = 1e-6
_WORST_SHARE = 0.05
_NS = 1e-9


@dataclass(frozen=True, slots=True)
class Offset:
    """B's clock minus A's: `seconds` at the moment `at` (epoch s of A's clock), changing by `drift_ppm` microseconds a second.

    `drift_ppm` is None (and none is assumed) where the pairs do not tell it within 50 ppm; `drift_plus_minus_ppm` is two
    standard errors. `plus_minus_s` bounds the error whatever the delays are; None where `ways` is not "both": then the
    shortest one-way delay is part of `seconds`, and nothing tells how much that is.
    """

    seconds: float
    at: float
    drift_ppm: float | None
    drift_plus_minus_ppm: float | None
    plus_minus_s: float | None
    ways: Ways
    rtp_pairs: int
    sip_pairs: int

    @property
    def pairs(self) -> int:
        """How many packets both points saw."""
        return self.rtp_pairs + self.sip_pairs

    def at_ns(self, time_a: NDArray[np.int64]) -> NDArray[np.int64]:
        """The offset (ns) at some moments (n,) of A's clock in ns."""
        since = (time_a - round(self.at * 1e9)).astype(np.float64)
        return np.rint(self.seconds * 1e9 + since * (self.drift_ppm or 0.0) * 1e-6).astype(np.int64)

    def to_a(self, time_b: NDArray[np.int64]) -> NDArray[np.int64]:
        """Moments (n,) of B's clock in ns as A's clock would have told them."""
        near = time_b - self.at_ns(time_b - round(self.seconds * 1e9))  # the drift is asked for at the right moment
        return time_b - self.at_ns(near)

    def one_to_a(self, time_b: int) -> int:
        """One moment of B's clock (ns) by A's."""
        return int(self.to_a(np.array([time_b], np.int64))[0])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Packets that both points saw: times (n,) int64 ns of either clock, `way` (n,) int8 (`TO_B`, `TO_A`, `UNTOLD`), `rtp` (n,)
    bool.
    """

    time_a: NDArray[np.int64]
    time_b: NDArray[np.int64]
    way: NDArray[np.int8]
    rtp: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.time_a)


def no_offset() -> Offset:
    """What is said of two captures that have no packet in common: the clocks are taken as they are."""
    return Offset(0.0, 0.0, None, None, None, "none", 0, 0)


def estimate(pairs: Pairs) -> Offset:
    """The offset that some pairs tell."""
    if not len(pairs):
        return no_offset()
    origin = int((pairs.time_a.min() + pairs.time_a.max()) // 2)
    base = int(np.median(pairs.time_b - pairs.time_a))
    time = (pairs.time_a - origin).astype(np.float64) * _NS
    late = (pairs.time_b - pairs.time_a - base).astype(np.float64) * _NS
    clouds = {way: _Cloud(time[pairs.way == way], late[pairs.way == way], way) for way in (TO_B, TO_A)}
    if not any(map(len, clouds.values())):
        clouds[UNTOLD] = _Cloud(time, late, UNTOLD)
    present = {way: cloud for way, cloud in clouds.items() if len(cloud)}
    slope, error = _slope(list(present.values()))
    shortest = {way: cloud.closest(slope) for way, cloud in present.items()}
    if len(shortest) == 2:
        above, below = _enclosing(present[TO_B], present[TO_A], slope)
        middle, bound = (above + below) / 2, max(above - below, 0.0) / 2
        ways: Ways = "both"
    else:
        (way,) = shortest
        middle, bound = shortest[way], None
        ways = {TO_B: "a-to-b", TO_A: "b-to-a", UNTOLD: "unknown"}[way]  # type: ignore[assignment]  # one of the words
    return Offset(
        seconds=base * _NS + middle,
        at=origin * _NS,
        drift_ppm=None if error is None else slope * 1e6,
        drift_plus_minus_ppm=None if error is None else 2e6 * error,
        plus_minus_s=None if bound is None else bound + _RESOLUTION_S,
        ways=ways,
        rtp_pairs=int(pairs.rtp.sum()),
        sip_pairs=int((~pairs.rtp).sum()),
    )


class _Cloud:
    """The differences of one direction: `time` and `late` (n,) in seconds; `way` says on which side of them the offset lies."""

    def __init__(self, time: NDArray[np.float64], late: NDArray[np.float64], way: int) -> None:
        self.time = time
        self.late = late
        self.way = way

    def __len__(self) -> int:
        return len(self.time)

    def closest(self, slope: float) -> float:
        """The difference with the shortest delay; of packets that nobody knows the direction of, the one in the middle."""
        flat = self.late - slope * self.time
        if self.way == UNTOLD:
            return float(np.median(flat))
        return float(flat.min() if self.way == TO_B else flat.max())

    def edge(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The closest difference of each window of time."""
        span = float(np.ptp(self.time))
        count = int(np.clip(len(self) // 4, min(len(self), 8), _WINDOWS))
        window = np.minimum((self.time - self.time.min()) / (span or 1.0) * count, count - 1).astype(np.int64)
        order = np.lexsort((self.late * (self.way or 1), window))
        first = np.flatnonzero(np.diff(window[order], prepend=-1))
        return self.time[order[first]], self.late[order[first]]


def _slope(clouds: list[_Cloud]) -> tuple[float, float | None]:
    """The drift (seconds a second) and its standard error; 0 and None where it cannot be told."""
    edges = [cloud.edge() for cloud in clouds]
    span = max((float(np.ptp(time)) for time, _ in edges), default=0.0)
    slopes = []
    for time, late in edges:
        first, second = np.triu_indices(len(time), 1)
        apart = time[second] - time[first]
        far = apart >= span / 4
        if far.any() and span:
            slopes.append((late[second] - late[first])[far] / apart[far])
    if not slopes:
        return 0.0, None
    slope = float(np.median(np.concatenate(slopes)))
    error = min(_slope_error(time, late, slope) for time, late in edges)
    if 2e6 * error > _KNOWN_WITHIN_PPM:
        return 0.0, None
    return slope, error


def _slope_error(time: NDArray[np.float64], late: NDArray[np.float64], slope: float) -> float:
    """The standard error of a slope through the points of an edge, their spread taken from the median."""
    if len(time) < 3:
        return float("inf")
    flat = late - slope * time
    spread = 1.4826 * float(np.median(np.abs(flat - np.median(flat))))
    lever = float(np.std(time)) * float(np.sqrt(len(time)))
    return max(spread, _RESOLUTION_S) / lever if lever else float("inf")


def _enclosing(to_b: _Cloud, to_a: _Cloud, slope: float) -> tuple[float, float]:
    """The closest differences of both directions, without the few that contradict the others: a wrong pair (a retransmission
    taken for the message before it) would put the upper edge under the lower one.
    """
    above, below = np.sort(to_b.late - slope * to_b.time), np.sort(to_a.late - slope * to_a.time)[::-1]
    drop = [0, 0]
    middles = float(np.median(above)), float(np.median(below))
    most = [int(_WORST_SHARE * len(side)) + 1 for side in (above, below)]
    while above[drop[0]] < below[drop[1]] - _RESOLUTION_S:
        side = 0 if middles[0] - above[drop[0]] > below[drop[1]] - middles[1] else 1
        if drop[side] + 1 >= min(most[side], len((above, below)[side])):
            break
        drop[side] += 1
    return float(above[drop[0]]), float(below[drop[1]])
