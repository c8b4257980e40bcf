"""One record as the trace reads it."""

from __future__ import annotations

import xivolab
from tests.captures import ROOT
from xivolab.asterisk.trace.line import Line, lines_of


def test_only_the_text_must_be_known() -> None:
    line = Line("Executing …")
    assert (line.time, line.thread, line.number, line.level) == (None, None, None, "VERBOSE")


def test_records_of_a_log_become_lines() -> None:
    call = xivolab.open(ROOT / "sample_logs" / "no-answer" / "full", tz="UTC").call_list()[0]
    lines = lines_of(call.log_lines())
    started = next(line for line in lines if line.text.startswith("Executing [1002@default:1] Gosub("))
    assert (started.level, started.number) == ("VERBOSE", 302)
    assert started.time is not None
    assert started.thread is not None
