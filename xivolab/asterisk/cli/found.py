"""What a parser hands over: a row of a table, before it knows where and when it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Found:
    """One row of `table` (a key of `xivolab.schema.CLI_RECORDS`), printed on `line`: its own fields without the common ones."""

    table: str
    line: int
    fields: dict[str, Any]


def whole(text: str | None) -> int | None:
    """A number, None for nothing."""
    return int(text) if text else None


def seconds(text: str) -> int:
    """h:mm:ss, or m:ss, as seconds."""
    total = 0
    for part in text.split(":"):
        total = total * 60 + int(part)
    return total


def told(text: str | None) -> str | None:
    """A text, None for an empty one."""
    return (text or "").strip() or None
