"""The ladder of one call with both capture points between its hosts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xivolab.errors import UsageError
from xivolab.evidence.folder import HostInfo
from xivolab.objects import Call, Message, Stream
from xivolab.schema import NULL_INT
from xivolab.views.crossing import Change, Crossing, CrossingFlow, CrossingVoice
from xivolab.views.crossing_captions import CrossingCaptions
from xivolab.views.crossing_cells import crossing_cells
from xivolab.views.crossing_picture import crossing_scene
from xivolab.views.flow import Lane, first_time, rows_of
from xivolab.views.names import host_at
from xivolab.views.picture import Picture
from xivolab.views.scene import Scene
from xivolab.work.compare.call_pairs import CallPair
from xivolab.work.compare.clocks import TO_A
from xivolab.work.compare.matching import Met
from xivolab.work.compare.sides import Side
from xivolab.work.compare.story import Teller
from xivolab.work.compare.tables import Row, Tables

if TYPE_CHECKING:
    pass

_A, _B = ("point", "A"), ("point", "B")

Place = tuple[str, str]
"""Of a host: the point that sees it ("a", "b") and its address there."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A message with its time by A's clock; all else is the message's own."""

    message: Message
    time: float | None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.message, name)


class TwoPointLadder(Picture):
    """A ladder with two points; shows itself in a notebook. `svg()`, `html()`, `text()`, `png()` and `save()` give its forms."""

    def __init__(self, tables: Tables, pair: CallPair, lang: str, secrets: bool, place: tzinfo) -> None:
        self._tables = tables
        self._pair = pair
        self._lang = lang
        self._secrets = secrets
        self._zone = place

    @cached_property
    def flow(self) -> CrossingFlow:
        """What the ladder shows, in order."""
        return _Maker(self._tables, self._pair, Teller(self._tables, self._lang)).flow()

    @cached_property
    def _captions(self) -> CrossingCaptions:
        matching = self._tables.matching
        side, row = (matching.a, self._pair.a[0]) if self._pair.a else (matching.b, self._pair.b[0])
        clocks = Teller(self._tables, self._lang).clock_in_short()
        return CrossingCaptions(Call(side.case, row), self.flow, clocks, self._lang, self._zone)

    def scene(self) -> Scene:
        """The ladder in pixels."""
        return crossing_scene(self.flow, self._captions, secrets=self._secrets)

    def text_scene(self, width: int) -> Scene:
        """The ladder in character cells."""
        return crossing_cells(self.flow, self._captions, width)

    def __repr__(self) -> str:
        return f"<TwoPointLadder {self._captions.title()}>"


def find_pair(tables: Tables, key: str | int | None) -> CallPair:
    """The call with this index, id (of either point, or of the comparison), Call-ID or number; without a key the only one.

    Raises UsageError when that is not one call.
    """
    from xivolab.objects import find_call

    pairs = tables.call_pairs
    if key is None:
        if len(pairs) == 1:
            return pairs[0]
        remedy = "choose one with --call; the comparison lists them" if pairs else "compare what else is there"
        raise UsageError(f"{len(pairs) or 'no'} calls in these captures", "compare", remedy)
    if isinstance(key, int) and 0 <= key < len(pairs):
        return pairs[key]
    for pair in pairs:
        if pair.id == key:
            return pair
    error: UsageError | None = None
    for side, rows in ((tables.matching.a, 0), (tables.matching.b, 1)):
        try:
            row = find_call(side.case.table("calls"), key)
        except UsageError as reason:
            error = error or reason
            continue
        return next(pair for pair in pairs if row in (pair.a, pair.b)[rows])
    raise error or UsageError(f"no call matches {key!r}", "", "")


class _Maker:
    """Puts the messages and streams of one call on lanes."""

    def __init__(self, tables: Tables, pair: CallPair, teller: Teller) -> None:
        self._tables = tables
        self._matching = tables.matching
        self._teller = teller
        self._met = [one for one in self._matching.messages if tables.call_of(one) == pair.id]
        self._streams = [row for row in tables.streams.records() if row["call"] == pair.id]
        self._alias: dict[Place, Place] = {}
        self._near: dict[Place, int] = {}
        self._addresses: dict[Place, list[Place]] = {}
        for one in self._met:
            self._learn(self._places(one), one.way)
        for row in self._streams:
            self._learn(self._stream_places(row), TO_A if row["way"] == "b-to-a" else 1 if row["way"] else 0)
        self._lanes = self._order()

    def flow(self) -> CrossingFlow:
        """The rows, by A's clock."""
        arrows = [self._crossing(number, one) for number, one in enumerate(self._met, 1)]
        voices = [self._voice(row) for row in self._streams]
        names = {**self._matching.b.names, **self._matching.a.names}
        lanes = []
        for place in self._lanes:
            if place[0] == "point":
                side = self._matching.a if place == _A else self._matching.b
                lanes.append(Lane(place[1], (side.name,), ()))
            else:
                # A host is what the point nearest to it calls it: beyond a router it has the router's address.
                near = "a" if len(lanes) < self._lanes.index(_A) else "b"
                known = sorted(self._addresses[place], key=lambda seen: seen[0] != near)
                lanes.append(_lane(tuple(dict.fromkeys(address for _, address in known)), names))
        points = self._lanes.index(_A), self._lanes.index(_B)
        return CrossingFlow(tuple(lanes), rows_of(arrows, voices), first_time(arrows, voices), points)

    def _places(self, one: Met) -> list[list[Place]]:
        """The source and the target of a message, each as the points that saw it know it."""
        ends: list[list[Place]] = [[], []]
        for name, side, row in (("a", self._matching.a, one.a), ("b", self._matching.b, one.b)):
            if row is not None:
                for number, address in enumerate(side.ends(row)):
                    ends[number].append((name, address))
        return ends

    def _stream_places(self, row: Row) -> list[list[Place]]:
        ends: list[list[Place]] = [[], []]
        for name in ("a", "b"):
            for number, end in enumerate(("src", "dst")):
                if row[f"{end}_{name}"]:
                    ends[number].append((name, row[f"{end}_{name}"].rpartition(":")[0].strip("[]")))
        return ends

    def _learn(self, ends: list[list[Place]], way: int) -> None:
        """Names of one host at both points are one lane; one that has the same address at both is one as well."""
        for number, places in enumerate(ends):
            first = self._find(places[0])
            for other in [("a", places[0][1]), ("b", places[0][1]), *places[1:]]:
                root = self._find(other)
                if root != first:
                    self._alias[root] = first
                    for seen in self._addresses.pop(root, []):
                        self._note(first, seen)
                    if root in self._near:
                        self._near.setdefault(first, self._near.pop(root))
            for place in places:
                self._note(first, place)
            if way:
                self._near.setdefault(first, way if number == 0 else -way)

    def _find(self, place: Place) -> Place:
        while place in self._alias:
            place = self._alias[place]
        return place

    def _note(self, host: Place, seen: Place) -> None:
        known = self._addresses.setdefault(host, [])
        if seen not in known:
            known.append(seen)

    def _order(self) -> list[Place]:
        """The lanes: hosts on A's side, the points, hosts on B's side; those of a leg that one point sees alone outermost."""
        left: list[Place] = []
        right: list[Place] = []
        far: dict[Place, int] = {}
        for one in self._met:
            for number, places in enumerate(self._places(one)):
                place = self._find(places[0])
                if place not in self._near:
                    # Nothing tells the way: who sends is left of A; what one point sees alone is on its side.
                    far.setdefault(
                        place, (1 if number == 0 else -1) if len(places) == 2 else 1 if one.b is None else -1
                    )
        for place in self._addresses:
            side = self._near.get(place) or far.get(place, 1)
            (left if side > 0 else right).append(place)
        known = [place for place in left if place in self._near]
        outer = [place for place in left if place not in self._near]
        right = [place for place in right if place in self._near] + [
            place for place in right if place not in self._near
        ]
        return [*outer[::-1], *known[::-1], _A, _B, *right]

    def _crossing(self, number: int, one: Met) -> Crossing:
        sides: list[tuple[Side, int | None]] = [(self._matching.a, one.a), (self._matching.b, one.b)]
        if one.way == TO_A:
            sides.reverse()
        (first, row), (second, other) = sides if sides[0][1] is not None else sides[::-1]
        assert row is not None
        ends = [self._lanes.index(self._find(places[0])) for places in self._places(one)]
        delay = self._matching.delay(one)
        changes = tuple(
            Change(
                found.difference.name,
                self._teller.say(f"kind-{found.kind}"),
                found.difference.old,
                found.difference.new,
            )
            for found in self._tables.rewrites_of(one)
        )
        note = "" if one.verdict == "passed" else self._teller.say(f"verdict-{one.verdict}")
        time = self._matching.time(one)
        return Crossing(
            number,
            _Seen(Message(first.case, row), None if time == NULL_INT else time / 1e9),
            ends[0],
            ends[1],
            seen=(one.a is not None, one.b is not None),
            lost=one.verdict == "lost",
            received=None if other is None else _Seen(Message(second.case, other), None),
            delay_ms=None if delay is None else delay / 1e6,
            changes=changes,
            note=note,
        )

    def _voice(self, row: Row) -> CrossingVoice:
        ends = [self._lanes.index(self._find(places[0])) for places in self._stream_places(row)]
        here = "a" if (row["streams_a"] and row["way"] != "b-to-a") or not row["streams_b"] else "b"
        side = self._matching.a if here == "a" else self._matching.b
        stream = side.case.stream(row[f"streams_{here}"][0])
        shift = 0.0 if here == "a" else self._matching.offset.one_to_a(round(stream.start * 1e9)) / 1e9 - stream.start
        first, rest = self._teller.stream_in_short(row)
        return CrossingVoice(
            _SeenStream(stream, stream.start + shift, stream.end + shift), ends[0], ends[1], first, rest
        )


@dataclass(frozen=True, slots=True)
class _SeenStream:
    """A stream with its times by A's clock."""

    stream: Stream
    start: float
    end: float

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def _lane(addresses: tuple[str, ...], names: dict[str, HostInfo]) -> Lane:
    host = next((found for address in addresses if (found := host_at(names, address))), None)
    return Lane(host.name, addresses, (), host.role, host.learnt) if host else Lane("", addresses, ())
