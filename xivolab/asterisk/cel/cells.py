"""What a cell of a known column may look like: tells where a row begins, and where a bar or comma is part of a value."""

from __future__ import annotations

import re
from collections.abc import Callable

from xivolab.asterisk.cel.clock import read_time
from xivolab.asterisk.cel.event import COLUMNS

NULLS = frozenset(("(null)", "<null>", "[null]", "NULL", "∅", "\\N", "¤"))
"""What `\\pset null` is often set to."""

CALL_LOG_COLUMNS = (
    "id",
    "date",
    "source_name",
    "source_exten",
    "source_line_identity",
    "destination_name",
    "destination_exten",
    "destination_line_identity",
    "duration",
    "user_field",
    "answered",
)
"""XiVO's journal (xivo-dao, alchemy/call_log.py)."""

QUEUE_LOG_COLUMNS = ("time", "callid", "queuename", "agent", "event", "data1", "data2", "data3", "data4", "data5")

KNOWN_COLUMNS = frozenset((*COLUMNS, "call_log_id", *CALL_LOG_COLUMNS, *QUEUE_LOG_COLUMNS, "date_answer", "direction"))


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda cell: re.fullmatch(pattern, cell) is not None


def _is_time(cell: str) -> bool:
    told = read_time(cell)
    return told.ns is not None or told.local is not None


_number = _matches(r"\d+")
_number_or_nothing = _matches(r"\d*")
_unique = _matches(r"(?:[\w.-]+-)?\d+\.\d+\S*|")
_TESTS: dict[str, Callable[[str], bool]] = {
    "id": _number,
    "eventtype": _matches(r"(?=.*[A-Za-z])[\w:.-]{2,}|[1-9]\d?"),
    "eventtime": _is_time,
    "date": _is_time,
    "time": _is_time,
    "uniqueid": _unique,
    "linkedid": _unique,
    "amaflags": _matches(r"\w*"),
    "call_log_id": _number_or_nothing,
    "channame": _matches(r"[\w*#.+-]+/\S.*|\S*"),
    "extra": _matches(r"(?s)\{.*\}|[^|]*"),
    "duration": _matches(r"-?(?:\d+ days? )?[\d:.]+|"),
    "answered": _matches(r"[tf]|true|false|"),
    "event": _matches(r"[A-Z_]*"),
}


def plausible(column: str, cell: str) -> bool:
    """Whether a column may hold that text; nulls may stand anywhere."""
    if cell in NULLS:
        return True
    test = _TESTS.get(column)
    return test is None or test(cell)
