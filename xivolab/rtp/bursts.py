"""How losses come: one by one or in runs. Gaps in the sequence numbers are kept for a while, because late packets fill them."""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper

HISTOGRAM = 16
"""Lengths told apart: runs of 1, 2, … 15 packets, and longer ones together."""

GAPS = 32
"""Gaps of a stream that a late packet is looked for in."""


@helper
def _close(stream: Any, gap: Any, bursts: Any) -> None:
    """What is still missing of a gap (first, length) is a run of losses."""
    length = gap[1]
    if length > 0:
        bursts[min(length, HISTOGRAM) - 1] += 1
        stream["loss_bursts"] += 1
        stream["burst_max"] = max(stream["burst_max"], length)
        gap[1] = 0


@helper
def open_gap(stream: Any, gaps: Any, bursts: Any, first: int, length: int) -> None:
    """`length` numbers from `first` on were passed over. The oldest gap that is kept makes room."""
    gap = gaps[stream["gaps"] % GAPS]
    _close(stream, gap, bursts)
    gap[0] = first
    gap[1] = length
    stream["gaps"] += 1


@helper
def fill_gap(stream: Any, gaps: Any, bursts: Any, number: int) -> None:
    """A packet that was missing came late: its gap becomes shorter, or two."""
    for index in range(GAPS):
        gap = gaps[index]
        first, length = gap[0], gap[1]
        if not first <= number < first + length:
            continue
        if number == first:
            gap[0] = first + 1
            gap[1] = length - 1
        else:
            gap[1] = number - first
            if number < first + length - 1:
                open_gap(stream, gaps, bursts, number + 1, first + length - 1 - number)
        return


@helper
def close_gaps(stream: Any, gaps: Any, bursts: Any) -> None:
    """Nothing fills the gaps any more."""
    for index in range(GAPS):
        _close(stream, gaps[index], bursts)
