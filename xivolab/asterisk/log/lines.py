"""The records of one call: those of its call ids, and those that name one of its channels or SIP Call-IDs.

Child channels, Local channels and members of queues share the call id of their caller; what threads of SIP and RTP write
has none, and is known by the names in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.log.calls import LogCall
from xivolab.asterisk.log.logs import Logs
from xivolab.asterisk.log.reader import Block
from xivolab.asterisk.log.records import Columns, add_records, table_of
from xivolab.schema import LOG_RECORD
from xivolab.table import Table

_NO_ID = -2
_WORD = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")


def call_lines(logs: Logs, calls: Sequence[LogCall], call_ids: Sequence[str]) -> Table:
    """The records of some calls of the logs that are one, and of its SIP Call-IDs, in the order in which they were written."""
    columns: Columns = {field.name: [] for field in LOG_RECORD.fields}
    told = [name for call in calls for name in (*call.call_ids, *call.channels)]
    names = [name.encode() for name in dict.fromkeys([*call_ids, *told])]
    for number in logs.order:
        chooser = _Chooser(logs, number, calls, names)
        for block in logs.blocks(number):
            chosen = chooser.rows(block)
            if len(chosen):
                add_records(columns, logs, number, block, chosen)
    return table_of(columns)


class _Chooser:
    """Chooses among the records of one file."""

    def __init__(self, logs: Logs, number: int, calls: Sequence[LogCall], names: Sequence[bytes]) -> None:
        place = logs.order.index(number)
        self._names = names
        self._ids: list[tuple[int, int, int]] = []  # call id, from line, to line
        self._spans: list[tuple[int, int]] = [] if calls else [(0, 2**62)]  # names of channels start again, too
        self._lines: set[int] = set()
        for call in calls:
            for group in call.groups:
                # Those with an id are known by it: of two records in one line, too.
                self._lines.update(line for file, line in group.loose if file == number)
                span = _span(logs, place, call.boots[group.boot])
                if span is not None:
                    self._spans.append(span)
                    self._ids.append((group.callid if group.callid >= 0 else _NO_ID, *span))

    def rows(self, block: Block) -> NDArray[np.intp]:
        """The rows of a block that belong to the calls."""
        rows = block.rows[: block.count]
        lines = rows["line"]
        chosen = np.zeros(block.count, np.bool_)
        for callid, first, last in self._ids:
            chosen |= (rows["callid"] == callid) & (lines >= first) & (lines <= last)
        if self._lines:
            first, last = int(lines[0]), int(lines[-1])
            near = [line for line in self._lines if first <= line <= last]
            chosen[np.searchsorted(lines, near)] = True
        for at in named_at(block.buffer, int(rows["start"][0]), int(rows["next"][-1]), self._names):
            row = int(np.searchsorted(rows["start"], at, "right")) - 1
            chosen[row] |= any(first <= lines[row] <= last for first, last in self._spans)
        return np.flatnonzero(chosen)


def named_at(buffer: NDArray[Any], start: int, end: int, names: Sequence[bytes]) -> Iterator[int]:
    """Where one of the names stands in buffer[start:end], not as a part of a longer one."""
    text = buffer[start:end].tobytes() if names else b""
    for name in names:
        at = text.find(name)
        while at >= 0:
            behind = at + len(name)
            if behind >= len(text) or text[behind] not in _WORD:
                yield start + at
            at = text.find(name, behind)


def _span(logs: Logs, place: int, boot: tuple[tuple[int, int], tuple[int, int] | None]) -> tuple[int, int] | None:
    """The lines of the file at `place` in the order that belong to a boot; None for none of them."""
    (file, line), until = boot
    begin = logs.order.index(file)
    if place < begin:
        return None
    first, last = line if place == begin else 0, 2**62
    if until is not None:
        end = logs.order.index(until[0])
        if place > end:
            return None
        last = until[1] - 1 if place == end else last
    return first, last
