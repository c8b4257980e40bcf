"""One record of a log as the trace reads it."""

from __future__ import annotations

from dataclasses import dataclass

from xivolab.schema import NULL_INT
from xivolab.table import Table


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is the message without its header; `time` is in ns since 1970, None where the log does not say.

    `thread` is the lwp, `level` the name ("VERBOSE"), `file` and `number` the place (line number from 1).
    """

    text: str
    time: int | None = None
    level: str = "VERBOSE"
    thread: int | None = None
    file: str = ""
    number: int | None = None


def lines_of(records: Table) -> list[Line]:
    """The lines of some records of logs (`xivolab.schema.LOG_RECORD`), in their order."""
    columns = [records[name].tolist() for name in ("message", "time", "level", "thread", "file", "line")]
    return [
        Line(
            text, None if time == NULL_INT else time, level or "", None if thread == NULL_INT else thread, file, number
        )
        for text, time, level, thread, file, number in zip(*columns, strict=True)
    ]
