"""Tables for programs: a JSON list, JSON lines after a header record, CSV. Imports neither rich nor pandas."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any, Literal

from xivolab import __version__
from xivolab._collector import collector_paused
from xivolab.schema import VERSION
from xivolab.table import Table

if TYPE_CHECKING:
    from xivolab.case import Case

Format = Literal["json", "jsonl", "csv"]


def write(case: Case, table: Table, form: Format, tz: str | None, out: IO[str]) -> None:
    """Write the rows of `table`, a table of `case`, to `out`."""
    write_of([case], table, form, tz, out)


@collector_paused
def write_of(cases: Sequence[Case], table: Table, form: Format, tz: str | None, out: IO[str]) -> None:
    """Write the rows of `table`, made from some cases, to `out`."""
    if form == "json":
        out.write("[\n" if len(table) else "[")
        out.writelines(table.json_rows(",\n"))
        out.write("\n]\n" if len(table) else "]\n")
    elif form == "csv":
        out.write(table.to_csv())
    else:
        out.write(json.dumps(header(cases, table, tz), ensure_ascii=False) + "\n")
        out.writelines(table.json_rows("\n"))
        out.write("\n" * bool(len(table)))


def header(cases: Sequence[Case], table: Table, tz: str | None) -> dict[str, Any]:
    """The first record of JSON lines: what the others are, and what they were read from."""
    return {
        "header": table.record.name,
        "schema_version": VERSION,
        "xivolab": __version__,
        "time_zone": tz,
        "files": [
            {"path": str(f.path), "kind": f.kind, "host": f.host, "capture_point": f.capture_point}
            for case in cases
            for f in case.files
        ],
        "problems": [row for case in cases for row in case.table("problems").records()],
    }
