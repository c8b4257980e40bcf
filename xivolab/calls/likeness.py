"""How well a leg that leaves a PBX fits one that entered it. No header links them, so evidence is weighed.

The weights only order candidates. Numbers weigh most, then events that one leg hands on to the other (an answer, the
ringing, the end), then how soon one INVITE followed the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp

from xivolab.calls.leg import Leg

SECOND = 1_000_000_000
DIAL_WITHIN_NS = 3 * SECOND
"""A PBX that only rings the called phone sends its INVITE well within this."""

HAND_ON_WITHIN_NS = SECOND // 2
"""A PBX hands an answer, ringing or the end on to the other leg well within this."""


PROOF = 2.2
"""Events handed on that weigh this much are no chance: two of ringing, answer and end at once."""

CONTRADICTION = -2.0
"""What contradicting numbers weigh where something else proves the pair: a dialplan may set any caller id."""

_WITHHELD = frozenset({"anonymous", "restricted", "unavailable", "unknown"})
_NOBODY: frozenset[str] = frozenset()
_FITS = {1: 3.0, 0: 0.0, -1: -0.5}


@dataclass(slots=True)
class Aliases:
    """What the capture itself teaches: which numbers a line name calls with, and which lines a number rings."""

    callers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    callees: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    known_as: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def learn(self, parent: Leg, child: Leg) -> None:
        """Take note of a pair that is beyond doubt."""
        for table, names, aliases in (
            (self.callers, parent.callers, child.callers),
            (self.callees, parent.callees, child.callees),
        ):
            for name in names:
                table[name].update(aliases)
                for alias in aliases:
                    self.known_as[alias].add(name)

    def names_of(self, keys: frozenset[str]) -> set[str]:
        """All that `keys` are aliases of."""
        return {name for key in keys for name in self.known_as.get(key, ())}


def likeness(parent: Leg, child: Leg, aliases: Aliases, linked: bool = False, only: bool = False) -> float | None:
    """How well `child` fits `parent`; None when it cannot have been dialled for it.

    `linked` says that media ties the two together, `only` that nobody else could have caused `child`. Numbers that
    contradict rule a pair out however close in time, unless media or the events handed on prove it. Where no number
    speaks for a pair, one that is not the only one must be close in time, or hand events on; so must one by a caller with a
    number, to another callee, where who calls is withheld.
    """
    numbers, events = likeness_of_numbers(parent, child, aliases), likeness_of_events(parent, child)
    if numbers is None:
        if not linked and events < PROOF:
            return None
        numbers = CONTRADICTION
    waiting = parent.waits_at(child.start)
    soon = waiting and (parent.partial or child.start - parent.start <= DIAL_WITHIN_NS)
    if not (numbers > 0 or events > 0 or soon or linked or (only and not _by_another(parent, child))):
        return None
    nearness = 1.5 * exp(-2.0 * max(child.start - parent.start, 0) / SECOND) if waiting else 0.0
    return numbers + events + nearness + 5.0 * linked


def likeness_of_numbers(parent: Leg, child: Leg, aliases: Aliases) -> float | None:
    """How well the parties fit; None when they contradict: the caller is another, and the callee is not the same.

    What was learned mostly speaks for a pair: a line shows one number inside and another on a trunk. It speaks against
    one only where the callee is another too.
    """
    caller, caller_alias = _compare(parent.callers, child.callers, aliases.callers)
    callee, _ = _compare(parent.callees, child.callees, aliases.callees)
    if (caller < 0 and callee <= 0) or (caller_alias < 0 and caller == 0 and callee < 0):
        return None
    same_name = parent.from_name is not None and parent.from_name == child.from_name
    return _FITS[caller] + _FITS[callee] + 1.5 * same_name


def _by_another(parent: Leg, child: Leg) -> bool:
    """Whether `parent` withholds who calls, and `child` names a caller and another callee: the PBX's phones call out too."""
    if not parent.callers <= _WITHHELD or not _has_number(child.callers):
        return False
    return child.callers.isdisjoint(parent.callees) and _compare(parent.callees, child.callees, {})[0] < 0


def _compare(parent: frozenset[str], child: frozenset[str], aliases: dict[str, Counter[str]]) -> tuple[int, int]:
    """What the keys say, and what the aliases of `parent` say: 1 when both name one party, -1 when both have numbers and
    none in common, 0 when that cannot be said. An alias that fits counts like a key.
    """
    if not parent.isdisjoint(child):
        return 1, 1
    known = frozenset(alias for key in parent if key in aliases for alias in aliases[key]) if aliases else _NOBODY
    if not known.isdisjoint(child):
        return 1, 1
    if not _has_number(child):
        return 0, 0
    return -_has_number(parent), -_has_number(known)


@lru_cache(maxsize=4096)
def _has_number(keys: frozenset[str]) -> bool:
    return any(key.isdigit() for key in keys)


def likeness_of_events(parent: Leg, child: Leg) -> float:
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
