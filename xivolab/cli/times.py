"""Times as people write and read them, in the zone they asked for."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, tzinfo
from decimal import Decimal

from xivolab.errors import UsageError

_EPOCH = re.compile(r"\d{9,}(\.\d+)?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?")


def zone(name: str | None) -> tzinfo | None:
    """The zone of that name; None, the machine's own, for None. Raises UsageError for an unknown name."""
    if name is None:
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:  # not found, a folder of zones, not a plain name
        raise UsageError("unknown time zone", f"--tz {name}", "use a name such as Europe/Paris or UTC") from error


def parse_time(text: str, where: str, place: tzinfo | None, day: int | None) -> int:
    """A time a person typed, as nanoseconds since 1970.

    Epoch seconds, a date and time (ISO 8601, in `place` unless it says its zone), or a time of day on the day of `day`
    (nanoseconds, None for today). `where` names the option in the UsageError raised for anything else.
    """
    if _EPOCH.fullmatch(text):
        return int(Decimal(text) * 10**9)
    try:
        if _CLOCK.fullmatch(text):
            moment = datetime.now(place) if day is None else datetime.fromtimestamp(day / 1e9, UTC).astimezone(place)
            found = datetime.combine(moment.date(), time.fromisoformat(text if text[1] != ":" else f"0{text}"))
        else:
            found = datetime.fromisoformat(text)
    except ValueError as error:
        remedy = "write 09:30, 2026-11-23, 2026-11-23T09:30:00, 2026-11-23T09:30Z or epoch seconds"
        raise UsageError(f"{text!r} is not a time", where, remedy) from error
    if found.tzinfo is None:
        found = found.replace(tzinfo=place) if place else found.astimezone()
    return int(found.replace(microsecond=0).timestamp()) * 10**9 + found.microsecond * 1000


def show_time(seconds: float | None, place: tzinfo | None, with_date: bool, digits: int = 0) -> str:
    """A JSON time (epoch seconds) for people, the date only when asked for."""
    if seconds is None:
        return "–"
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(place)
    text = moment.strftime("%Y-%m-%d %H:%M:%S" if with_date else "%H:%M:%S")
    return f"{text}.{moment.microsecond // 1000:03d}" if digits == 3 else text
