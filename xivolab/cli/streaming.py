"""The calls of a database, written as they become known: memory holds those that last, not those of the day.

They are written by start, as a table is. A call therefore waits for those that began before it and are not over; when too many
wait, because one lasts for hours or never ends, that one comes when it is over.
"""

from __future__ import annotations

import csv
import heapq
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

from xivolab.cli.filters import Filters
from xivolab.cli.machine_readable import Format, header
from xivolab.cli.times import parse_time
from xivolab.schema import CALL, NULL_INT
from xivolab.table import Table

if TYPE_CHECKING:
    from xivolab.case import Case

_WAIT = 4096
"""So many calls may wait for one that began earlier: some 10 MB."""
_TIMES = ("start", "answered_at", "connected_at", "end")


def stream_calls(case: Case, filters: Filters, form: Format, tz: str | None, out: IO[str]) -> None:
    """Write the calls that pass the filters. Raises UsageError for a filter, EvidenceError for the database."""
    writer = _Writer(case, form, tz, out)
    waiting: list[tuple[float, str, str]] = []
    filters = _absolute(filters)
    for part, since in case.call_parts():
        table = part.table("calls")
        table = table.select(filters.rows(part, "calls"))
        for row, text in enumerate(_texts(table, form)):
            heapq.heappush(waiting, (_when(table, row), str(table["id"][row]), text))
        while waiting and (since is None or waiting[0][0] < since or len(waiting) > _WAIT):
            writer.write(heapq.heappop(waiting)[2])
    writer.close()


def _absolute(filters: Filters) -> Filters:
    """The same filters whose times mean the same in every part."""

    def moment(option: str, value: str | None) -> str | None:
        return None if value is None else str(parse_time(value, f"{option} {value}", filters.place, None) / 1e9)

    return replace(filters, since=moment("--since", filters.since), until=moment("--until", filters.until))


def _when(table: Table, row: int) -> float:
    """When a call comes: by what is known of its times, as in the table of all."""
    times = (int(table[name][row]) for name in _TIMES)
    return float(next((time for time in times if time != NULL_INT), 2**63))


def _texts(table: Table, form: Format) -> Iterator[str]:
    """Each row as it is written, without what stands between two."""
    if form != "csv":
        yield from (text for piece in table.json_rows("\n") for text in piece.split("\n") if text)
        return
    for record in table.records():
        yield _csv(record.values())


def _csv(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for v in cells)
    return out.getvalue()


class _Writer:
    """Writes rows one by one, as `machine_readable.write` writes a table."""

    def __init__(self, case: Case, form: Format, tz: str | None, out: IO[str]) -> None:
        self._case, self._form, self._tz, self._out = case, form, tz, out
        self._begun = False

    def write(self, text: str) -> None:
        """One more row."""
        if not self._begun:
            self._begin("[\n")
        elif self._form == "json":
            self._out.write(",\n")
        self._out.write(text if self._form != "jsonl" else f"{text}\n")

    def _begin(self, bracket: str) -> None:
        self._begun = True
        if self._form == "json":
            self._out.write(bracket)
        elif self._form == "csv":
            self._out.write(_csv([field.name for field in CALL.fields]))
        else:
            told = header([self._case.as_read_so_far()], Table.from_rows(CALL, []), self._tz)
            self._out.write(json.dumps(told, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """The end of the table."""
        empty = not self._begun
        if empty:
            self._begin("[")
        if self._form == "json":
            self._out.write("]\n" if empty else "\n]\n")
