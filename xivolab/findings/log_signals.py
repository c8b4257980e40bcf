"""The records of logs that rules look for, each with the call it belongs to: one pass, and only over bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.log.needles import Words, find
from xivolab.asterisk.log.rows import SECURITY, VERBOSE
from xivolab.schema import NULL_INT

if TYPE_CHECKING:
    from xivolab.asterisk.log.logs import Logs
    from xivolab.asterisk.log.reader import Block
    from xivolab.findings.evidence import Readable

_SAMPLE = 1 << 16
_LONGEST = 4096
"""Of a record that a rule reads: more than any message of Asterisk's own takes."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One record of a log. `call` is a row of the calls, None where it belongs to none; `time` ns since 1970 or None."""

    call: int | None
    time: int | None
    level: str | None
    text: str
    file: str
    line: int


class Spotter:
    """Takes the blocks of logs as they are read and notes the records with some bytes in them.

    `needles` are looked for in what Asterisk notes, warns of or calls an error; `of_dialplan` in its VERBOSE records.
    """

    def __init__(self, needles: Iterable[bytes], of_dialplan: Iterable[bytes]) -> None:
        self._needles = tuple(dict.fromkeys(needles))
        self._of_dialplan = tuple(dict.fromkeys(of_dialplan))
        self._words: Words | None = None
        self._noted: list[tuple[bytes, _Noted]] = []

    def take(self, number: int, block: Block) -> None:
        """Look at the records of a block of file `number`."""
        rows = block.rows[: block.count]
        if not len(rows):
            return
        found = [*self._steps(block, rows), *self._remarks(block, rows)]
        self._noted += [(needle, _noted(block, number, row)) for row, needle in sorted(found)]

    def _steps(self, block: Block, rows: NDArray[Any]) -> Iterator[tuple[int, bytes]]:
        begin, end = int(rows["start"][0]), int(rows["next"][-1])
        if self._words is None:
            self._words = Words.of(self._of_dialplan, block.buffer[begin : begin + _SAMPLE].tobytes())
        hits = find(block.buffer, begin, end, end, self._words).hits
        of = np.searchsorted(rows["start"], hits[:, 0], "right") - 1
        for row, word in dict.fromkeys(zip(of.tolist(), hits[:, 1].tolist(), strict=True)):
            yield row, self._words.stems[word][0][0]

    def _remarks(self, block: Block, rows: NDArray[Any]) -> Iterator[tuple[int, bytes]]:
        view = memoryview(block.buffer.data)
        for row in np.flatnonzero((rows["level"] != VERBOSE) & (rows["level"] != SECURITY)).tolist():
            text = bytes(view[int(rows["message"][row]) : int(rows["end"][row])])
            yield from ((row, needle) for needle in self._needles if needle in text)

    def signals(self, reading: Readable) -> dict[bytes, list[Signal]]:
        """For each needle the records with it, in the order of the logs, each with its call."""
        logs = reading.logs
        owners = _Owners(reading, {one.callid for _, one in self._noted if one.callid >= 0})
        place = {number: n for n, number in enumerate(logs.order)}
        found: dict[bytes, list[Signal]] = {needle: [] for needle in (*self._needles, *self._of_dialplan)}
        for needle, one in sorted(self._noted, key=lambda noted: (place[noted[1].file], noted[1].line)):
            found[needle].append(one.signal(logs, owners))
        return found


@dataclass(frozen=True, slots=True)
class _Noted:
    """A record with a needle, whose call is not yet looked for."""

    file: int
    line: int
    callid: int
    record: NDArray[Any]
    level: str | None
    text: str

    def signal(self, logs: Logs, owners: _Owners) -> Signal:
        call = owners.call(self.file, self.line, self.callid)
        time = int(logs.clocks[self.file].epoch(self.record)[0])
        return Signal(
            call, None if time == NULL_INT else time, self.level, self.text, logs.files[self.file].path, self.line
        )


def _noted(block: Block, number: int, row: int) -> _Noted:
    record = block.rows[row : row + 1].copy()
    start, end = int(record["message"][0]), int(record["end"][0])
    text = block.text(start, min(end, start + _LONGEST)).rstrip("\r\n")
    return _Noted(number, int(record["line"][0]), int(record["callid"][0]), record, block.level(row), text)


class _Owners:
    """Which call a record belongs to: by its call id (one of `callids`), between the lines of its boot."""

    def __init__(self, reading: Readable, callids: Collection[int]) -> None:
        self._spans: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
        if not callids:
            return
        row_of = {key: row for row, key in enumerate(reading.bare_calls["id"].tolist())}
        spans: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
        for key, call in reading.logged_with(callids):
            if key not in row_of:
                continue
            for group in call.groups:
                if group.callid < 0:
                    continue
                by_file: dict[int, list[int]] = defaultdict(list)
                for file, line in group.places:
                    by_file[file].append(line)
                for file, lines in by_file.items():
                    spans[file, group.callid].append((min(lines), max(lines), row_of[key]))
        self._spans = {key: sorted(found) for key, found in spans.items()}

    def call(self, file: int, line: int, callid: int) -> int | None:
        """The row of the call of that record. Call ids start again with Asterisk: the nearest span is meant."""
        spans = self._spans.get((file, callid))
        if not spans:
            return None
        at = bisect_right(spans, line, key=lambda span: span[0])
        return spans[max(at - 1, 0)][2]
