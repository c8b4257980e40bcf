"""Everything that two points have in common, each thing found once: messages, streams, ways, the offset of the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from xivolab.work.compare.clocks import TO_A, TO_B, UNTOLD, Offset, Pairs, estimate
from xivolab.work.compare.delays import LATEST_NS
from xivolab.work.compare.media import StreamPair, is_copy, keys, pair_streams
from xivolab.work.compare.pairing import Group, Pairing, align, pair_messages
from xivolab.work.compare.sides import Side
from xivolab.work.compare.ways import Hosts, Path, Ways

Verdict = Literal["passed", "lost", "unseen", "outside", "elsewhere"]
Span = tuple[int, int]

_SAMPLED = 2000
"""Packets of a stream that its way is told from."""

_FARTHEST_NS = 5 * 10**9
"""A message that would have been so long on its way is another copy."""


@dataclass(frozen=True, slots=True)
class Met:
    """One message: its rows at A and B (None where that point did not see it), the way it went, and what became of it."""

    a: int | None
    b: int | None
    way: int
    verdict: Verdict


class Matching:
    """What `a` and `b` have in common."""

    def __init__(self, a: Side, b: Side) -> None:
        self.a = a
        self.b = b

    @cached_property
    def pairing(self) -> Pairing:
        """The messages by what makes them the same one."""
        return pair_messages(self.a, self.b)

    @cached_property
    def streams(self) -> list[StreamPair]:
        """The streams that both points saw."""
        hops = set(self.pairing.hops)

        def likely(row_a: int, row_b: int) -> bool:
            return (frozenset(self.a.stream_ends(row_a)), frozenset(self.b.stream_ends(row_b))) in hops

        return pair_streams(self.a, self.b, likely)

    @cached_property
    def offset(self) -> Offset:
        """How far B's clock is from A's."""
        sure = self._sure
        times_a = [np.array([self.a.index.time[one.a[0]] for one in sure], np.int64)]
        times_b = [np.array([self.b.index.time[one.b[0]] for one in sure], np.int64)]
        way = [np.array([self._way_of(one) for one in sure], np.int8)]
        for pair in self.streams:
            times_a.append(pair.packets_a["time"][pair.same_a])
            times_b.append(pair.packets_b["time"][pair.same_b])
            way.append(np.full(len(pair.same_a), self.stream_way(pair), np.int8))
        rtp = np.concatenate([np.full(len(times), number > 0) for number, times in enumerate(times_a)])
        found = Pairs(np.concatenate(times_a), np.concatenate(times_b), np.concatenate(way), rtp)
        # Where ways are known of some, the others would only blur it.
        known = found.way != UNTOLD
        if known.any() and not known.all():
            found = Pairs(found.time_a[known], found.time_b[known], found.way[known], found.rtp[known])
        return estimate(found)

    @cached_property
    def messages(self) -> list[Met]:
        """All messages of both points, those of one that the other does not have included, by A's clock."""
        met = [one for group in self.pairing.groups for one in self._resolved(group)]
        for side, at_a in ((self.a, True), (self.b, False)):
            grouped = {row for group in self.pairing.groups for row in (group.a if at_a else group.b)}
            met += [self._alone(row, at_a) for row in side.rows if row not in grouped]
        return sorted(met, key=lambda one: (self.time(one), one.a is None, one.a or 0, one.b or 0))

    def time(self, one: Met) -> int:
        """When a message passed its first point, by A's clock (ns)."""
        if one.a is None or (one.way == TO_A and one.b is not None):
            assert one.b is not None
            return self.offset.one_to_a(self.b.index.time[one.b])
        return self.a.index.time[one.a]

    def delay(self, one: Met) -> int | None:
        """How long a message took from one point to the other (ns); None where only one saw it."""
        if one.a is None or one.b is None:
            return None
        late = self.offset.one_to_a(self.b.index.time[one.b]) - self.a.index.time[one.a]
        return -late if one.way == TO_A else late

    def stream_way(self, pair: StreamPair) -> int:
        """The way of a stream."""
        return self._ways.way(self.a.stream_ends(pair.a[0]), self.b.stream_ends(pair.b[0]))

    def stream_verdict(self, row: int, at_a: bool) -> tuple[Verdict, int]:
        """What became of a stream that only one point saw, and its way."""
        side = self.a if at_a else self.b
        ends, times = side.stream_ends(row), side.packets[row]["time"]
        expected = self._expected(ends, at_a) or self._is_announced(row, at_a)
        if not len(times):
            return "elsewhere", UNTOLD
        return self._judged(ends, at_a, int(times[0]), int(times[-1]), expected)

    @cached_property
    def watched(self) -> tuple[Span, Span]:
        """When A and B were captured, each by its own clock."""
        nothing = (0, -1)
        return self.a.watched or nothing, self.b.watched or nothing

    @cached_property
    def common(self) -> Span | None:
        """When both were captured, by A's clock; None when that never was at one time."""
        at_a, at_b = self.watched
        start = max(at_a[0], self.offset.one_to_a(at_b[0]))
        end = min(at_a[1], self.offset.one_to_a(at_b[1]))
        return (start, end) if start <= end else None

    @cached_property
    def _sure(self) -> list[Group]:
        """Messages that were sent once and arrived once; if there is none, the first copies."""
        plain = [group for group in self.pairing.groups if group.plain]
        return plain or [Group(group.a[:1], group.b[:1]) for group in self.pairing.groups if group.a and group.b]

    @cached_property
    def _ways(self) -> Ways:
        paths: dict[tuple[Hosts, Hosts], Path] = {}

        def path(at_a: Hosts, at_b: Hosts) -> tuple[Path, bool]:
            """The path between these hosts, and whether it is told of in this direction."""
            if (at_a[::-1], at_b[::-1]) in paths:
                return paths[at_a[::-1], at_b[::-1]], False
            return paths.setdefault((at_a, at_b), Path(at_a, at_b)), True

        ttl_a, ttl_b = self.a.index.raw.ttl, self.b.index.raw.ttl
        for group in self._sure:
            row_a, row_b = group.a[0], group.b[0]
            found, forward = path(self.a.ends(row_a), self.b.ends(row_b))
            times = self.a.index.time[row_a], self.b.index.time[row_b]
            (found.forward if forward else found.back).append((times[0] / 1e9, (times[1] - times[0]) / 1e9))
            lower = int(np.sign(int(ttl_a[row_a]) - int(ttl_b[row_b])))
            found.ttl += lower if forward else -lower
        for pair in self.streams:
            found, forward = path(self.a.stream_ends(pair.a[0]), self.b.stream_ends(pair.b[0]))
            step = max(len(pair.same_a) // _SAMPLED, 1)
            time_a = pair.packets_a["time"][pair.same_a[::step]]
            late = (pair.packets_b["time"][pair.same_b[::step]] - time_a) / 1e9
            (found.forward if forward else found.back).extend(zip((time_a / 1e9).tolist(), late.tolist(), strict=True))
            missing = [self._alone_in(pair.packets_a, pair.same_a), self._alone_in(pair.packets_b, pair.same_b)]
            for number, count in enumerate(missing if forward else missing[::-1]):
                found.only[number] += count
        return Ways(paths.values())

    @staticmethod
    def _alone_in(packets: NDArray[Any], same: NDArray[np.int64]) -> int:
        """Packets between the first and the last common one that the other point lacks."""
        inner = slice(int(same.min()), int(same.max()) + 1)
        return int((~is_copy(keys(packets))[inner]).sum()) - len(same)

    def _way_of(self, group: Group) -> int:
        row_a = group.a[0] if group.a else None
        row_b = group.b[0] if group.b else None
        if row_a is not None and row_b is not None:
            return self._ways.way(self.a.ends(row_a), self.b.ends(row_b))
        if row_a is not None:
            return self._ways.of_one(self.a.ends(row_a), True)
        assert row_b is not None
        return self._ways.of_one(self.b.ends(row_b), False)

    @cached_property
    def _usual(self) -> dict[int, int]:
        """How late (ns) messages of each way usually are at B, by A's clock."""
        late: dict[int, list[int]] = {}
        for group in self._sure:
            apart = self.offset.one_to_a(self.b.index.time[group.b[0]]) - self.a.index.time[group.a[0]]
            late.setdefault(self._way_of(group), []).append(apart)
        return {way: int(np.median(values)) for way, values in late.items()}

    def _resolved(self, group: Group) -> list[Met]:
        """The copies of a message, those of both points that are the same one together."""
        way = self._way_of(group)
        usual = self._usual.get(way, 0)
        times_a = [self.a.index.time[row] for row in group.a]
        times_b = [self.offset.one_to_a(self.b.index.time[row]) - usual for row in group.b]
        if group.plain and abs(times_a[0] - times_b[0]) <= _FARTHEST_NS:
            return [Met(group.a[0], group.b[0], way, "passed")]
        met = []
        for x, y in align(times_a, times_b):
            if x is not None and y is not None:
                met.append(Met(group.a[x], group.b[y], way, "passed"))
            elif x is not None:
                met.append(self._alone(group.a[x], True, way))
            elif y is not None:
                met.append(self._alone(group.b[y], False, way))
        return met

    def _alone(self, row: int, at_a: bool, way: int | None = None) -> Met:
        """A message that only one point saw; `way` where others of its hop tell that."""
        side = self.a if at_a else self.b
        ends, time = side.ends(row), side.index.time[row]
        verdict, told = self._judged(ends, at_a, time, time, way is not None or self._expected(ends, at_a))
        return Met(row if at_a else None, None if at_a else row, told if way is None else way, verdict)

    def _judged(self, ends: Hosts, at_a: bool, first: int, last: int, expected: bool) -> tuple[Verdict, int]:
        """What became of something that only one point saw from `first` to `last` (ns, by its clock)."""
        if not expected:
            return "elsewhere", UNTOLD
        way = self._ways.of_one(ends, at_a)
        other = self.watched[1 if at_a else 0]
        if at_a:
            other = self.offset.one_to_a(other[0]), self.offset.one_to_a(other[1])
        else:
            first, last = self.offset.one_to_a(first), self.offset.one_to_a(last)
        if last + LATEST_NS < other[0] or first > other[1]:
            return "outside", way
        leaving = way == (TO_B if at_a else TO_A)
        return ("lost" if leaving else "unseen"), way

    def _expected(self, ends: Hosts, at_a: bool) -> bool:
        """Whether the other point would see what goes between these hosts: it sees others of it, or knows both hosts."""
        if self._ways.on_path(ends, at_a):
            return True
        known = self._hosts[1 if at_a else 0]
        return all(end in known for end in ends)

    @cached_property
    def _hosts(self) -> tuple[set[str], set[str]]:
        """The hosts that A saw, and B."""
        found: list[set[str]] = []
        for side in (self.a, self.b):
            hosts = {end for row in side.rows for end in side.ends(row)}
            hosts |= {end for row in range(len(side.streams)) for end in side.stream_ends(row)}
            found.append(hosts - {""})
        return found[0], found[1]

    def _is_announced(self, row: int, at_a: bool) -> bool:
        """Whether a stream goes where the SDP of a message that both points saw said."""
        side = self.a if at_a else self.b
        call_ids = self.pairing.call_ids if at_a else self.pairing.call_ids.values()
        ends = {side.streams["src"][row], side.streams["dst"][row]}
        return any(not ends.isdisjoint(side.announced.get(call_id, ())) for call_id in call_ids)
