"""The records of logs that rules look for, each with the call it belongs to: one pass, and only over bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xivolab.schema import NULL_INT

if TYPE_CHECKING:
    from xivolab.asterisk.log.reader import Block
    from xivolab.findings.evidence import Readable

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


def find_signals(reading: Readable, needles: Sequence[bytes]) -> dict[bytes, list[Signal]]:
    """For each needle the records with it, in the order of the logs."""
    found: dict[bytes, list[Signal]] = {needle: [] for needle in needles}
    owners = _Owners(reading)
    logs = reading.logs
    for number in logs.order:
        path, clock = logs.files[number].path, logs.clocks[number]
        for block in logs.blocks(number):
            rows_of = {needle: rows for needle in needles if (rows := list(_rows_with(block, needle)))}
            chosen = sorted({row for rows in rows_of.values() for row in rows})
            if not chosen:
                continue
            records = block.rows[np.array(chosen, np.intp)]
            times = clock.epoch(records).tolist()
            signals = {}
            for row, time, record in zip(chosen, times, records, strict=True):
                line, start = int(record["line"]), int(record["message"])
                text = block.text(start, min(int(record["end"]), start + _LONGEST))
                signals[row] = Signal(
                    owners.call(number, line, int(record["callid"]), text),
                    None if time == NULL_INT else time,
                    block.level(row),
                    text.rstrip("\r\n"),
                    path,
                    line,
                )
            for needle, of_needle in rows_of.items():
                found[needle] += [signals[row] for row in of_needle]
    return found


def _rows_with(block: Block, needle: bytes) -> Iterator[int]:
    """The rows with these bytes, each once."""
    rows = block.rows[: block.count]
    if not len(rows):
        return
    begin, end = int(rows["start"][0]), int(rows["next"][-1])
    whole = block.buffer[begin:end].tobytes()
    starts = rows["start"]
    at = whole.find(needle)
    while at >= 0:
        row = int(np.searchsorted(starts, begin + at, "right")) - 1
        yield row
        at = whole.find(needle, int(rows["next"][row]) - begin)


class _Owners:
    """Which call a record belongs to: by its call id, between the lines of its boot; else by a channel it names."""

    def __init__(self, reading: Readable) -> None:
        row_of = {key: row for row, key in enumerate(reading.bare_calls["id"].tolist())}
        spans: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
        for key, call in reading.logged:
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

    def call(self, file: int, line: int, callid: int, text: str) -> int | None:
        """The row of the call of that record. Call ids start again with Asterisk: the nearest span is meant."""
        spans = self._spans.get((file, callid))
        if not spans:
            return None
        at = bisect_right(spans, line, key=lambda span: span[0])
        return spans[max(at - 1, 0)][2]
