"""From a log file to rows of records, block by block: memory does not grow with the file."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.log.dates import LONGEST_DATE, compiled
from xivolab.asterisk.log.frame import LAST, STATE, frame_records
from xivolab.asterisk.log.mend import mended
from xivolab.asterisk.log.rows import LEVELS, NO_CLOCK, RECORD
from xivolab.errors import Problem
from xivolab.evidence.source import Source
from xivolab.net.ahead import AHEAD, ahead

BLOCK = 4 << 20
ROWS = 1 << 15
LARGEST = 64 << 20
"""Bytes of one record: what is longer is read as several."""

_BUFFERS = AHEAD + 2


@dataclass(slots=True)
class Block:
    """Some records: rows[:count] of `xivolab.asterisk.log.rows.RECORD` with offsets into `buffer` (n,) uint8."""

    buffer: NDArray[np.uint8]
    rows: NDArray[Any]
    count: int

    def text(self, start: int, end: int) -> str:
        """A part of the buffer in words: UTF-8, else with marks for what is none."""
        return self.buffer[start:end].tobytes().decode("utf-8", "replace")

    def rows_with(self, pattern: re.Pattern[bytes]) -> Iterator[int]:
        """The rows in which the pattern is found, each once."""
        rows = self.rows[: self.count]
        if not len(rows):
            return
        begin = int(rows["start"][0])
        whole = self.buffer[begin : int(rows["next"][-1])].tobytes()
        last = -1
        for found in pattern.finditer(whole):
            row = int(np.searchsorted(rows["start"], begin + found.start(), "right")) - 1
            if row != last:
                last = row
                yield row

    def level(self, row: int) -> str | None:
        """The name of the level of a record, None for text without a header."""
        found = self.rows[row]
        name = LEVELS[found["level"]]
        if name is None and found["thread"] >= 0:
            start = int(found["level_at"])
            return self.buffer[start : start + LONGEST_DATE].tobytes().partition(b"[")[0].decode("ascii", "replace")
        return name


class RecordReader(Protocol):
    """Gives the records of a log; `problems` are complete when `blocks()` is consumed, `bytes` is how far it is."""

    problems: list[Problem]
    bytes: int

    def blocks(self) -> Iterator[Block]:
        """The records, in order. A block is valid until the next one is taken."""


class LogReader:
    """Reads one log; `problems` are complete when `blocks()` is consumed.

    What is no file of Asterisk's but a console, JSON, syslog or a paste is made one first (`mend.py`).
    """

    def __init__(self, source: Source, block: int = BLOCK) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.bytes = 0
        self._block = block
        self._unreadable = ""

    def blocks(self) -> Iterator[Block]:
        """The records of the file, in order. A block is valid until the next one is taken."""
        return ahead(self._blocks())

    def _blocks(self) -> Generator[Block, None, None]:
        buffers = [np.empty(self._block, np.uint8) for _ in range(_BUFFERS)]
        tables = [np.zeros(ROWS, RECORD) for _ in range(_BUFFERS)]
        programs, date, work = compiled(), np.zeros(LONGEST_DATE, np.uint8), np.zeros((3, 12), np.int64)
        state = np.zeros(STATE, np.int64)
        state[LAST] = -1
        undated = 0
        with self.source.open() as raw:
            stream, places = mended(self.source, raw)
            at = end = 0
            ended = False
            while not ended:
                rest = buffers[0][at:end]
                buffers.append(buffers.pop(0))
                if len(rest) * 2 > len(buffers[0]):  # one record that fills the buffer
                    buffers[0] = np.empty(4 * len(rest), np.uint8)
                buffer = buffers[0]
                buffer[: len(rest)] = rest
                at, end = 0, len(rest)
                got = self._fill(stream, buffer[end:])
                ended = got == 0
                end += got
                self.bytes += got
                final = ended or end > LARGEST
                count = -1
                while count:
                    rows = tables[0]
                    at, count = frame_records(buffer, at, end, final, programs, date, state, work, rows)
                    if count:
                        if places is not None:
                            rows["line"][:count] = places.lines(rows["line"][:count])
                        undated += int(
                            np.count_nonzero((rows["clock"][:count] == NO_CLOCK) & (rows["level"][:count] > 0))
                        )
                        yield Block(buffer, rows, count)
                        tables.append(tables.pop(0))
        if undated:
            what = f"{undated} records have no date, or one in a format that is not known"
            self.problems.append(Problem(self.source.name, "", what, "their times are left empty", "info"))
        if self._unreadable:
            what = f"unpacking stopped ({self._unreadable}): what follows is missing"
            place = f"byte {self.bytes} of the unpacked data"
            self.problems.append(Problem(self.source.name, place, what, "copy the file again if the end matters"))

    def _fill(self, stream: BinaryIO, room: NDArray[np.uint8]) -> int:
        """Read until the room is full or the file ends; how many bytes came."""
        view = memoryview(room.data)
        done = 0
        while done < len(view):
            try:
                got = stream.readinto(view[done:])  # type: ignore[attr-defined]  # every binary file has it
            except OSError as error:
                self._unreadable = str(error)
                break
            if not got:
                break
            done += got
        return done
