"""Times and languages as a picture's options name them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from xivolab.errors import UsageError


def zone(name: str | None) -> tzinfo:
    """The time zone of that name; None is UTC, so that a picture is the same on every machine. Raises UsageError."""
    if name is None:
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise UsageError("unknown time zone", f"tz {name!r}", "use a name such as Europe/Paris") from error


def absolute(time: float, place: tzinfo) -> str:
    """An epoch as date, time of day to the millisecond, and zone."""
    moment = datetime.fromtimestamp(time, UTC).astimezone(place)
    return f"{moment.replace(tzinfo=None).isoformat(' ', 'milliseconds')} {moment.tzname()}"


def language(name: str, known: Iterable[str]) -> str:
    """The language, when there are words in it. Raises UsageError."""
    if name not in known:
        raise UsageError("no such language", f"lang {name!r}", f"use one of {', '.join(known)}")
    return name
