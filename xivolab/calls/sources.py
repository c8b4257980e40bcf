"""Calls that several sources of evidence tell, in one table: joined where a key proves that they are the same call.

A SIP Call-ID, a linked id or an Asterisk call id is such a key. What the better source tells stays: SIP on the wire says more of a call
than the channels do; the other fills what that one leaves open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from xivolab.calls.tables import CallTables
from xivolab.schema import CALL, NULL_INT
from xivolab.table import Table

_KEYS = ("legs", "linkedids", "log_ids")
_FILLED = tuple(one.name for one in CALL.fields if one.null)
_UNKNOWN_WITHOUT = frozenset(("talk_s", "setup_s"))
"""Told by the better source even where they are null there: the other's clock is another."""


@dataclass(frozen=True, slots=True)
class ToldCall:
    """A call as a source tells it: `record` has all fields; `keys` are Call-IDs and other ids found in it besides."""

    record: Mapping[str, Any]
    keys: frozenset[str] = field(default_factory=frozenset)


def add_told(told: CallTables, others: Sequence[ToldCall]) -> CallTables:
    """The calls with those of another source, by start: of a call that both tell the fields that were null are filled."""
    if not others:
        return told
    calls = told.calls
    rows = list(_python_rows(calls))
    legs = list(told.legs)
    known: dict[str, int] = {}
    for n, row in enumerate(rows):
        known.update((key, n) for name in _KEYS for key in row[name])
    for other in others:
        keys = {*other.keys, *(key for name in _KEYS for key in other.record[name])}
        found = sorted({known[key] for key in keys if key in known})
        if found:
            for n in found:
                _fill(rows[n], other.record)
        else:
            found = [len(rows)]
            rows.append(dict(other.record))
            legs.append([])
        known.update((key, found[0]) for key in keys)
    order = sorted(range(len(rows)), key=lambda n: (_when(rows[n]), rows[n]["id"]))
    return replace(told, calls=Table.from_rows(CALL, [rows[n] for n in order]), legs=[legs[n] for n in order])


def _when(row: Mapping[str, Any]) -> float:
    """When a call comes in the table: by what is known of its times."""
    times = (row[name] for name in ("start", "answered_at", "connected_at", "end"))
    return float(next((time for time in times if time is not None), 2**63))


def _fill(row: dict[str, Any], other: Mapping[str, Any]) -> None:
    for name in _FILLED:
        if row[name] is None and name not in _UNKNOWN_WITHOUT:
            row[name] = other[name]
    for name in ("linkedids", "log_ids"):
        row[name] = [*row[name], *(key for key in other[name] if key not in row[name])]


def _python_rows(table: Table) -> Iterable[dict[str, Any]]:
    """The rows as they were given to the table: times as int ns, None for null."""
    columns = {}
    for one in table.record.fields:
        values = table[one.name].tolist()
        if one.kind in ("time", "int"):
            values = [None if value == NULL_INT else value for value in values]
        elif one.kind == "float":
            values = [None if np.isnan(value) else value for value in values]
        elif one.kind == "bool":
            values = [None if value < 0 else bool(value) for value in values]
        columns[one.name] = values
    for row in zip(*columns.values(), strict=True):
        yield dict(zip(columns, row, strict=True))
