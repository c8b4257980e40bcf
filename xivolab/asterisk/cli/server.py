"""What a server says of itself: `core show version`, `core show uptime`, the totals under `core show channels`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from xivolab.asterisk.cli.found import Found
from xivolab.asterisk.cli.lines import Line

_FACTS = re.compile(
    r"""
      Asterisk\ (?P<version>\S+)\ built\ by\ (?P<built>.*?\d{4}-\d\d-\d\d\ \d\d:\d\d:\d\d(?:\ UTC)?)
    | System\ uptime:\s(?P<uptime_s>[\d\w ,]+?)(?=\s*Last\ reload|$)
    | Last\ reload:\s(?P<reload_s>[\d\w ,]+)
    | (?P<channels>\d+)\ active\ channels?
    | (?P<of>\d+)\ of\ (?P<calls_max>\d+)\ max\ active\ calls?
    | (?P<calls>\d+)\ active\ calls?
    | (?P<calls_processed>\d+)\ calls?\ processed
    """,
    re.VERBOSE,
)
_UNITS = {"year": 31_536_000, "week": 604_800, "day": 86_400, "hour": 3600, "minute": 60, "second": 1}


def server(lines: Sequence[Line]) -> Iterator[Found]:
    """A row of the table "servers", when there is a fact for it."""
    row: dict[str, Any] = dict.fromkeys(
        ("version", "built", "uptime_s", "reload_s", "channels", "calls", "calls_max", "calls_processed")
    )
    # Broken between words, or in one.
    for text in ("".join(line.text for line in lines), " ".join(line.text.strip() for line in lines)):
        for found in _FACTS.finditer(text):
            for name, value in found.groupdict().items():
                name = "calls" if name == "of" else name
                if value is not None and (row[name] is None or (name == "built" and len(value) > len(row[name]))):
                    row[name] = _value(name, value)
    if lines and any(value is not None for value in row.values()):
        yield Found("servers", lines[0].number, row)


def _value(name: str, text: str) -> Any:
    if name in ("version", "built"):
        return text
    return duration(text) if name.endswith("_s") else int(text)


def duration(text: str) -> int | None:
    """ "2 weeks, 3 days, 4 seconds", or a bare number of seconds (core show uptime seconds); None for nothing of the kind."""
    if text.strip().isdecimal():
        return int(text)
    parts = re.findall(r"(\d+) (year|week|day|hour|minute|second)s?", text)
    return sum(int(count) * _UNITS[unit] for count, unit in parts) if parts else None
