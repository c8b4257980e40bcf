"""RTP streams tied to legs by what the legs' session descriptions announced, and legs tied by what they relay."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from xivolab.calls.leg import Leg
from xivolab.sip.index import MessageIndex
from xivolab.table import Table

Rule = Literal["both ends", "destination", "source", "ssrc"]

EARLY_NS = 2_000_000_000
"""Media may come before the message that announces it: the answer to an INVITE travels beside it."""

LATE_NS = 10_000_000_000
"""Media may go on for a while after the BYE."""


@dataclass(slots=True)
class StreamRows:
    """The streams as far as calls need them: one value for each row; `ssrc` as "0x…", times in ns, `mos` NaN for none."""

    id: Sequence[str]
    src: Sequence[str]
    dst: Sequence[str]
    ssrc: Sequence[str]
    start: Sequence[int]
    end: Sequence[int]
    mos: Sequence[float] = ()
    mos_scale: Sequence[str | None] = ()

    def __len__(self) -> int:
        return len(self.id)

    @classmethod
    def of(cls, streams: Table) -> StreamRows:
        """The rows of the table of streams."""
        return cls(
            *(streams[name].tolist() for name in ("id", "src", "dst", "ssrc", "start", "end", "mos", "mos_scale"))
        )


@dataclass(frozen=True, slots=True)
class Announcement:
    """One address and port that a leg announced for media, by the message at `time`."""

    leg: Leg
    time: int


@dataclass(frozen=True, slots=True)
class Tie:
    """The leg of a stream, and the rule that found it. `others` are further legs that announced an end of it."""

    leg: Leg
    rule: Rule
    others: tuple[Leg, ...] = ()


_time = attrgetter("time")

_LATEST = 64
"""How many announcements of one address and port are looked at for a stream: a traffic generator has one for all calls."""


@dataclass(slots=True)
class Announcements:
    """Who announced which address and port, by "ip:port", in order of time."""

    by_place: dict[str, list[Announcement]] = field(default_factory=lambda: defaultdict(list))

    def of(self, place: str, start: int, end: int) -> dict[Leg, int]:
        """The legs that had announced `place` while a stream ran from `start` to `end`, with when they last did so.

        A port is used again by later calls, so the latest announcement before the stream decides, or else the first
        one during it; legs of one call may announce the same place together (direct media).
        """
        found: dict[Leg, int] = {}
        known_here = self.by_place.get(place, [])
        upto = bisect_right(known_here, end + EARLY_NS, key=_time)
        for announcement in known_here[max(0, upto - _LATEST) : upto]:
            leg = announcement.leg
            ended = leg.end is not None and leg.end + LATE_NS < start
            if not ended and (leg not in found or announcement.time - EARLY_NS <= start):
                found[leg] = announcement.time
        return found


def read_announcements(index: MessageIndex, legs: Sequence[Leg]) -> Announcements:
    """The media addresses in all session descriptions of `legs`."""
    announcements = Announcements()
    for leg in legs:
        for row in leg.messages:
            description = index.sdp(row)
            for media in description.media if description else ():
                if media.port and media.address:
                    place = (
                        f"[{media.address}]:{media.port}" if ":" in media.address else f"{media.address}:{media.port}"
                    )
                    announcements.by_place[place].append(Announcement(leg, index.time[row]))
    for announced in announcements.by_place.values():
        announced.sort(key=_time)
    return announcements


def tie_streams(streams: StreamRows, announcements: Announcements) -> list[Tie | None]:
    """The leg of each stream: both ends announced by it, else the destination, else the source; else the SSRC of a
    stream that has one and runs beside it (a relay or a NAT kept it).
    """
    ties = [_tie(streams, row, announcements) for row in range(len(streams))]
    known: dict[str, list[int]] = defaultdict(list)
    for row, tie in enumerate(ties):
        if tie is not None:
            known[streams.ssrc[row]].append(row)
    for row, tie in enumerate(ties):
        same = known[streams.ssrc[row]]
        beside = (
            [other for other in same if _overlap(streams, row, other)] if tie is None and len(same) < _LATEST else []
        )
        legs = {found.leg for found in (ties[other] for other in beside) if found is not None}
        if len(legs) == 1 and streams.ssrc[row] != "0x00000000":
            ties[row] = Tie(legs.pop(), "ssrc")
    return ties


def _tie(streams: StreamRows, row: int, announcements: Announcements) -> Tie | None:
    start, end = streams.start[row], streams.end[row]
    to, by = announcements.of(streams.dst[row], start, end), announcements.of(streams.src[row], start, end)
    both = {leg: max(to[leg], by[leg]) for leg in to if leg in by}
    for legs, rule in ((both, "both ends"), (to, "destination"), (by, "source")):
        if legs:
            before = [leg for leg in legs if legs[leg] - EARLY_NS <= start]
            ordered = sorted(before, key=lambda leg: -legs[leg]) or sorted(legs, key=lambda leg: legs[leg])
            return Tie(ordered[0], rule, tuple(leg for leg in (to | by) if leg is not ordered[0]))  # type: ignore[arg-type]
    return None


def _overlap(streams: StreamRows, one: int, other: int) -> bool:
    return streams.start[one] <= streams.end[other] and streams.start[other] <= streams.end[one]


def linked_legs(streams: StreamRows, ties: Sequence[Tie | None], announcements: Announcements) -> set[frozenset[str]]:
    """Pairs of Call-IDs that media ties together: an SSRC relayed from one leg to the other, or a phone's address
    handed on to the other leg (direct media).
    """
    pairs: set[frozenset[str]] = set()
    by_ssrc: dict[str, list[int]] = defaultdict(list)
    for row, tie in enumerate(ties):
        if tie is not None and streams.ssrc[row] != "0x00000000":
            by_ssrc[streams.ssrc[row]].append(row)
    for rows in by_ssrc.values():
        for one, other in ((a, b) for n, a in enumerate(rows) for b in rows[n + 1 : n + 9]):
            ends = ties[one], ties[other]
            relayed = streams.dst[one].rpartition(":")[0] == streams.src[other].rpartition(":")[0]
            relayed |= streams.dst[other].rpartition(":")[0] == streams.src[one].rpartition(":")[0]
            if relayed and ends[0] and ends[1] and ends[0].leg is not ends[1].leg and _overlap(streams, one, other):
                pairs.add(frozenset((ends[0].leg.call_id, ends[1].leg.call_id)))
    for announced in announcements.by_place.values():
        for n, later in enumerate(announced):
            alive = {
                a.leg for a in announced[max(0, n - 4) : n] if a.leg is not later.leg and a.leg.alive_at(later.time)
            }
            if len(alive) == 1:  # a traffic generator announces one port in all its calls: that ties nothing
                pairs.add(frozenset((alive.pop().call_id, later.leg.call_id)))
    return pairs
