"""Which of the legs that entered a PBX each leg that leaves it was dialled for. No header tells; the likeliest is taken."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from heapq import heapify, heappop, heappush
from operator import attrgetter

from xivolab.calls.leg import Leg
from xivolab.calls.likeness import DIAL_WITHIN_NS, PROOF, Aliases, likeness, likeness_of_events, likeness_of_numbers
from xivolab.calls.places import Places
from xivolab.calls.tree import adopt

BRIDGED_ALREADY = 3.0
"""Taken off the likeness of a caller who talks with somebody: only a transfer dials for him again."""

RINGING_ANOTHER = 0.5
"""Taken off while another phone rings for that caller: of two callers alike the one without a phone comes first."""

_start = attrgetter("start")

_NEAREST = 8
_SAME_KEY = 24
"""How many candidates are weighed for a leg: the last ones to enter the PBX, and the last with the same number."""


class _Entered:
    """The legs that entered one server, by time and by the users they name."""

    def __init__(self) -> None:
        self.legs: list[Leg] = []
        self.starts: list[int] = []
        self.by_user: dict[str, list[Leg]] = defaultdict(list)

    def add(self, leg: Leg) -> None:
        self.legs.append(leg)
        self.starts.append(leg.start)
        for key in leg.callers | leg.callees:
            self.by_user[key].append(leg)

    def before(self, child: Leg) -> list[Leg]:
        """Legs alive when `child` began: the last that wait for an answer, and those that name its users."""
        last = bisect_right(self.starts, child.start)
        recent = [leg for leg in self.legs[max(0, last - _NEAREST) : last] if leg.alive_at(child.start)]
        found = dict.fromkeys([leg for leg in recent if leg.waits_at(child.start)] or recent)
        found.update(dict.fromkeys(self.naming(child, child.callers | child.callees)))
        found.pop(child, None)
        return list(found)

    def naming(self, child: Leg, keys: Iterable[str]) -> list[Leg]:
        """The last legs alive when `child` began that name one of `keys`."""
        found: list[Leg] = []
        for key in keys:
            named = self.by_user.get(key, [])
            upto = bisect_right(named, child.start, key=_start)
            found += [leg for leg in named[max(0, upto - _SAME_KEY) : upto] if leg.alive_at(child.start)]
        return found


def attach_dialled(legs: Iterable[Leg], places: Places, linked: Collection[frozenset[str]]) -> None:
    """Set the parents of the legs that a server dialled, best pairs first.

    `linked` holds pairs of Call-IDs that media ties together.
    """
    entered: dict[str | None, _Entered] = defaultdict(_Entered)
    ordered = sorted(legs, key=_start)
    for leg in (leg for leg in ordered if not leg.session.undirected):
        for machine in {places.machine(place) for place in leg.end_places} & places.servers:
            entered[machine].add(leg)
    alone = [leg for leg in ordered if leg.parent is None and not leg.session.undirected]
    outgoing = [leg for leg in alone if places.is_server(leg.src)]
    candidates = [entered[places.machine(child.src)].before(child) for child in outgoing]
    aliases = _learned(outgoing, candidates)
    heap: list[tuple[float, int, int, Leg, Leg]] = []
    for number, (child, parents) in enumerate(zip(outgoing, candidates, strict=True)):
        known_as = aliases.names_of(child.callers | child.callees)
        also = [leg for leg in entered[places.machine(child.src)].naming(child, known_as) if leg is not child]
        for order, parent in enumerate(dict.fromkeys([*parents, *also])):
            by_media = frozenset((parent.call_id, child.call_id)) in linked
            like = likeness(parent, child, aliases, by_media, only=len(parents) == 1)
            if like is not None:
                heap.append((-like, number, order, parent, child))
    _take_best(heap)


def _learned(outgoing: Sequence[Leg], candidates: Sequence[Sequence[Leg]]) -> Aliases:
    """What the pairs teach that are beyond doubt: only one caller waited, and nothing else was dialled, or the numbers
    or events prove it.
    """
    pairs: list[tuple[Leg, Leg]] = []
    for child, parents in zip(outgoing, candidates, strict=True):
        dialling = [leg for leg in parents if _dialling(leg, child)]
        if len(dialling) == 1 and likeness(dialling[0], child, Aliases()) is not None:
            pairs.append((dialling[0], child))
    phones = Counter(parent for parent, _ in pairs)
    aliases = Aliases()
    for parent, child in pairs:
        proved = (likeness_of_numbers(parent, child, Aliases()) or 0) > 0 or likeness_of_events(parent, child) >= PROOF
        if proved or phones[parent] == 1:
            aliases.learn(parent, child)
    return aliases


def _dialling(parent: Leg, child: Leg) -> bool:
    """Whether `parent` waited for an answer, not for long, when `child` began."""
    return parent.waits_at(child.start) and child.start - parent.start <= DIAL_WITHIN_NS


def _take_best(heap: list[tuple[float, int, int, Leg, Leg]]) -> None:
    """Give each child its parent, the likeliest pair first; a pair that a taken one makes less likely comes again."""
    heapify(heap)
    lowered: set[tuple[int, int]] = set()
    while heap:
        like, number, order, parent, child = heappop(heap)
        if child.parent is not None:
            continue
        penalty = _penalty(parent, child)
        if penalty and (number, order) not in lowered:
            lowered.add((number, order))
            heappush(heap, (like + penalty, number, order, parent, child))
        else:
            adopt(parent, child)


def _penalty(parent: Leg, child: Leg) -> float:
    """How much less likely `parent` is dialled for once more, for what was dialled for him already."""
    alive = [leg for leg in parent.children if leg.alive_at(child.start) or child.alive_at(leg.start)]
    if any(leg.answered_at is not None and leg.answered_at < child.start for leg in alive):
        return BRIDGED_ALREADY
    return RINGING_ANOTHER if alive else 0.0
