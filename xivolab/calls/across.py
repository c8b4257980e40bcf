"""Legs on two addresses of one PBX or SBC: no address is common, so the numbers and the events must agree."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from xivolab.calls.leg import Leg
from xivolab.calls.likeness import DIAL_WITHIN_NS, Aliases, likeness_of_events, likeness_of_numbers
from xivolab.calls.places import Places
from xivolab.calls.tree import adopt

ENOUGH = 4.5
"""Likeness that no two strangers reach: both numbers and an event handed on, or all events within milliseconds."""

_CONCURRENT = 24


def attach_across(legs: Iterable[Leg], places: Places) -> None:
    """Join pairs of legs so far alone, the second begun while the first waited, when everything else fits.

    Both must have been answered or refused: events that one leg hands on to the other are half of the proof.
    """
    alone = [leg for leg in legs if leg.parent is None and not leg.children and not leg.partial]
    alone.sort(key=lambda leg: leg.start)
    starts = [leg.start for leg in alone]
    for child in alone:
        if child.children:
            continue
        first = bisect_left(starts, child.start - DIAL_WITHIN_NS)
        before = alone[max(first, bisect_right(starts, child.start) - _CONCURRENT) : bisect_right(starts, child.start)]
        rated = [(_fit(leg, child, places), -number, leg) for number, leg in enumerate(before) if leg.parent is None]
        best = max(rated, default=None, key=lambda rating: rating[:2])
        if best is not None and best[0] >= ENOUGH:
            adopt(best[2], child)


def _fit(parent: Leg, child: Leg, places: Places) -> float:
    """The likeness by numbers and events; 0 for a pair that shares an end, or whose parent did not wait."""
    if parent is child or not parent.waits_at(child.start) or not parent.alive_at(child.start):
        return 0.0
    ends = {places.machine(place) for place in (parent.src, *parent.end_places)}
    if places.machine(child.src) in ends or places.machine(child.dst) in ends:
        return 0.0
    numbers = likeness_of_numbers(parent, child, Aliases())
    return 0.0 if numbers is None else numbers + likeness_of_events(parent, child)
