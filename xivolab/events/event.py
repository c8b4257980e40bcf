"""One event, and the table of them all: each source of evidence gives its events, the table puts them in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Literal

from xivolab.schema import EVENT, NULL_INT
from xivolab.table import Table

Source = Literal["sip", "rtp", "log", "cel", "cli"]


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the timeline at `time` (ns since 1970, `NULL_INT` where unknown): the fields of the event record but `id`.

    `text` holds facts, no sentence: it reads the same in every language. `frame` is in a capture, `line` in a text file.
    """

    time: int
    source: Source
    kind: str
    text: str
    call: str | None = None
    stream: str | None = None
    digit: str | None = None
    duration_ms: float | None = None
    packets: int | None = None
    lost: int | None = None
    file: str | None = None
    frame: int | None = None
    line: int | None = None


def event_table(events: Iterable[Event]) -> Table:
    """The events by time, those without a time last; the same ones in any order give the same table."""
    rows = [{"id": "", **asdict(event)} for event in events]
    rows.sort(
        key=lambda row: (row["time"] == NULL_INT, *(str(value) if value is None else value for value in _key(row)))
    )
    seen: dict[str, int] = {}
    for row in rows:
        name = blake2b(repr(_key(row)).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
        count = seen[name] = seen.get(name, 0) + 1
        row["id"] = name if count == 1 else f"{name}-{count}"
        if row["time"] == NULL_INT:
            row["time"] = None
    return Table.from_rows(EVENT, rows)


def _key(row: dict[str, object]) -> tuple[object, ...]:
    """What makes an event that event, wherever its file lies."""
    texts = [str(row[name] or "") for name in ("source", "kind", "text", "call", "stream")]
    return row["time"], row["frame"] or row["line"] or 0, *texts
