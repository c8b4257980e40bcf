"""One record of a log as the trace reads it."""

from __future__ import annotations

from dataclasses import dataclass


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
