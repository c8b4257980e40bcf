"""Rows of call_log from rows of cel, in the database: the rules are those of `xivolab.asterisk.cel.call_log`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from xivolab.asterisk.cel.call_log import JournalRow, journal_row
from xivolab.asterisk.cel.event import COLUMNS, CelEvent, order_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

CHANNEL = "linkedid_end"
"""On which the database tells the linked id of a call that is over."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ROWS = f"SELECT id, {', '.join(COLUMNS)}, call_log_id FROM cel WHERE linkedid = %s ORDER BY id"  # noqa: S608
_UNWRITTEN = (
    "SELECT DISTINCT linkedid FROM cel WHERE eventtype = 'LINKEDID_END' AND call_log_id IS NULL ORDER BY linkedid"
)
_INSERT = (
    "INSERT INTO call_log (date, source_name, source_exten, source_line_identity, destination_name, destination_exten,"
    " destination_line_identity, duration, user_field, answered)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id"
)


def unwritten(connection: psycopg.Connection[Any]) -> list[str]:
    """The linked ids of calls that are over and have no row of the journal yet."""
    return [row[0] for row in connection.execute(_UNWRITTEN)]


def write(connection: psycopg.Connection[Any], linkedid: str) -> int | None:
    """Write the journal's row of a call, in place of one it has already; its id, None where XiVO writes none."""
    with connection.transaction():
        rows = connection.execute(_ROWS, [linkedid]).fetchall()
        events = sorted((_event(row) for row in rows), key=order_key)
        if not events:
            return None
        former = sorted({event.call_log_id for event in events if event.call_log_id is not None})
        connection.execute("UPDATE cel SET call_log_id = NULL WHERE call_log_id = ANY(%s)", [former])
        connection.execute("DELETE FROM call_log WHERE id = ANY(%s)", [former])
        made = journal_row(linkedid, events)
        if made.refused is not None:
            return None
        inserted = connection.execute(_INSERT, _values(made)).fetchone()
        number = int(inserted[0]) if inserted else None
        connection.execute("UPDATE cel SET call_log_id = %s WHERE linkedid = %s", [number, linkedid])
        return number


def _event(row: Sequence[Any]) -> CelEvent:
    number, *values, call_log_id = row
    told = dict(zip(COLUMNS, values, strict=True))
    time = told.pop("eventtime")
    since = time.replace(tzinfo=UTC) - _EPOCH
    nanoseconds = (since.days * 86400 + since.seconds) * 10**9 + since.microseconds * 1000
    event = CelEvent(nanoseconds, number=number, call_log_id=call_log_id)
    for name, value in told.items():
        setattr(event, name, "" if value is None else str(value))
    return event


def _values(row: JournalRow) -> list[Any]:
    # The times of cel are local and have no zone: so are those of the journal.
    date = None if row.date is None else (_EPOCH + timedelta(microseconds=row.date // 1000)).replace(tzinfo=None)
    return [
        date,
        row.source_name,
        row.source_exten,
        row.source_line_identity,
        row.destination_name or "",
        row.destination_exten,
        row.destination_line_identity or "",
        timedelta(seconds=round(row.duration_s)),
        row.user_field,
        row.answered,
    ]
