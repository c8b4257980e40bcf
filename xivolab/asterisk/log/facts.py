"""What is known of a log file once it was read: its times, and what in it tells the year and the zone they lack."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from xivolab.asterisk.log.reader import Block
from xivolab.asterisk.log.rows import BANNER, LOCAL, NO_CLOCK, YEARLESS

HINTS_IN = 1 << 20
"""So much of a file is searched for what tells year and zone."""

_HINTS = re.compile(
    rb"^Date: (?P<date>\w{3}, [^\r\n]{20,28} GMT)\r?$|EventTV=\"(?P<event>[-0-9T:.]{19,29}[-+]\d{4})\""
    rb"|EventTV=\"(?P<seconds>\d{10})-\d+\"|(?<![\d.])(?P<unique>1\d{9})\.\d{1,6}(?![\d.])",
    re.M,
)
_BUILT = re.compile(rb" on (\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d")
_SENT = b"<--- Transmitting SIP"
_BACK = 300_000_000_000  # a clock that goes back by more than 5 minutes was put back


@dataclass(frozen=True, slots=True)
class Hint:
    """A moment told by the text of a record: `time` and `clock` as in its row, `moment` in ns since 1970.

    A `strong` one was written at that moment; the others name one a little earlier, such as a channel's beginning.
    """

    time: int
    clock: int
    moment: int
    strong: bool


@dataclass(frozen=True, slots=True)
class Jump:
    """Where the clock of a log goes back, at `line`: from one time to another, as in the rows."""

    line: int
    clock: int
    before: int
    after: int


@dataclass(slots=True)
class LogFacts:
    """What is known of one file: `first` and `last` are times as in the rows, None where no record has one."""

    path: str
    records: int = 0
    size: int = 0
    lines: int = 0
    first: int | None = None
    last: int | None = None
    clock: int = NO_CLOCK
    version: str | None = None
    built: datetime | None = None
    hints: list[Hint] = field(default_factory=list)
    jumps: list[Jump] = field(default_factory=list)
    banners: list[int] = field(default_factory=list)
    _looked: int = 0

    def take(self, block: Block) -> None:
        """Note what a block tells."""
        rows = block.rows[: block.count]
        self.records += block.count
        self.lines = int(rows["line"][-1] + rows["lines"][-1] - 1)
        if self.clock == NO_CLOCK:  # the first records may have other dates: logger.conf was not read yet
            known = rows["clock"][rows["clock"] != NO_CLOCK]
            self.clock = int(known[-1]) if len(known) else NO_CLOCK
        dated = np.flatnonzero((rows["clock"] == self.clock) & (rows["clock"] != NO_CLOCK))
        if len(dated):
            times = rows["time"][dated]
            if self.first is None:
                self.first = int(times[0])
            before = np.empty_like(times)
            before[0], before[1:] = self.last if self.last is not None else times[0], times[:-1]
            for k in np.flatnonzero(times < before - _BACK).tolist():
                row = rows[dated[k]]
                self.jumps.append(Jump(int(row["line"]), int(row["clock"]), int(before[k]), int(times[k])))
            self.last = int(times[-1])
        for row in np.flatnonzero(rows["level"] == BANNER).tolist():
            self.banners.append(int(rows["line"][row]))
            self._read_banner(block.buffer[rows["message"][row] : rows["end"][row]].tobytes())
        if self._looked < HINTS_IN:
            self._look(block)

    def _read_banner(self, text: bytes) -> None:
        self.version = text.split(b" ", 2)[1].decode("ascii", "replace")
        if built := _BUILT.search(text):
            try:
                self.built = datetime.fromisoformat(built[1].decode()).replace(tzinfo=UTC)
            except ValueError:
                self.built = None

    def _look(self, block: Block) -> None:
        """Find moments that are told in full."""
        rows = block.rows[: block.count]
        begin = int(rows["start"][0])
        end = min(int(rows["next"][-1]), begin + HINTS_IN)
        self._looked += end - begin
        text = block.buffer[begin:end].tobytes()
        for found in _HINTS.finditer(text):
            row = rows[int(np.searchsorted(rows["start"], begin + found.start(), "right")) - 1]
            if row["clock"] not in (YEARLESS, LOCAL):
                continue
            kind = found.lastgroup or ""
            message = int(row["message"]) - begin
            if kind == "date" and not text.startswith(_SENT, message):  # the clock of somebody else
                continue
            moment = _moment(kind, found[kind].decode("ascii", "replace"))
            if moment is not None:
                self.hints.append(Hint(int(row["time"]), int(row["clock"]), moment, kind != "unique"))


def _moment(kind: str, text: str) -> int | None:
    try:
        if kind == "date":
            from email.utils import parsedate_to_datetime  # half a library, and few logs need it

            found = parsedate_to_datetime(text).timestamp()
        elif kind == "event":
            found = datetime.strptime(text[:19] + text[-5:], "%Y-%m-%dT%H:%M:%S%z").timestamp()
        else:
            found = int(text)
    except (ValueError, TypeError):
        return None
    return int(found) * 1_000_000_000
