"""What happened to the packets of one stream between the two points: lost, late, out of order, doubled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xivolab.work.compare.clocks import TO_A, UNTOLD, Offset
from xivolab.work.compare.media import StreamPair, is_copy, keys

Span = tuple[int, int]
"""From when to when (ns)."""

LATEST_NS = 250_000_000
"""A packet this late at the other point is taken for one that may still have come after the capture ended."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The figures of one stream. `lost` passed the first point and never the second; `unseen` is the reverse, which only
    a capture that drops packets can bring about; `outside` was seen by one point while the other was not (or no longer)
    captured. Times are in ms, `variation` over the shortest delay of this stream; None without a packet at both points.
    """

    both: int
    lost: int
    unseen: int
    outside: int
    doubled: int
    reordered: int
    shortest_ms: float | None
    variation_mean_ms: float | None
    variation_p95_ms: float | None
    variation_max_ms: float | None


def passage(pair: StreamPair, way: int, offset: Offset, watched_a: Span, watched_b: Span) -> Passage:
    """What became of the packets of a pair that go `way`. `watched_a` and `watched_b` are by the clocks of A and B."""
    sent, received = (pair.same_b, pair.same_a) if way == TO_A else (pair.same_a, pair.same_b)
    times = [pair.packets_a["time"], offset.to_a(pair.packets_b["time"])]
    watched = [watched_a, (offset.one_to_a(watched_b[0]), offset.one_to_a(watched_b[1]))]
    marks = [keys(pair.packets_a), keys(pair.packets_b)]
    seconds = [np.ones(len(time), np.bool_) for time in times]
    seconds[0][pair.same_a] = False
    seconds[1][pair.same_b] = False
    if way == TO_A:
        times, watched, marks, seconds = times[::-1], watched[::-1], marks[::-1], seconds[::-1]
    late = times[1][received] - times[0][sent]
    least, most = (int(late.min()), int(late.max())) if len(late) else (0, 0)
    most = min(max(most, 0), LATEST_NS)
    gone = times[0][seconds[0] & ~is_copy(marks[0])]
    come = times[1][seconds[1] & ~is_copy(marks[1])]
    lost = inside(gone, watched[1], min(least, 0), most)
    unseen = inside(come, watched[0], -most, -min(least, 0))
    variation = (late - least) / 1e6
    first_seen = bool(len(late))
    return Passage(
        both=len(sent),
        lost=int(lost.sum()),
        unseen=int(unseen.sum()),
        outside=int((~lost).sum() + (~unseen).sum()),
        doubled=int((seconds[1] & is_copy(marks[1])).sum()),
        reordered=reordered(times[0][sent], times[1][received]),
        shortest_ms=least / 1e6 if first_seen and way != UNTOLD and offset.ways == "both" else None,
        variation_mean_ms=float(variation.mean()) if first_seen else None,
        variation_p95_ms=float(np.percentile(variation, 95)) if first_seen else None,
        variation_max_ms=float(variation.max()) if first_seen else None,
    )


def inside(times: NDArray[np.int64], watched: Span, least: int, most: int) -> NDArray[np.bool_]:
    """Which packets the other point should have seen: it was watched from before they could come until after."""
    return np.asarray((times + least >= watched[0]) & (times + most <= watched[1]))


def reordered(sent: NDArray[np.int64], received: NDArray[np.int64]) -> int:
    """Packets that arrive after one that was sent later (RFC 4737, 3.3); those sent at one moment have no order."""
    order = np.lexsort((sent, received))
    sent = sent[order]
    return int((sent[1:] < np.maximum.accumulate(sent)[:-1]).sum()) if len(sent) else 0
