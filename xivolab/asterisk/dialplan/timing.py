"""When an include holds: `include => context,times,days of the week,days of the month,months[,zone]` (ast_build_timing).

Each part is `*` or a list of ranges joined by `&`; a range may go round, `fri-mon` or `22:00-06:00`; its ends belong to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

_WEEK = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_YEAR = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Include:
    """An include of a context: `when` is its condition as written, None without one."""

    context: str
    when: str | None = None

    @classmethod
    def of(cls, text: str) -> Include:
        """As it stands behind `include =>`."""
        context, comma, when = text.partition(",")
        return cls(context.strip(), when.strip() if comma else None)

    def holds(self, at: datetime) -> bool | None:
        """Whether it holds at that time; None when its condition cannot be read."""
        if self.when is None:
            return True
        parts = [part.strip().lower() for part in self.when.split(",")]
        times, week, month_days, months, *zone = [*parts, *["*"] * (4 - len(parts))]
        try:
            moment = at.astimezone(ZoneInfo(self.when.split(",")[4].strip())) if zone and zone[0] else at
            return (
                _within(times, moment.hour * 60 + moment.minute, _DAY, _clock)
                and _within(week, moment.isoweekday() % 7, 7, _WEEK)
                and _within(month_days, moment.day - 1, 31, None)
                and _within(months, moment.month - 1, 12, _YEAR)
            )
        except (ValueError, KeyError, OSError):
            return None


def _within(text: str, value: int, size: int, names: object) -> bool:
    if text in ("", "*"):
        return True
    for part in text.split("&"):
        first, dash, last = part.strip().partition("-")
        low = _number(first.strip(), size, names)
        high = _number(last.strip(), size, names) if dash else low
        if low <= value <= high if low <= high else value >= low or value <= high:
            return True
    return False


def _number(text: str, size: int, names: object) -> int:
    if names is _clock:
        found = _clock(text)
    elif isinstance(names, tuple) and text[:3] in names:
        found = names.index(text[:3])
    else:
        found = int(text) - 1
    if not 0 <= found < size:
        raise ValueError(text)
    return found


def _clock(text: str) -> int:
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(text)
    return int(found[1]) * 60 + int(found[2])
