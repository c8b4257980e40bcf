"""Legs that belong to a call by what its callee did: dialled for him by a feature code, or a call picked up for him.

Neither leaves a REFER: the PBX does both by itself (Asterisk's atxfer and blindxfer features, Pickup()).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from xivolab.calls.leg import Leg
from xivolab.calls.likeness import HAND_ON_WITHIN_NS
from xivolab.calls.places import Places
from xivolab.calls.tree import adopt


def attach_onward(legs: Iterable[Leg], places: Places) -> None:
    """Join what a server dialled in the name of somebody who was called and still talks to the leg that reached him."""
    ordered = sorted(legs, key=lambda leg: leg.start)
    reached: dict[tuple[str | None, str], list[Leg]] = defaultdict(list)
    for leg in ordered:
        if leg.parent is not None and leg.answered_at is not None:
            for key in leg.callees | leg.parent.callees:
                reached[places.machine(leg.src), key].append(leg)
    for leg in ordered:
        if leg.parent is not None or leg.children or leg.partial or not places.is_server(leg.src):
            continue
        talking = [
            other
            for key in leg.callers
            for other in reached.get((places.machine(leg.src), key), ())
            if other.alive_at(leg.start) and _answered_at(other) <= leg.start
        ]
        if talking:
            adopt(max(talking, key=_answered_at), leg)


def attach_picked_up(legs: Iterable[Leg], places: Places) -> None:
    """Join the call of somebody who dialled a feature code to the ringing call that was answered in that instant, when
    a phone stopped ringing for it.
    """
    answered = sorted((leg for leg in legs if leg.answered_at is not None and leg.parent is None), key=_answered_at)
    for pickup in answered:
        if pickup.children or not (pickup.to_user or "").startswith("*"):
            continue
        first = bisect_left(answered, _answered_at(pickup) - HAND_ON_WITHIN_NS, key=_answered_at)
        last = bisect_right(answered, _answered_at(pickup) + HAND_ON_WITHIN_NS, key=_answered_at)
        for caller in answered[first:last]:
            if (
                caller is not pickup
                and places.machine(caller.dst) == places.machine(pickup.dst)
                and _taken(caller, pickup)
            ):
                adopt(caller, pickup)
                break


def _answered_at(leg: Leg) -> int:
    return leg.answered_at or 0


def _taken(caller: Leg, pickup: Leg) -> bool:
    """Whether the phone that stopped ringing for `caller` did so when `pickup` was answered, and none of his answered."""
    if any(leg.answered_at is not None for leg in caller.children):
        return False
    stopped = [leg.end for leg in caller.children if leg.state == "cancelled" and leg.end is not None]
    return any(abs(end - _answered_at(pickup)) < HAND_ON_WITHIN_NS for end in stopped)
