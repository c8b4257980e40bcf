"""Calls that the PBX itself begins (click-to-call): both legs leave it, the second when the first is answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from xivolab.calls.leg import Leg
from xivolab.calls.likeness import DIAL_WITHIN_NS, HAND_ON_WITHIN_NS
from xivolab.calls.places import Places
from xivolab.calls.tree import adopt

_WAITING = 12
"""How many answered first legs are kept for a second."""


def attach_click_to_call(legs: Iterable[Leg], places: Places) -> None:
    """Join the two legs of a call that the PBX itself began: it dials the second party when the first has answered."""
    ordered = sorted(legs, key=lambda leg: leg.start)
    waiting: dict[str | None, list[Leg]] = defaultdict(list)
    for leg in ordered:
        if leg.parent is not None or leg.children or leg.partial or not places.is_server(leg.src):
            continue
        machine = places.machine(leg.src)
        first = next((other for other in reversed(waiting[machine]) if _answered_for(other, leg)), None)
        if first is not None:
            waiting[machine].remove(first)
            adopt(first, leg)
        elif leg.answered_at is not None:
            waiting[machine] = [*waiting[machine][-_WAITING:], leg]


def _answered_for(first: Leg, second: Leg) -> bool:
    """Whether `second` was dialled because `first` answered: at once, for the same parties, and they ended together."""
    if first.answered_at is None or not 0 <= second.start - first.answered_at <= DIAL_WITHIN_NS:
        return False
    if first.callees & second.callers or first.callers & second.callees or first.callers & second.callers:
        return True
    ended_together = (
        first.end is not None and second.end is not None and abs(first.end - second.end) < HAND_ON_WITHIN_NS
    )
    return ended_together and _compatible(first, second)


def _compatible(first: Leg, second: Leg) -> bool:
    """Whether the numbers do not speak against it."""
    return not any(key.isdigit() for key in first.callees) or not any(key.isdigit() for key in second.callers)
