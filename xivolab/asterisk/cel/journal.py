"""The table of the journal: XiVO's call_log (psql, PostgreSQL, its CSV export), cdr_csv's Master.csv, and what CEL makes of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from hashlib import blake2b
from typing import Any

from xivolab.asterisk.cel.call_log import JournalRow, journal_rows, line_identity
from xivolab.asterisk.cel.clock import Clock, read_time, told_moment
from xivolab.asterisk.cel.event import CelEvent
from xivolab.asterisk.cel.groups import Group
from xivolab.asterisk.cel.journal_export import export_rows
from xivolab.schema import JOURNAL, NULL_INT
from xivolab.table import Table

CDR_ORDERS = (
    [
        "accountcode",
        "src",
        "dst",
        "dcontext",
        "clid",
        "channel",
        "dstchannel",
        "lastapp",
        "lastdata",
        "start",
        "answer",
        "end",
        "duration",
        "billsec",
        "disposition",
        "amaflags",
        "uniqueid",
        "userfield",
    ],
    [
        "clid",
        "src",
        "dst",
        "dcontext",
        "channel",
        "dstchannel",
        "lastapp",
        "lastdata",
        "start",
        "answer",
        "end",
        "duration",
        "billsec",
        "disposition",
        "amaflags",
        "accountcode",
        "uniqueid",
        "userfield",
    ],
)
"""cdr_csv's Master.csv (with loguniqueid, loguserfield), and that of cdr_custom's sample."""

_PARTY = re.compile(r"(.*?)\s*\(([^()]*)\)\s*")
_CLID = re.compile(r'\s*"*(.*?)"*\s*<([^>]*)>\s*')
_TEXTS = (
    "source_name",
    "source_exten",
    "source_line_identity",
    "destination_name",
    "destination_exten",
    "destination_line_identity",
    "user_field",
)

Row = dict[str, Any]


def journal_table(rows: Iterable[Row], groups: Sequence[Group]) -> Table:
    """The rows, by date, with those that CEL gives; rows are tied to the calls of CEL by call_log_id, linked id or time."""
    rebuilt = [_of_cel(row, group) for group in groups for row in journal_rows(group.events)]
    by_number = {event.call_log_id: event.linkedid for one in groups for event in one.events if event.call_log_id}
    by_time = {row["date"]: row for row in rebuilt if row["date"] is not None}
    by_linkedid = {row["linkedid"]: row for row in rebuilt}
    linked = {event.uniqueid: event.linkedid for one in groups for event in one.events if event.uniqueid}
    found = []
    for row in rows:
        linkedid = row["linkedid"] or by_number.get(row["number"])
        other = by_linkedid.get(linkedid) or by_time.get(row["date"])
        if other is not None:
            row = {**row, "linkedid": other["linkedid"], "call": other["call"], "date": other["date"] or row["date"]}
        elif (
            other := by_linkedid.get(linked.get(linkedid or ""))
        ) is not None:  # Master.csv has rows of other channels
            row = {**row, "linkedid": other["linkedid"], "call": other["call"]}
        found.append(row)
    numbers = {linkedid: number for number, linkedid in by_number.items()}
    found += [{**row, "number": numbers.get(row["linkedid"])} for row in rebuilt]
    found.sort(key=lambda row: (row["date"] or NULL_INT, row["source"], row["number"] or 0, row["linkedid"] or ""))
    seen: dict[str, int] = {}
    for row in found:
        what = repr([row[name] for name in ("source", "number", "date", "linkedid", *_TEXTS)])
        name = blake2b(what.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
        count = seen[name] = seen.get(name, 0) + 1
        row["id"] = name if count == 1 else f"{name}-{count}"
    return Table.from_rows(JOURNAL, found)


def _of_cel(row: JournalRow, group: Group) -> Row:
    why = [
        {
            "field": reason.field,
            "value": reason.value / 1e9 if reason.field in ("date", "start", "end") else reason.value,
            "rule": reason.rule,
            "event": reason.event.name if reason.event else None,
            "channel": reason.event.channame if reason.event else None,
            "line": reason.event.line if reason.event else None,
            "number": reason.event.number if reason.event else None,
        }
        for reason in row.reasons
    ]
    if row.refused:
        why.append({"field": "id", "value": None, "rule": row.refused, "event": None, "channel": None})
    return {
        **_empty("cel"),
        "date": row.date,
        **{name: getattr(row, name) for name in _TEXTS},
        "duration_s": row.duration_s,
        "answered": row.answered,
        "linkedid": row.linkedid or None,
        "call": group.id,
        "refused": row.refused,
        "why": why,
    }


def _empty(source: str) -> Row:
    row: Row = {one.name: None for one in JOURNAL.fields}
    return {**row, "source": source, "why": []}


def rows_of_table(
    rows: Iterable[tuple[int | None, Mapping[str, Any]]], zone: tzinfo | None, file: str
) -> Iterator[Row]:
    """Rows of call_log (line, values by column), as psql prints them or a database gives them."""
    for line, values in rows:
        number = values.get("id")
        yield {
            **_empty("call_log"),
            "number": int(str(number)) if str(number).isdecimal() else None,
            "date": _moment(values.get("date"), zone),
            **{name: _text(values.get(name)) for name in _TEXTS},
            "duration_s": _interval(values.get("duration")),
            "answered": _boolean(values.get("answered")),
            "file": file,
            "line": line,
        }


def rows_of_export(text: str, zone: tzinfo | None, file: str) -> Iterator[Row]:
    """Rows of the journal's CSV export: see `journal_export.py`."""
    clock = Clock(zone)
    for found in export_rows(text):
        # The old form begins with the channel: the second of its unique id.
        start = CelEvent(eventtype="CHAN_START", uniqueid=found.get("uniqueid"))
        clock.place(start, read_time(found.get("date")))
        if start.time == NULL_INT:
            continue
        source_name, source = _party(found.get("caller"))
        name, called = _party(found.get("called"))
        clid = _CLID.fullmatch(found.get("clid"))
        billed = _interval(found.get("billsec"))
        period = _interval(found.get("period"))
        yield {
            **_empty("export"),
            "date": start.time,
            "source_name": (clid[1] if clid else source_name) or None,
            "source_exten": source,
            "source_line_identity": line_identity(found.get("channel")) if found.get("channel") else None,
            "destination_name": name,
            "destination_exten": called,
            "destination_line_identity": line_identity(found.get("dstchannel")) if found.get("dstchannel") else None,
            "duration_s": period if billed is None else billed,
            "total_s": None if billed is None else period,
            "user_field": found.get("user_field") or None,
            "answered": None if found.disposition is None else found.disposition == "ANSWERED",
            "disposition": found.disposition,
            "linkedid": found.get("uniqueid") or None,
            "file": file,
            "line": found.line,
        }


def _party(text: str) -> tuple[str | None, str | None]:
    """Name and number of `Alice (1001)`; of anything else the number alone."""
    found = _PARTY.fullmatch(text)
    return (found[1] or None, found[2]) if found else (None, text or None)


def rows_of_cdr(text: str, zone: tzinfo | None, file: str) -> Iterator[Row]:
    """Rows of Master.csv."""
    clock = Clock(zone)
    for line, cells in enumerate(csv.reader(io.StringIO(text)), 1):
        order = next((one for one in CDR_ORDERS if len(cells) >= len(one) and _known(cells[one.index("start")])), None)
        if order is None:
            continue
        values = dict(zip(order, cells, strict=False))
        # A record begins with its channel: the second of its unique id.
        start = CelEvent(eventtype="CHAN_START", uniqueid=values["uniqueid"])
        clock.place(start, read_time(values["start"]))
        clid = _CLID.fullmatch(values["clid"])
        yield {
            **_empty("cdr"),
            "date": start.time,
            "source_name": (clid[1] or None) if clid else _text(values["clid"]),
            "source_exten": _text(values["src"]),
            "source_line_identity": line_identity(values["channel"]) if values["channel"] else None,
            "destination_exten": _text(values["dst"]),
            "destination_line_identity": line_identity(values["dstchannel"]) if values["dstchannel"] else None,
            "duration_s": _interval(values["billsec"]),
            "total_s": _interval(values["duration"]),
            "user_field": _text(values["userfield"]),
            "answered": values["disposition"] == "ANSWERED",
            "disposition": _text(values["disposition"]),
            "linkedid": _text(values["uniqueid"]),
            "file": file,
            "line": line,
        }


def _known(text: str) -> bool:
    told = read_time(text)
    return told.ns is not None or told.local is not None


def _moment(value: Any, zone: tzinfo | None) -> int | None:
    told = told_moment(value) if isinstance(value, datetime) else read_time(str(value or ""))
    event = CelEvent()
    Clock(zone).place(event, told)
    return None if event.time == NULL_INT else event.time


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)


def _boolean(value: Any) -> bool | None:
    return value if isinstance(value, bool) else {"t": True, "true": True, "f": False, "false": False}.get(str(value))


def _interval(value: Any) -> float | None:
    """Seconds of an interval: 00:01:05, 1 day 00:00:05, 65."""
    if isinstance(value, timedelta):
        return value.total_seconds()
    found = re.fullmatch(
        r"(?:(\d+) days? ?)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*s?", str(value or "").strip()
    )
    if not found:
        return None
    if found[5] is not None:
        return float(found[5])
    days, hours, minutes, seconds = (float(found[n] or 0) for n in range(1, 5))
    return days * 86400 + hours * 3600 + minutes * 60 + seconds
