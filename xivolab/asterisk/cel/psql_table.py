"""A table that psql printed, in whatever format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from xivolab.asterisk.cel.cells import KNOWN_COLUMNS, NULLS

_ENOUGH_NAMES = 2


@dataclass(slots=True)
class PsqlTable:
    """One table: `rows` are texts in the order of `columns`, `lines` say where each begins; `broken` are lines of rows
    that could not be put together."""

    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)

    def dicts(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with its line."""
        for line, row in zip(self.lines, self.rows, strict=True):
            yield line, dict(zip(self.columns, row, strict=True))


def of_records(records: Iterable[tuple[int, dict[str, str]]]) -> PsqlTable | None:
    """The table of records (line, values by name); None where their names are not known here."""
    listed = list(records)
    columns = list(dict.fromkeys(key for _, record in listed for key in record))
    if not known(columns):
        return None
    table = PsqlTable(columns)
    for line, record in listed:
        table.rows.append([value(record.get(name, "")) for name in columns])
        table.lines.append(line)
    return table


def known(names: Sequence[str]) -> bool:
    """Whether enough of these are names of columns of CEL, call_log or queue_log."""
    return sum(name in KNOWN_COLUMNS for name in names) >= _ENOUGH_NAMES


def value(cell: str) -> str:
    """A cell without the spaces around it; "" for a null."""
    text = cell.strip()
    return "" if text in NULLS else text
