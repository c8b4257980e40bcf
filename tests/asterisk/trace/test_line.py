"""One record as the trace reads it."""

from __future__ import annotations

from xivolab.asterisk.trace.line import Line


def test_only_the_text_must_be_known() -> None:
    line = Line("Executing …")
    assert (line.time, line.thread, line.number, line.level) == (None, None, None, "VERBOSE")
