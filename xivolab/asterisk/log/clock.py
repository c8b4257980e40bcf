"""The times of a log: a year and a zone for those that were written without.

XiVO's logs have neither. A year turns inside a file where its dates go from December to January. Of an hour that the clocks
had twice, the second pass begins where the clock of the log goes back.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.log.facts import Jump
from xivolab.asterisk.log.rows import ABSOLUTE, DAY, NO_CLOCK, YEAR, YEARLESS
from xivolab.schema import NULL_INT

SECOND = 1_000_000_000
_HOUR = 3600 * SECOND
_QUARTER = 900 * SECOND
_EPOCH = datetime(1970, 1, 1)


@dataclass(slots=True)
class LogClock:
    """How the times of one file become nanoseconds since 1970.

    `year` is that of its first turn; `year_from` is "log", "option", "content", "evidence" or "assumed", `zone_from` "log",
    "case", "option", "content" or "assumed". `jumps` are where it goes back; `begins` and `ends` are its first and
    last time by its own clock, None where it has none.
    """

    year: int
    year_from: str
    zone: tzinfo | None
    zone_from: str
    jumps: list[Jump] = field(default_factory=list)
    begins: int | None = None
    ends: int | None = None
    _offsets: dict[int, tuple[int, int]] = field(default_factory=dict)

    def epoch(self, rows: NDArray[Any]) -> NDArray[np.int64]:
        """The times of some rows (with `line`, `time`, `clock`) in ns since 1970, `NULL_INT` for none."""
        clocks = rows["clock"]
        times = self.local(rows["time"], clocks)
        local = (clocks != ABSOLUTE) & (clocks != NO_CLOCK)
        if local.any():
            times[local] -= self._behind_utc(times[local], rows["line"][local])
        times[clocks == NO_CLOCK] = NULL_INT
        return times

    def local(self, times: NDArray[np.int64], clocks: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Times with their year, by the server's own clock."""
        out = np.array(times, np.int64)
        yearless = np.asarray(clocks) == YEARLESS
        if yearless.any():
            out[yearless] = with_year(out[yearless], self.year)
        return out

    @property
    def met_doubled_hour(self) -> bool:
        """Whether a time was asked for that the clocks showed twice."""
        return any(first > second for first, second in self._offsets.values())

    def is_doubled(self, local: int) -> bool:
        """Whether the clocks showed this local time twice."""
        first, second = self._offset(local // _QUARTER)
        return first > second

    def _behind_utc(self, times: NDArray[np.int64], lines: NDArray[np.int64]) -> NDArray[np.int64]:
        """Local time minus UTC of each."""
        quarters = times // _QUARTER
        bounds = [0, *(np.flatnonzero(quarters[1:] != quarters[:-1]) + 1).tolist(), len(times)]
        out = np.empty(len(times), np.int64)
        for start, end in itertools.pairwise(bounds):
            first, second = self._offset(int(quarters[start]))
            out[start:end] = first
            if first > second:
                turned = self._second_pass(int(quarters[start]) * _QUARTER)
                if turned is not None:
                    out[start:end][lines[start:end] >= turned] = second
        return out

    def _offset(self, quarter: int) -> tuple[int, int]:
        """Local time minus UTC in a quarter of an hour, at its first pass and at its second."""
        if quarter not in self._offsets:
            try:
                moment = _EPOCH + timedelta(seconds=quarter * 900)
                self._offsets[quarter] = (self._utc_offset(moment), self._utc_offset(moment.replace(fold=1)))
            except (OverflowError, ValueError, OSError):  # a year that cannot be
                self._offsets[quarter] = (0, 0)
        return self._offsets[quarter]

    def _utc_offset(self, moment: datetime) -> int:
        aware = moment.replace(tzinfo=self.zone) if self.zone else moment.astimezone()
        return int((aware.utcoffset() or timedelta()).total_seconds()) * SECOND

    def _second_pass(self, start: int) -> int | None:
        """The line from which on the doubled quarter that begins at `start` is the second one; None when none is."""
        for jump in self.jumps:
            clocks = np.full(2, jump.clock, np.uint8)
            before, after = self.local(np.array([jump.before, jump.after]), clocks).tolist()
            if abs(after - start) <= _HOUR and before - after <= 2 * _HOUR:
                return jump.line
        # A log that begins in the doubled hour and goes on behind it without going back began in the second pass.
        if self.begins is not None and self.ends is not None and self.is_doubled(self.begins):
            near = self.begins - _HOUR <= start <= self.begins + _HOUR
            return 0 if near and not self.is_doubled(self.ends) and self.ends > self.begins else None
        return None


def with_year(times: NDArray[np.int64], year: int) -> NDArray[np.int64]:
    """Times without a year (`rows.YEARLESS`) in ns since 1970-01-01, turn 0 being `year`."""
    turns = times // YEAR
    day_of_leap = (times % YEAR) // DAY
    out = np.empty(len(times), np.int64)
    for turn in sorted(set(turns.tolist())):
        its = min(max(year + turn, 1), 9000)
        begins = (datetime(its, 1, 1) - _EPOCH).days
        here = turns == turn
        behind_february = (day_of_leap[here] > 59) & (not is_leap(its))
        out[here] = (begins + day_of_leap[here] - behind_february) * DAY + times[here] % DAY
    return out


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
