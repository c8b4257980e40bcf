"""Calls that several sources of evidence tell, in one table: joined where a key proves that they are the same call.

A SIP Call-ID or a linked id is such a key; without one, both numbers, the time and the fate, where only one
call can be meant. What the better source tells stays: SIP on the wire says more of a call
than the channels do; the other fills what that one leaves open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from xivolab.calls.numbers import same_party
from xivolab.calls.tables import CallTables
from xivolab.schema import CALL, NULL_INT
from xivolab.table import Table

_KEYS = ("legs", "linkedids")
"""Not the call ids of a log: they start again with each start of Asterisk."""
_LISTS = ("legs", "streams", "stream_ids", "findings")
_FILLED = tuple(one.name for one in CALL.fields if one.null)
TOGETHER_NS = 2_000_000_000
"""Two sources of one server tell the beginning of a call within this: a log may have whole seconds, CEL begins with the channel."""

_UNKNOWN_WITHOUT = frozenset(("talk_s", "setup_s"))
"""Told by the better source even where they are null there: the other's clock is another."""


@dataclass(frozen=True, slots=True)
class ToldCall:
    """A call as a source tells it: `record` has all fields; `keys` are Call-IDs and other ids found in it besides.

    `sure` are fields that it knows better than the sources before it.
    """

    record: Mapping[str, Any]
    keys: frozenset[str] = field(default_factory=frozenset)
    sure: Mapping[str, Any] = field(default_factory=dict)


def add_told(told: CallTables, others: Sequence[ToldCall]) -> CallTables:
    """The calls with those of another source, by start: of a call that both tell the fields that were null are filled."""
    if not others:
        return told
    calls = told.calls
    rows = list(_python_rows(calls))
    legs = list(told.legs)
    known: dict[str, int] = {}
    keys_of: dict[int, list[str]] = defaultdict(list)
    absorbed: set[int] = set()
    for n, row in enumerate(rows):
        keys_of[n] = [key for name in _KEYS for key in row[name]]
        known.update(dict.fromkeys(keys_of[n], n))
    starts = sorted((row["start"], n) for n, row in enumerate(rows) if row["start"] is not None)
    taken: set[int] = set()
    for other in others:
        keys = {*other.keys, *(key for name in _KEYS for key in other.record[name])}
        found = sorted({known[key] for key in keys if key in known}) or _alike(rows, starts, other.record, taken)
        taken.update(found)
        if found:
            for n in found:
                _fill(rows[n], other.record)
                rows[n].update(other.sure)
            # What was two calls for others is one, as this source proves: a call that was parked, and who retrieved it.
            found.sort(key=lambda n: (_when(rows[n]), n))
            for n in found[1:]:
                _join(rows[found[0]], rows[n])
                legs[found[0]] = [*legs[found[0]], *legs[n]]
                absorbed.add(n)
                known.update((key, found[0]) for key in keys_of[n] if known[key] == n)
                keys_of[found[0]] += keys_of.pop(n)
        else:
            found = [len(rows)]
            taken.add(len(rows))
            rows.append(dict(other.record))
            legs.append([])
        known.update(dict.fromkeys(keys, found[0]))
        keys_of[found[0]] += keys
    order = sorted((n for n in range(len(rows)) if n not in absorbed), key=lambda n: (_when(rows[n]), rows[n]["id"]))
    return replace(told, calls=Table.from_rows(CALL, [rows[n] for n in order]), legs=[legs[n] for n in order])


def _alike(
    rows: Sequence[Mapping[str, Any]], starts: Sequence[tuple[int, int]], other: Mapping[str, Any], taken: set[int]
) -> list[int]:
    """The one call between the same two numbers that began at the same time and had the same fate; none where two might be it.

    `starts` are the beginnings, in order, of the calls of other sources, and their rows: a source does not tell a call twice.
    """
    start = other["start"]
    if start is None:
        return []
    first, last = bisect_left(starts, (start - TOGETHER_NS, 0)), bisect_left(starts, (start + TOGETHER_NS + 1, 0))
    found = [
        n
        for _, n in starts[first:last]
        for row in (rows[n],)
        if n not in taken
        and _same_number(row["callee"], other["callee"])
        and (_same_number(row["caller"], other["caller"]) or _endpoint(other) in (row["from_user"], row["caller"]))
        and (None in (row["answered"], other["answered"]) or row["answered"] == other["answered"])
    ]
    return found if len(found) == 1 else []


def _endpoint(record: Mapping[str, Any]) -> str:
    """The endpoint of the caller's channel: "alice" of PJSIP/alice-00000001; "" where it is not told."""
    channels = (leg.get("channel") for leg in record["leg_details"] if leg.get("role") == "caller")
    name = next((channel for channel in channels if channel), "")
    return name.partition("/")[2].rpartition("-")[0]


def _same_number(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and same_party(one, other)


def _when(row: Mapping[str, Any]) -> float:
    """When a call comes in the table: by what is known of its times."""
    times = (row[name] for name in ("start", "answered_at", "connected_at", "end"))
    return float(next((time for time in times if time is not None), 2**63))


def _fill(row: dict[str, Any], other: Mapping[str, Any]) -> None:
    for name in _FILLED:
        if row[name] is None and name not in _UNKNOWN_WITHOUT:
            row[name] = other[name]
    row["originated"] |= other["originated"]
    for name in ("linkedids", "log_ids"):
        row[name] = [*row[name], *(key for key in other[name] if key not in row[name])]


def _join(row: dict[str, Any], other: Mapping[str, Any]) -> None:
    """Make the call of `row`, which began first, one with another."""
    _fill(row, other)
    details = [{**leg, "role": "callee"} if leg["role"] == "caller" else leg for leg in other["leg_details"]]
    for name, more in (*((name, other[name]) for name in _LISTS), ("leg_details", details)):
        row[name] = [*row[name], *(one for one in more if one not in row[name])]
    if other["mos_min"] is not None and row["mos_scale"] == other["mos_scale"]:
        row["mos_min"] = min(row["mos_min"], other["mos_min"])
    if not other["legs"] or row["end"] is None or (other["end"] or 0) <= row["end"]:
        return
    row["end"], row["released_by"] = other["end"], other["released_by"]
    since = row["connected_at"] if row["connected_at"] is not None else row["answered_at"]
    if row["talk_s"] is not None and since is not None:
        row["talk_s"] = (row["end"] - since) / 1e9


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
