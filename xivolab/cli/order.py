"""`--sort`: by a field, or the worst first."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xivolab.errors import UsageError

if TYPE_CHECKING:
    from xivolab.case import Case

Rows = NDArray[np.intp]


def ordered(case: Case, name: str, rows: Rows, sort: str | None) -> Rows:
    """Some rows of table `name` in the order asked for: a field, `-field`, `worst`, None for as they are.

    Nulls come last either way; rows that are equal stay in their order. Raises UsageError.
    """
    if sort is None:
        return rows
    if sort == "worst":
        return _worst(case, name, rows)
    field = sort.removeprefix("-")
    record = case.table(name).record
    names = [f.name for f in record.fields if f.kind != "list"]
    if field not in names:
        near = difflib.get_close_matches(field, names, n=1)
        remedy = f"did you mean {near[0]}?" if near else f"one of {', '.join(names)}"
        raise UsageError(f"{name} cannot be sorted by {field!r}", "--sort", remedy)
    values = {row: case.table(name).value(field, row) for row in rows.tolist()}
    known = [row for row in values if values[row] is not None]
    known.sort(key=lambda row: values[row], reverse=sort.startswith("-"))
    return _rows([*known, *(row for row in values if values[row] is None)])


def _worst(case: Case, name: str, rows: Rows) -> Rows:
    if name == "calls":
        from xivolab.report.ranking import worst_first

        place: dict[Any, int] = {ranked.call["id"]: n for n, ranked in enumerate(worst_first(case))}
        ids = case.table("calls")["id"]
        return _rows(sorted(rows.tolist(), key=lambda row: place[ids[row]]))
    if name in ("streams", "quality"):
        return ordered(case, name, rows, "mos")
    raise UsageError(f"{name} have no worst", "--sort worst", "sort by a field")


def _rows(rows: list[int]) -> Rows:
    return np.array(rows, dtype=np.intp)
