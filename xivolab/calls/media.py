"""RTP streams tied to the legs whose session descriptions announced their ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from xivolab.calls.announced import EARLY_NS, LATEST, Announcements
from xivolab.calls.leg import Leg
from xivolab.sip.index import MessageIndex
from xivolab.sip.sdp import SdpMedia
from xivolab.table import Table

Rule = Literal["both ends", "destination", "source", "ssrc"]

NO_SSRC = "0x00000000"
"""Senders that set none are not alike."""


@dataclass(slots=True)
class StreamRows:
    """The streams as far as calls need them: one value for each row; `ssrc` as "0x…", times in ns, `mos` NaN for none.

    An end is None where a log tells the stream: Asterisk does not print its own.
    """

    id: Sequence[str]
    src: Sequence[str | None]
    dst: Sequence[str | None]
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
        names = ("id", "src", "dst", "ssrc", "start", "end", "mos", "mos_scale")
        columns = {name: streams[name].tolist() for name in names}
        columns["ssrc"] = [ssrc or NO_SSRC for ssrc in columns["ssrc"]]
        return cls(**columns)


@dataclass(frozen=True, slots=True)
class Tie:
    """The leg of a stream, and the rule that found it."""

    leg: Leg
    rule: Rule


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
        if tie is None and streams.ssrc[row] != NO_SSRC and len(same) < LATEST:
            beside = (ties[other] for other in same if overlap(streams, row, other))
            legs = {found.leg for found in beside if found is not None}
            if len(legs) == 1:
                ties[row] = Tie(legs.pop(), "ssrc")
    return ties


def _tie(streams: StreamRows, row: int, announcements: Announcements) -> Tie | None:
    start, end = streams.start[row], streams.end[row]
    to, by = announcements.of(streams.dst[row], start, end), announcements.of(streams.src[row], start, end)
    both = {leg: max(to[leg], by[leg]) for leg in to if leg in by}
    found: tuple[tuple[dict[Leg, int], Rule], ...] = ((both, "both ends"), (to, "destination"), (by, "source"))
    for legs, rule in found:
        if legs:
            before = [leg for leg in legs if legs[leg] - EARLY_NS <= start]
            ordered = sorted(before, key=lambda leg: -legs[leg]) or sorted(legs, key=lambda leg: legs[leg])
            return Tie(ordered[0], rule)
    return None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What SDP says of a stream beside its codec: the packet time its receiver asked for, and how its keys are agreed on."""

    ptime_ms: int | None = None
    security: str | None = None


def agreed(index: MessageIndex, streams: StreamRows, row: int, tie: Tie | None, announcements: Announcements) -> Agreed:
    """What the leg of a stream says of it: its receiver, and of the keys its sender too."""
    if tie is None:
        return Agreed()
    to, by = (
        _media_line(index, place, announcements.row(place, tie.leg, streams.end[row]))
        for place in (streams.dst[row], streams.src[row])
    )
    told = [line.security for line in (to, by) if line and line.is_rtp]
    # Keys that were offered and not answered are not used.
    return Agreed(to.ptime if to else None, told[0] if told and all(told) else None)


def _media_line(index: MessageIndex, place: str | None, row: int | None) -> SdpMedia | None:
    """The media line for `place` in the session description of a message."""
    description = None if row is None else index.sdp(row)
    if place is None:
        return None
    host, _, port = place.rpartition(":")
    for line in description.media if description else ():
        if line.port == int(port) and line.address == host.strip("[]"):
            return line
    return None


def overlap(streams: StreamRows, one: int, other: int) -> bool:
    """Whether two streams ran at the same time."""
    return streams.start[one] <= streams.end[other] and streams.start[other] <= streams.end[one]
