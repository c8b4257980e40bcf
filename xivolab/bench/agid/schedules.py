"""Whether something is open, in its own time zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from xivolab.bench.agid.common import forward
from xivolab.bench.agid.database import Database
from xivolab.bench.agid.session import Session


@dataclass(frozen=True, slots=True)
class Period:
    """Hours of some days; empty is every one. `action` is where calls go while an exceptional closing lasts."""

    hours: str
    weekdays: str = ""
    monthdays: str = ""
    months: str = ""
    action: tuple[str, str, str] | None = None

    def holds(self, at: datetime) -> bool:
        """Whether a local time is within it; the last minute is not."""
        minute = at.hour * 60 + at.minute
        first, _, last = self.hours.partition("-")
        if not _minutes(first) <= minute < _minutes(last):
            return False
        days = ((self.weekdays, at.isoweekday()), (self.monthdays, at.day), (self.months, at.month))
        return all(not spans or _within(spans, value) for spans, value in days)


def decide(
    at: datetime, zone: str, opened: Sequence[Period], closed: Sequence[Period], fallback: tuple[str, str, str]
) -> tuple[bool, tuple[str, str, str]]:
    """Whether it is open at a time, and where calls go if not. An exceptional closing wins over the opening hours."""
    local = at.astimezone(ZoneInfo(zone))
    for period in closed:
        if period.holds(local):
            return False, period.action or fallback
    return any(period.holds(local) for period in opened), fallback


def check(session: Session, database: Database) -> None:
    """`check_schedule`: XIVO_SCHEDULE_STATUS, and where calls go while it is closed."""
    kind, owner = session.get("XIVO_PATH"), session.get("XIVO_PATH_ID")
    session.set("XIVO_SCHEDULE_STATUS", "opened")
    if not kind or not owner.isdigit():
        return
    row = database.one(
        "SELECT s.* FROM schedule s JOIN schedule_path p ON p.schedule_id = s.id WHERE p.path = %s AND p.pathid = %s",
        kind,
        int(owner),
    )
    # A call that goes on to something else asks for the schedule of that, not for this one again.
    session.set("XIVO_PATH", "")
    if row is None:
        return
    periods = database.all("SELECT * FROM schedule_time WHERE schedule_id = %s ORDER BY position", row["id"])
    opened, closed = (
        [
            Period(
                found["hours"],
                found["weekdays"] or "",
                found["monthdays"] or "",
                found["months"] or "",
                (found["action"], found["actionid"] or "", found["actionargs"] or "") if mode == "closed" else None,
            )
            for found in periods
            if found["mode"] == mode
        ]
        for mode in ("opened", "closed")
    )
    fallback = (row["fallback_action"], row["fallback_actionid"] or "", row["fallback_actionargs"] or "")
    is_open, action = decide(datetime.now(UTC), row["timezone"], opened, closed, fallback)
    if not is_open:
        session.set("XIVO_SCHEDULE_STATUS", "closed")
        forward(session, "SCHEDULE_OUT", *action)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _within(spans: str, value: int) -> bool:
    for span in spans.split(","):
        first, _, last = span.partition("-")
        if int(first) <= value <= int(last or first):
            return True
    return False
