"""A row of the journal found as a person remembers the call: about when, and one of the numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from xivolab.asterisk.cel.clock import Clock, read_time
from xivolab.asterisk.cel.event import CelEvent
from xivolab.calls.numbers import same_party
from xivolab.errors import UsageError
from xivolab.schema import NULL_INT
from xivolab.table import Table

_BY_TIME = "select * from call_log where date between '{}' and '{}';"
_BY_NUMBER = "select * from cel where call_log_id = {} order by eventtime, id;"
_BY_LINKEDID = "select * from cel where linkedid = '{}' order by eventtime, id;"
AROUND_S = 300.0


def find_rows(
    journal: Table, around: str = "", number: str = "", tz: str | None = None, within_s: float = AROUND_S
) -> Table:
    """The rows of the journal within some seconds of a time ("2025-08-27T17:40", in zone `tz`), of a number; "" is any.

    Raises UsageError for what is not a time.
    """
    middle = _moment(around, tz) if around else None
    rows = [
        row
        for row in range(len(journal))
        if (middle is None or abs(int(journal["date"][row]) - middle) <= within_s * 1e9)
        and (not number or any(same_party(number, journal[end][row]) for end in ("source_exten", "destination_exten")))
    ]
    return journal.select(rows)


def _moment(text: str, tz: str | None) -> int:
    told = read_time(text if text.count(":") != 1 else f"{text}:00")
    event = CelEvent()
    Clock(ZoneInfo(tz) if tz else None).place(event, told)
    if event.time == NULL_INT:
        raise UsageError(f"{text!r} is not a time", "around", "write 2025-08-27T17:40")
    return event.time


def queries(rows: Table, tz: tzinfo | str | None) -> list[str]:
    """What to type into psql to find these rows, and the channel events of each, as one finds a call by time and number.

    `tz` is the zone of the server. For people: nothing of it is executed.
    """
    place = ZoneInfo(tz) if isinstance(tz, str) else tz
    found = []
    for row in rows.records():
        if row["date"] is not None:
            at = datetime.fromtimestamp(row["date"], UTC).astimezone(place).replace(tzinfo=None)
            limits = ((at + timedelta(seconds=by)).isoformat(" ", "seconds") for by in (-1, 1))
            found.append(_BY_TIME.format(*limits))
        if row["number"] is not None:
            found.append(_BY_NUMBER.format(row["number"]))
        elif row["linkedid"] is not None:
            found.append(_BY_LINKEDID.format(row["linkedid"].replace("'", "''")))
    return list(dict.fromkeys(found))
