"""The logs of some evidence: whose they are, in which order, and by which clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._collector import collector_paused
from xivolab.asterisk.log.calls import LogCalls, Place
from xivolab.asterisk.log.calls import Told as ToldByLogs
from xivolab.asterisk.log.clock import LogClock
from xivolab.asterisk.log.collect import Collector
from xivolab.asterisk.log.facts import LogFacts
from xivolab.asterisk.log.hinted import HINTS, Hinted, hints_of
from xivolab.asterisk.log.names import Names
from xivolab.asterisk.log.reader import Block, LogReader, RecordReader
from xivolab.asterisk.log.rows import RECORD
from xivolab.asterisk.log.tellings import APPLICATIONS
from xivolab.asterisk.log.when import Told, clocks_of, zone_named
from xivolab.errors import Problem
from xivolab.evidence.source import Source
from xivolab.schema import NULL_INT

Progress = Callable[[str, int], None]

_AT_ONCE = 1 << 18


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
    """Some logs. `files` are as given; `told` is what people say of times, `moments` gives times of other evidence, in ns.

    `also` gets each block when they are read, with the number of its file: one pass over them is enough.
    """

    def __init__(
        self,
        files: Sequence[LogFile],
        told: Told | None = None,
        moments: Callable[[], Sequence[int]] = tuple,
        progress: Progress | None = None,
        also: Callable[[int, Block], None] | None = None,
    ) -> None:
        self.files = list(files)
        self._told = told or Told()
        self._moments = moments
        self._progress = progress
        self._also = also
        self._names = Names(APPLICATIONS)
        self._hinted: dict[tuple[int, int], Hinted] = {}

    def hinted(self, number: int, hint: int) -> tuple[NDArray[Any], Iterator[bytes]]:
        """The records of file `number` in which the words of a hint stand (`hinted.py`): rows of `KEPT`, and texts."""
        _ = self._read
        kept = self._hinted.pop((number, hint), None)
        if kept is None:  # they were given before, and are not kept twice
            kept = Hinted(hint)
            for block in self.blocks(number):
                kept.take(block, hints_of(block))
        return kept.rows, kept.texts()

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
    def calls(self) -> LogCalls:
        """The calls that the logs tell of, by server."""
        servers = dict.fromkeys(file.server for file in self.files)
        of_server = ([n for n in self.order if self.files[n].server == server] for server in servers)
        return LogCalls([self._told_of(numbers) for numbers in of_server], self._names, self.messages)

    def _told_of(self, numbers: Sequence[int]) -> ToldByLogs:
        """What the records of some files of one server tell, in order, each once."""
        parts = [self._read[1][number] for number in numbers]
        for number, part in zip(numbers, parts, strict=True):
            for first in range(0, len(part.told), _AT_ONCE):
                rows = part.told[first : first + _AT_ONCE]
                rows["time"] = self.clocks[number].epoch(rows)
        host = self.files[numbers[0]].host
        if len(numbers) == 1:
            return ToldByLogs(parts[0].told, np.zeros(0, np.int32), numbers[0], parts[0].texts, host)
        counts = [len(part.told) for part in parts]
        files = np.repeat(np.array(numbers, np.int32), counts)
        rows = np.concatenate([part.told for part in parts])
        texts = np.concatenate([part.texts for part in parts])
        texts[:, 0] += np.repeat(np.cumsum([0, *counts[:-1]]), [len(part.texts) for part in parts])
        if self._overlap(numbers):
            kept = _each_once(rows, files, np.concatenate([part.marks for part in parts]))
            places = np.full(len(rows), -1, np.int64)
            places[kept] = np.arange(len(kept))
            texts[:, 0] = places[texts[:, 0]]
            texts = texts[texts[:, 0] >= 0]
            rows, files, texts = rows[kept], files[kept], texts[np.argsort(texts[:, 0])]
        return ToldByLogs(rows, files, numbers[0], texts, host)

    def messages(self, places: Sequence[Place]) -> dict[Place, bytes]:
        """The messages of the records at some places: (file, line)."""
        found: dict[Place, bytes] = {}
        for number in sorted({file for file, _ in places}):
            wanted = np.array(sorted({line for file, line in places if file == number}))
            for block in self.blocks(number):
                rows = block.rows[: block.count]
                for row in np.flatnonzero(np.isin(rows["line"], wanted)).tolist():
                    message = block.buffer[rows["message"][row] : rows["end"][row]].tobytes()
                    found.setdefault((number, int(rows["line"][row])), message)
        return found

    def _overlap(self, numbers: Sequence[int]) -> bool:
        """Whether two of these files, in order, are of the same time."""
        last: int | None = None
        for number in numbers:
            begins, ends = self.clocks[number].begins, self.clocks[number].ends
            if begins is not None and last is not None and begins < last:
                return True
            last = ends if ends is not None else last
        return False

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
    def _read(self) -> tuple[list[LogFacts], list[Collector], list[Problem]]:
        """One pass over all files, for all tables but that of the records itself."""
        every: list[LogFacts] = []
        collected: list[Collector] = []
        problems: list[Problem] = []
        for number, file in enumerate(self.files):
            facts, taken = LogFacts(file.path), Collector(self._names, len(self.files) > 1)
            hinted = [Hinted(hint) for hint in HINTS]
            reader = self.reader(number)
            for block in reader.blocks():
                facts.take(block)
                taken.take(block)
                if self._also:
                    self._also(number, block)
                hints = hints_of(block)
                for kept in hinted:
                    kept.take(block, hints)
                if self._progress:
                    self._progress(file.path, reader.bytes)
            facts.size = reader.bytes
            problems += [*reader.problems, *_lost(file.path, taken)]
            every.append(facts)
            collected.append(taken)
            self._hinted.update(((number, kept.hint), kept) for kept in hinted)
        return every, collected, problems


def _each_once(rows: NDArray[Any], files: NDArray[np.int32], marks: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The numbers of the rows, by time, without those that another file has: Asterisk writes a record into several."""
    times = np.where(rows["time"] == NULL_INT, 0, rows["time"])
    order = np.argsort(times, kind="stable")
    keys = [marks[order], rows["callid"][order], rows["thread"][order], rows["time"][order]]
    alike = np.lexsort(keys)
    is_new = np.ones(len(alike), np.bool_)
    is_new[1:] = np.logical_or.reduce([key[alike][1:] != key[alike][:-1] for key in keys])
    of_first = files[order][alike[is_new]][np.cumsum(is_new) - 1]
    kept = np.empty(len(order), np.bool_)
    kept[alike] = files[order][alike] == of_first
    return order[kept]


def _lost(path: str, collected: Collector) -> Iterator[Problem]:
    """What Asterisk says that it did not write (asterisk: main/logger.c, logger_queue_limit)."""
    for line, number in collected.lost:
        what = f"Asterisk discarded {number or 'the following'} messages: its log queue was full"
        yield Problem(path, f"line {line}", what, "log less, or raise logger_queue_limit in logger.conf")
