"""CEL out of files: every form into the same events, each once, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import pairwise

from xivolab.asterisk.cel.clock import Clock, Told, read_time
from xivolab.asterisk.cel.csv_file import read_csv, read_mappings
from xivolab.asterisk.cel.event import COLUMNS, EVENT_NAMES, CelEvent, order_key
from xivolab.asterisk.cel.psql import read_tables
from xivolab.asterisk.cel.psql_table import PsqlTable
from xivolab.errors import Problem
from xivolab.evidence.source import Source

KINDS = ("cel-csv", "cel-psql", "cel-mapping")
"""The kinds of files that are read here."""

_TEXTS = tuple(name for name in COLUMNS if name != "eventtime")


@dataclass(frozen=True, slots=True)
class CelFile:
    """A file to read: `index` is its place among the files of the case, `zone` that of its local times (None: not told)."""

    path: str
    kind: str
    source: Source
    index: int
    zone: tzinfo | None = None


@dataclass(slots=True)
class CelRead:
    """What was read: `events` in order, other tables psql printed (`journal`, `queues`) with the file they are in."""

    events: list[CelEvent] = field(default_factory=list)
    journal: list[tuple[CelFile, PsqlTable]] = field(default_factory=list)
    queues: list[tuple[CelFile, PsqlTable]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_files(files: Sequence[CelFile], progress: Callable[[str, int], None] | None = None) -> CelRead:
    """All events of some files; those that several files hold are there once."""
    found = CelRead()
    texts = {file.index: decoded(file.source, progress) for file in files}
    mappings = [order for file in files if file.kind == "cel-mapping" for order in read_mappings(texts[file.index])]
    known: dict[tuple[object, ...], CelEvent] = {}
    for file in files:
        if file.kind == "cel-csv":
            rows = _csv_rows(file, texts[file.index], mappings, found.problems)
        elif file.kind == "cel-psql":
            rows = _psql_rows(file, texts[file.index], found)
        else:
            continue
        _merge(known, placed(file, rows))
    found.events = in_order(known.values())
    return found


def merged(events: Iterable[CelEvent]) -> list[CelEvent]:
    """The events, those that several sources have once."""
    known: dict[tuple[object, ...], CelEvent] = {}
    by_file: dict[int, list[CelEvent]] = {}
    for event in events:
        by_file.setdefault(event.file, []).append(event)
    for of_file in by_file.values():
        _merge(known, of_file)
    return list(known.values())


def in_order(events: Iterable[CelEvent]) -> list[CelEvent]:
    """The events sorted, each with its position."""
    ordered = sorted(events, key=order_key)
    for position, event in enumerate(ordered):
        event.position = position
    return ordered


def decoded(source: Source, progress: Callable[[str, int], None] | None = None) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else Windows' Latin."""
    parts = []
    with source.open() as raw:
        size = 0
        try:
            while data := raw.read(1 << 20):
                parts.append(data)
                size += len(data)
                if progress:
                    progress(source.name, size)
        except OSError:  # a packed file that was cut: what there is of it
            pass
    data = b"".join(parts)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


Row = tuple[int, Mapping[str, str]]


def placed(file: CelFile, rows: Iterable[Row]) -> list[CelEvent]:
    """The events of rows (line, texts by column), with their times."""
    told = [(read_time(texts.get("eventtime", "")), line, texts) for line, texts in rows]
    # The clock learns the zone from the beginnings of channels: they have to come first, also where the newest row does.
    backwards = sum(_local(one[0]) > _local(two[0]) for one, two in pairwise(told))
    if backwards > len(told) // 2:
        told.reverse()
    clock = Clock(file.zone)
    events = []
    for order, (time, line, texts) in enumerate(told):
        event = event_of(texts)
        event.file, event.line, event.order = file.index, line, order
        clock.place(event, time)
        events.append(event)
    return events


def _local(told: Told) -> int:
    return told.ns if told.ns is not None else told.local or 0


def event_of(texts: Mapping[str, str]) -> CelEvent:
    """The event of a row, without its time."""
    event = CelEvent()
    for name in _TEXTS:
        setattr(event, name, texts.get(name) or "")
    if event.eventtype.isdecimal() and 1 <= int(event.eventtype) <= len(EVENT_NAMES):
        event.eventtype = EVENT_NAMES[int(event.eventtype) - 1]
    for name, field_ in (("id", "number"), ("call_log_id", "call_log_id")):
        value = texts.get(name) or ""
        setattr(event, field_, int(value) if value.isdecimal() else None)
    return event


def _csv_rows(file: CelFile, text: str, mappings: Sequence[tuple[str, ...]], problems: list[Problem]) -> list[Row]:
    rows: list[Row] = []
    bad: list[int] = []
    for line, texts in read_csv(text, mappings):
        if texts is None:
            bad.append(line)
        else:
            rows.append((line, texts))
    if bad:
        remedy = "" if rows else "give the cel_custom.conf that says what its columns are"
        problems.append(_unread(file, bad, remedy))
    return rows


def _psql_rows(file: CelFile, text: str, found: CelRead) -> list[Row]:
    rows: list[Row] = []
    bad: list[int] = []
    for table in read_tables(text):
        columns = set(table.columns)
        if {"eventtype", "eventtime"} & columns and len(columns & set(COLUMNS)) > 1:
            rows += table.dicts()
            bad += table.broken
        elif {"queuename", "event"} <= columns:
            found.queues.append((file, table))
        elif "date" in columns or "source_exten" in columns:
            found.journal.append((file, table))
    if bad:
        found.problems.append(_unread(file, bad, "copy the rows again, with \\x on if the terminal is narrow"))
    return rows


def _unread(file: CelFile, lines: Sequence[int], remedy: str) -> Problem:
    what = f"{len(lines)} {'line is' if len(lines) == 1 else 'lines are'} no row of CEL"
    return Problem(file.path, f"line {lines[0]}", what, remedy)


def _merge(known: dict[tuple[object, ...], CelEvent], events: Iterable[CelEvent]) -> None:
    """Adds the events of a file; one that another file has too fills what that one lacks."""
    seen: dict[tuple[object, ...], int] = {}
    for event in events:
        what = (event.time, event.name, event.uniqueid or event.channame)
        seen[what] = seen.get(what, 0) + 1
        key = (*what, seen[what])
        other = known.setdefault(key, event)
        if other is not event and other.file != event.file:
            _fill(other, event)


def _fill(event: CelEvent, other: CelEvent) -> None:
    for name in _TEXTS:
        if not getattr(event, name):
            setattr(event, name, getattr(other, name))
    for name in ("number", "call_log_id"):
        if getattr(event, name) is None:
            setattr(event, name, getattr(other, name))
