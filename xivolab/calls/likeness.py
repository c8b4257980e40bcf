"""How well a leg that leaves a PBX fits one that entered it. No header links them, so evidence is weighed.

The weights only order candidates. Numbers weigh most, then events that one leg hands on to the other (an answer, the
ringing, the end), then how soon one INVITE followed the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import exp

from xivolab.calls.leg import Leg

SECOND = 1_000_000_000
DIAL_WITHIN_NS = 3 * SECOND
"""A PBX that only rings the called phone sends its INVITE well within this."""

HAND_ON_WITHIN_NS = SECOND // 2
"""A PBX hands an answer, ringing or the end on to the other leg well within this."""


@dataclass(slots=True)
class Aliases:
    """What the capture itself teaches: which numbers a line name calls with, and which lines a number rings."""

    callers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    callees: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def learn(self, parent: Leg, child: Leg) -> None:
        """Take note of a pair that is beyond doubt."""
        for key in parent.callers:
            self.callers[key].update(child.callers)
        for key in parent.callees:
            self.callees[key].update(child.callees)


def likeness(parent: Leg, child: Leg, aliases: Aliases, linked: bool) -> float | None:
    """How well `child` fits `parent`; None when it cannot have been dialled for it.

    `linked` says that media ties the two together. Without that, numbers that contradict rule the pair out however
    close in time, and a pair that nothing but time speaks for must be close indeed.
    """
    caller = _compare(parent.callers, child.callers, aliases.callers)
    callee = _compare(parent.callees, child.callees, aliases.callees)
    if caller < 0 and callee <= 0 and not linked:
        return None
    same_name = parent.from_name is not None and parent.from_name == child.from_name
    numbers = (
        3.0 * max(caller, 0) + 3.0 * max(callee, 0) + 0.5 * min(caller, 0) + 0.5 * min(callee, 0) + 1.5 * same_name
    )
    handed_on = _handed_on(parent, child)
    waiting = parent.answered_at is None or parent.answered_at >= child.start
    soon = waiting and (parent.partial or child.start - parent.start <= DIAL_WITHIN_NS)
    if numbers <= 0 and handed_on <= 0 and not soon and not linked:
        return None
    nearness = 1.5 * exp(-2.0 * max(child.start - parent.start, 0) / SECOND) if waiting else 0.0
    return numbers + handed_on + nearness + 5.0 * linked


def _compare(parent: frozenset[str], child: frozenset[str], aliases: dict[str, Counter[str]]) -> int:
    """1 when both name one party, -1 when both have numbers and none in common, 0 when that cannot be said."""
    if parent & child:
        return 1
    known = {alias for key in parent if key in aliases for alias in aliases[key]}
    if known & child:
        return 1
    if _numbers(child) and (_numbers(parent) or _numbers(known)):
        return -1
    return 0


def _numbers(keys: frozenset[str] | set[str]) -> bool:
    return any(key.isdigit() for key in keys)


def _handed_on(parent: Leg, child: Leg) -> float:
    """How well answer, ringing and end of the callee's leg come out on the caller's leg shortly after."""
    weight = 0.0
    if child.ringing_at is not None and parent.ringing_at is not None:
        weight += _near(parent.ringing_at - child.ringing_at)
    if child.answered_at is not None and parent.answered_at is not None and parent.answered_at >= child.start:
        near = _near(parent.answered_at - child.answered_at)
        weight += 2.5 * near if near else -1.0
    if parent.end is not None and child.end is not None:
        weight += 1.5 * _near(abs(parent.end - child.end))
    return weight


def _near(delay: int) -> float:
    """1 for an event handed on at once, falling to 0 for one half a second later or earlier than its cause."""
    return 1.0 - delay / HAND_ON_WITHIN_NS if 0 <= delay < HAND_ON_WITHIN_NS else 0.0
