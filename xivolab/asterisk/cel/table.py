"""The table of channel events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from xivolab.asterisk.cel.event import COLUMNS, CelEvent
from xivolab.asterisk.cel.groups import Group
from xivolab.schema import CEL, NULL_INT
from xivolab.table import Table

_TEXTS = tuple(name for name in COLUMNS if name != "eventtime")


def cel_table(events: Sequence[CelEvent], groups: Iterable[Group], files: Sequence[str]) -> Table:
    """The events, in order; `files` are the names of the case's files."""
    calls = {event.position: one.id for one in groups for event in one.events}
    seen: dict[tuple[object, ...], int] = {}
    rows = []
    for event in events:
        what = (event.time, event.eventtype, event.userdeftype, event.uniqueid, event.channame)
        seen[what] = seen.get(what, 0) + 1
        rows.append(
            {
                "id": _id((*what, seen[what])),
                "time": None if event.time == NULL_INT else event.time,
                "time_zone": event.zone or None,
                **{name: getattr(event, name) or None for name in _TEXTS},
                "eventtype": event.eventtype,
                "call_log_id": event.call_log_id,
                "number": event.number,
                "call": calls.get(event.position),
                "file": files[event.file],
                "line": event.line,
            }
        )
    return Table.from_rows(CEL, rows)


def _id(what: tuple[Any, ...]) -> str:
    return blake2b(repr(what).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
