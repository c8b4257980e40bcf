"""What became of a call: its state, who answered, when it was connected and when it ended."""

from __future__ import annotations

from collections.abc import Sequence

from xivolab.calls.leg import Leg
from xivolab.calls.likeness import SECOND
from xivolab.calls.places import Places
from xivolab.calls.transfer import Transfer


def outer_legs(legs: Sequence[Leg]) -> list[Leg]:
    """The callees' legs: those that no further leg was dialled for, the caller's apart."""
    return [leg for leg in legs[1:] if not leg.children]


def bridged_legs(legs: Sequence[Leg]) -> list[Leg]:
    """The legs connected with the caller, by when they were. Of two phones that answer at once one is hung up on."""
    root = legs[0]
    if len(legs) == 1 or root.answered_at is None:
        return []
    answered = sorted((leg for leg in legs[1:] if leg.answered_at is not None), key=lambda leg: leg.answered_at or 0)
    return [leg for leg in answered if not _answered_too_late(leg, answered)]


def _answered_too_late(leg: Leg, answered: Sequence[Leg]) -> bool:
    if leg.end is None or leg.answered_at is None or leg.end - leg.answered_at >= SECOND:
        return False
    rivals = [other for other in answered if other.parent is leg.parent and other is not leg]
    return any(rival.alive_at(leg.end) and (rival.answered_at or 0) <= leg.answered_at for rival in rivals)


def set_roles(legs: Sequence[Leg]) -> None:
    """Name the part of each leg: caller; transfer (as found); callee when bridged or the only one; else attempt."""
    bridged = bridged_legs(legs)
    others = outer_legs(legs)
    legs[0].role = "caller"
    for leg in legs[1:]:
        if leg.role != "transfer":
            leg.role = "callee" if leg in bridged or leg.children or len(others) == 1 else "attempt"
    for leg in legs:
        for earlier in leg.challenged:
            earlier.role = leg.role


def connected_at(legs: Sequence[Leg], answered_by: str | None) -> int | None:
    """When the first callee's leg was bridged with the caller."""
    answered = legs[0].answered_at
    times = [max(leg.answered_at, answered) for leg in bridged_legs(legs) if leg.answered_at and answered]
    if not times and answered_by == "callee":
        return answered
    return min(times, default=None)


def answered_by(legs: Sequence[Leg], places: Places) -> str | None:
    """ "callee" when one was bridged, or when no PBX stands between the two; else "server"; None when unanswered."""
    root = legs[0]
    if root.answered_at is None:
        return None
    direct = len(legs) == 1 and not any(places.is_pbx(place) for place in root.end_places)
    return "callee" if bridged_legs(legs) or direct else "server"


def call_end(legs: Sequence[Leg], transfers: Sequence[Transfer]) -> int | None:
    """The end of the call (ns): of its last bridged leg, or of its last leg when it was not answered; None while it goes on.

    It goes on while the caller's leg does; after a transfer that completed, while a leg other than the transferor's does.
    """
    root, bridged = legs[0], bridged_legs(legs)
    left = {transfer.leg for transfer in transfers if transfer.completed}
    deciding = [leg for leg in bridged if leg not in left] if root in left else [root]
    if any(leg.end is None for leg in deciding):
        return root.last if root.state == "failed" else None
    ended = legs if root.answered_at is None else (root, *bridged)
    return max((leg.end for leg in ended if leg.end is not None), default=None)


def call_state(legs: Sequence[Leg], end: int | None) -> str:
    """The state of the call: the caller's leg decides what was answered or cancelled, the callees' legs why it was not."""
    root = legs[0]
    if root.answered_at is not None or (root.partial and root.status is None and root.state != "cancelled"):
        return "in-call" if end is None else "completed"
    if root.status is None or root.state in ("cancelled", "diverted"):
        return root.state
    last_round = _last_round(outer_legs(legs))
    return _round_state(last_round) or root.state


def _last_round(attempts: Sequence[Leg]) -> list[Leg]:
    """The phones that rang together last: each began before another of them had ended."""
    ring: list[Leg] = []
    for leg in sorted(attempts, key=lambda attempt: attempt.start):
        if ring and all((other.last if other.end is None else other.end) <= leg.start for other in ring):
            ring = []
        ring.append(leg)
    return ring


def _round_state(ring: Sequence[Leg]) -> str | None:
    """Somebody rang and the PBX gave up: no-answer; else busy, rejected, failed, whichever is there; None without legs."""
    states = {_attempt_state(leg) for leg in ring}
    return next((state for state in ("no-answer", "busy", "rejected", "diverted", "failed") if state in states), None)


def _attempt_state(leg: Leg) -> str:
    """What the attempt says about the call: a phone that the PBX stopped ringing did not answer."""
    if leg.state == "cancelled":
        return "no-answer" if leg.session.rang is not None else "failed"
    return leg.state
