"""The addresses and ports that legs announced for media, and when."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from xivolab.calls.leg import Leg
from xivolab.sip.index import MessageIndex

EARLY_NS = 2_000_000_000
"""Media may come before the message that announces it: the answer to an INVITE travels beside it."""

LATE_NS = 10_000_000_000
"""Media may go on for a while after the BYE."""

LATEST = 64
"""How many announcements of one address and port are looked at for a stream: a traffic generator has one for all calls."""

_time = attrgetter("time")


class Announcement(NamedTuple):
    """One address and port that a leg announced for media, by the message at `time`, whose row is `row`."""

    leg: Leg
    time: int
    row: int = -1


@dataclass(slots=True)
class Announcements:
    """Who announced which address and port, by "ip:port", in order of time."""

    by_place: dict[str, list[Announcement]] = field(default_factory=lambda: defaultdict(list))

    def of(self, place: str | None, start: int, end: int) -> dict[Leg, int]:
        """The legs that had announced `place` while a stream ran from `start` to `end`, with when they last did so.

        A port is used again by later calls, so the latest announcement before the stream decides, or else the first
        one during it; legs of one call may announce the same place together (direct media).
        """
        found: dict[Leg, int] = {}
        known_here = self.by_place.get(place or "", [])
        upto = bisect_right(known_here, end + EARLY_NS, key=_time)
        for announcement in known_here[max(0, upto - LATEST) : upto]:
            leg = announcement.leg
            ended = leg.end is not None and leg.end + LATE_NS < start
            if not ended and (leg not in found or announcement.time - EARLY_NS <= start):
                found[leg] = announcement.time
        return found

    def row(self, place: str | None, leg: Leg, end: int) -> int | None:
        """The last message with which `leg` announced `place` before `end`."""
        known_here = self.by_place.get(place or "", [])
        upto = bisect_right(known_here, end + EARLY_NS, key=_time)
        for announcement in reversed(known_here[max(0, upto - LATEST) : upto]):
            if announcement.leg is leg:
                return announcement.row
        return None


def read_announcements(index: MessageIndex, legs: Sequence[Leg]) -> Announcements:
    """The media addresses in all session descriptions of `legs`."""
    announcements = Announcements()
    legs_of: dict[int, list[Leg]] = {}
    for leg in legs:
        for row in leg.messages:
            legs_of.setdefault(row, []).append(leg)
    media = index.sdp_shapes.media
    hosts = [f"[{address}]" if ":" in address else address for address in media.addresses]
    columns = (media.row, media.address, media.port)
    for row, host, port in zip(*(column.tolist() for column in columns), strict=True):
        for leg in legs_of.get(row, ()):
            announcements.by_place[f"{hosts[host]}:{port}"].append(Announcement(leg, index.time[row], row))
    for announced in announcements.by_place.values():
        announced.sort(key=_time)
    return announcements
