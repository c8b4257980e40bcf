"""When a row was: epoch seconds, a time with its zone, or a local time whose zone its unique id gives away.

A unique id begins with the epoch second in which the channel was made. A row CHAN_START has that and the local time of the same
moment: their difference is the zone's, in summer and winter, in the doubled hour of October as well.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from xivolab.asterisk.cel.event import CelEvent, epoch_of

_EPOCH = re.compile(r"(\d{9,11})(?:\.(\d{1,9}))?")
_TEXT = re.compile(
    r"(?:\{ts ')?(\d{4})-(\d\d?)-(\d\d?)[ T](\d\d?):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?(?:'\})?"
)
_QUARTER_S = 900
_LATEST_S = 2  # a row CHAN_START is written at once; its second may be the next
_WIDEST_S = 14 * 3600


class Told:
    """A time as the evidence has it: `ns` since 1970 where that is known, else `local` ns as if in UTC; both None: none."""

    __slots__ = ("local", "ns")

    def __init__(self, ns: int | None = None, local: int | None = None) -> None:
        self.ns = ns
        self.local = local


def read_time(text: str) -> Told:
    """An `eventtime` as text: epoch seconds, or a date and time with or without zone. Nothing for anything else."""
    text = text.strip()
    if found := _EPOCH.fullmatch(text):
        return Told(ns=int(found[1]) * 10**9 + int((found[2] or "").ljust(9, "0")))
    found = _TEXT.fullmatch(text)
    if not found:
        return Told()
    try:
        moment = datetime(*(int(found[n]) for n in range(1, 7)), tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError:
        return Told()
    local = _ns(moment) + int((found[7] or "").ljust(9, "0"))
    if found[8] is None:
        return Told(local=local)
    return Told(ns=local - _offset_s(found[8]) * 10**9)


def told_moment(moment: datetime) -> Told:
    """A time as a database gives it."""
    if moment.tzinfo is None:
        return Told(local=_ns(moment.replace(tzinfo=UTC)))
    return Told(ns=_ns(moment.astimezone(UTC)))


def _ns(moment: datetime) -> int:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86400 + since.seconds) * 10**9 + since.microseconds * 1000


def _offset_s(text: str) -> int:
    if text[0] not in "+-":
        return 0
    digits = text[1:].replace(":", "").ljust(4, "0")
    seconds = int(digits[:2]) * 3600 + int(digits[2:]) * 60
    return -seconds if text[0] == "-" else seconds


class Clock:
    """Gives local times their zone.

    `zone` is what the user or the case says (None: the machine's own); what a unique id proves goes before it. Fed with the
    events of one source by local time, as far as that is possible; it remembers the offset of live channels only.
    """

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone
        self._offset: int | None = None
        self._of_channel: dict[str, int] = {}
        self._of_local: dict[int, tuple[int, int]] = {}  # quarter of an hour → seconds east of Greenwich, both passes
        self._of_moment: dict[int, int] = {}

    def place(self, event: CelEvent, told: Told) -> None:
        """Sets the event's `time`, and `zone`: "told", "uniqueid" or "assumed"."""
        if told.ns is not None:
            event.time, event.zone = told.ns, "told"
        elif told.local is not None:
            self._place_local(event, told.local)

    def _place_local(self, event: CelEvent, local: int) -> None:
        offset = self._of_channel.get(event.uniqueid)
        begun = epoch_of(event.uniqueid)
        if event.eventtype == "CHAN_START" and begun is not None:
            offset = _proven(local, begun)
            if offset is not None:
                self._of_channel[event.uniqueid] = self._offset = offset
        if event.eventtype == "CHAN_END":
            self._of_channel.pop(event.uniqueid, None)
        if offset is None and self._offset is not None and (begun is None or self._plausible(local, begun)):
            offset = self._offset
        if offset is None:
            event.time, event.zone = self._assumed(local, begun), "assumed"
            return
        event.time, event.zone = self._at(local, offset, begun), "uniqueid"

    def _plausible(self, local: int, begun: int) -> bool:
        """Whether the last proven offset puts an event at or after its channel's beginning."""
        return self._offset is not None and local // 10**9 - self._offset - begun >= -_LATEST_S

    def _at(self, local: int, offset: int, begun: int | None) -> int:
        """The moment of a local time in a call that began with `offset`; the clocks may have changed since."""
        if self._zone is not None and begun is not None and self._offset_at(self._zone, begun) == offset:
            return self._assumed(local, begun)
        time = local - offset * 10**9
        if begun is not None and time < (begun - _LATEST_S) * 10**9:
            time += 3600 * 10**9  # set back while the call lasted
        return time

    def _assumed(self, local: int, begun: int | None) -> int:
        """The moment by the zone; of the two in October the one that is not before the channel's beginning."""
        quarter = local // (_QUARTER_S * 10**9)
        if quarter not in self._of_local:
            self._of_local[quarter] = self._offsets(quarter)
        first, second = (local - offset * 10**9 for offset in self._of_local[quarter])
        if begun is not None and first < (begun - _LATEST_S) * 10**9 <= second:
            return second
        return first

    def _offsets(self, quarter: int) -> tuple[int, int]:
        """Seconds east of Greenwich in a quarter of an hour of local time, at its first pass and at its second."""
        moment = datetime.fromtimestamp(quarter * _QUARTER_S, UTC).replace(tzinfo=None)
        there = (moment.replace(fold=fold) for fold in (0, 1))
        moments = (one.replace(tzinfo=self._zone) if self._zone else one.astimezone() for one in there)
        first, second = (int((one.utcoffset() or timedelta()).total_seconds()) for one in moments)
        return first, second

    def _offset_at(self, zone: tzinfo, epoch: int) -> int:
        quarter = epoch // _QUARTER_S
        if quarter not in self._of_moment:
            self._of_moment[quarter] = _offset_at(zone, quarter * _QUARTER_S)
        return self._of_moment[quarter]


def _proven(local: int, begun: int) -> int | None:
    """Seconds east of Greenwich, where a local time and an epoch second are of the same moment; None where they are not."""
    difference = local // 10**9 - begun
    offset = round(difference / _QUARTER_S) * _QUARTER_S
    return offset if 0 <= difference - offset <= _LATEST_S and abs(offset) <= _WIDEST_S else None


def _offset_at(zone: tzinfo, epoch: int) -> int:
    found = datetime.fromtimestamp(epoch, UTC).astimezone(zone).utcoffset() or timedelta()
    return int(found.total_seconds())
