"""The logs of some evidence: whose they are, in which order, and by which clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

import numpy as np

from xivolab._collector import collector_paused
from xivolab.asterisk.log.clock import LogClock
from xivolab.asterisk.log.facts import LogFacts
from xivolab.asterisk.log.groups import Entry, grouped
from xivolab.asterisk.log.happenings import Chosen, read_record
from xivolab.asterisk.log.outcome import LogCall, log_call
from xivolab.asterisk.log.pick import LOST
from xivolab.asterisk.log.reader import Block, LogReader, RecordReader
from xivolab.asterisk.log.rows import RECORD
from xivolab.asterisk.log.when import Told, clocks_of, zone_named
from xivolab.errors import Problem
from xivolab.evidence.source import Source
from xivolab.schema import NULL_INT

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log as the evidence gives it: its `host` and its `zone` are None where the case folder does not tell."""

    path: str
    source: Source
    host: str | None = None
    zone: str | None = None

    @property
    def server(self) -> str:
        """Whose log it is: logs of one folder are of one server unless somebody says otherwise."""
        return f"host {self.host}" if self.host else f"folder {PurePath(self.path).parent}"


class Logs:
    """Some logs. `files` are as given; `told` is what people say of times, `moments` gives times of other evidence, in ns."""

    def __init__(
        self,
        files: Sequence[LogFile],
        told: Told | None = None,
        moments: Callable[[], Sequence[int]] = tuple,
        progress: Progress | None = None,
    ) -> None:
        self.files = list(files)
        self._told = told or Told()
        self._moments = moments
        self._progress = progress

    def blocks(self, number: int) -> Iterator[Block]:
        """The records of file `number`, in order: see `reader.py`."""
        return self.reader(number).blocks()

    def reader(self, number: int) -> RecordReader:
        """What reads file `number`."""
        return LogReader(self.files[number].source)

    @property
    def facts(self) -> list[LogFacts]:
        """What is known of each file."""
        return self._read[0]

    @cached_property
    @collector_paused
    def calls(self) -> list[LogCall]:
        """The calls that the logs tell of, by server and beginning."""
        found = []
        for server in dict.fromkeys(file.server for file in self.files):
            numbers = [number for number in self.order if self.files[number].server == server]
            host = self.files[numbers[0]].host
            calls, boots = grouped(self._entries(numbers))
            found += [log_call(groups, host, boots) for groups in calls]
        return found

    def _entries(self, numbers: Sequence[int]) -> Iterator[Entry]:
        """What the records of some files of one server tell, in order, each once."""
        files = [self._entries_of(number) for number in numbers]
        if not self._overlap(numbers):
            for entries in files:
                yield from entries
            return
        # Asterisk writes a record into several files, such as full and messages.
        seen: dict[tuple[object, ...], int] = {}
        for entry in sorted((entry for entries in files for entry in entries), key=lambda entry: entry.time or 0):
            key = (entry.time, entry.thread, entry.callid, entry.told)
            if seen.setdefault(key, entry.file) == entry.file:
                yield entry

    def _overlap(self, numbers: Sequence[int]) -> bool:
        """Whether two of these files, in order, are of the same time."""
        last: int | None = None
        for number in numbers:
            begins, ends = self.clocks[number].begins, self.clocks[number].ends
            if begins is not None and last is not None and begins < last:
                return True
            last = ends if ends is not None else last
        return False

    def _entries_of(self, number: int) -> Iterator[Entry]:
        chosen = self._read[1][number]
        rows = chosen.all_rows()
        times = self.clocks[number].epoch(rows).tolist()
        columns = (rows[name].tolist() for name in ("line", "callid", "thread", "kind"))
        for time, line, callid, thread, kind, text in zip(times, *columns, chosen.texts, strict=True):
            told = read_record(kind, text)
            if told is not None:
                yield Entry(number, line, None if time == NULL_INT else time, callid, thread, told)

    @property
    def problems(self) -> list[Problem]:
        """What could not be read."""
        return self._read[2]

    @cached_property
    def order(self) -> list[int]:
        """The files by server, those of one by time, whatever their names say."""
        servers = list(dict.fromkeys(file.server for file in self.files))
        known = range(len(self.files))

        def place(number: int) -> tuple[int, bool, int, str]:
            begins = self.clocks[number].begins
            return servers.index(self.files[number].server), begins is None, begins or 0, self.files[number].path

        return sorted(known, key=place)

    @cached_property
    def clocks(self) -> list[LogClock]:
        """The clock of each file."""
        found: dict[int, LogClock] = {}
        for server in dict.fromkeys(file.server for file in self.files):
            numbers = [number for number, file in enumerate(self.files) if file.server == server]
            zones = [zone_named(self.files[number].zone) for number in numbers]
            clocks = clocks_of([self.facts[number] for number in numbers], zones, self._told, self._moments)
            found.update(zip(numbers, clocks, strict=True))
        return [found[number] for number in range(len(self.files))]

    @property
    def last_times(self) -> list[int]:
        """When the logs end, in ns since 1970: of those that tell times."""
        found = []
        for facts, clock in zip(self.facts, self.clocks, strict=True):
            if facts.last is not None:
                row = np.zeros(1, RECORD)
                row["line"], row["time"], row["clock"] = facts.lines, facts.last, facts.clock
                found.append(int(clock.epoch(row)[0]))
        return found

    @cached_property
    @collector_paused
    def _read(self) -> tuple[list[LogFacts], list[Chosen], list[Problem]]:
        """One pass over all files."""
        every: list[LogFacts] = []
        chosen: list[Chosen] = []
        problems: list[Problem] = []
        for number, file in enumerate(self.files):
            facts, taken = LogFacts(file.path), Chosen()
            reader = self.reader(number)
            for block in reader.blocks():
                facts.take(block)
                taken.take(block)
                if self._progress:
                    self._progress(file.path, reader.bytes)
            facts.size = reader.bytes
            problems += [*reader.problems, *_lost(file.path, taken)]
            every.append(facts)
            chosen.append(taken)
        return every, chosen, problems


def _lost(path: str, chosen: Chosen) -> Iterator[Problem]:
    """What Asterisk says that it did not write (asterisk: main/logger.c, logger_queue_limit)."""
    rows = chosen.all_rows()
    for row in np.flatnonzero(rows["kind"] == LOST).tolist():
        told = read_record(LOST, chosen.texts[row])
        number = told.facts[0] if told else ""
        what = f"Asterisk discarded {number or 'the following'} messages: its log queue was full"
        yield Problem(path, f"line {rows['line'][row]}", what, "log less, or raise logger_queue_limit in logger.conf")
