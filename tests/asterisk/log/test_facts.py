"""What a log tells of its time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.asterisk.log.made import SAMPLES, logs, written
from xivolab.asterisk.log.rows import LOCAL, YEARLESS


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_recorded_logs_tell_their_version_and_when_they_were_written(path: Path) -> None:
    (facts,) = logs(path).facts
    assert facts.version is not None
    assert facts.version.startswith("22.10.1")
    assert facts.built is not None
    assert facts.built.year == 2026
    assert facts.lines == path.read_bytes().count(b"\n")
    if path.parent.name != "logger-formats":  # its dates have a year later on
        assert facts.clock == (YEARLESS if path.read_bytes().startswith(b"[Nov") else LOCAL)
    assert {hint.strong for hint in facts.hints} <= {True, False}
    if b"\r\nDate: " in path.read_bytes():
        assert any(hint.strong for hint in facts.hints)


def test_records_before_logger_conf_was_read_do_not_set_the_clock(tmp_path: Path) -> None:
    early = "[Nov 23 07:51:49] NOTICE[1] a.c: x\n"
    later = "[2026-11-23 07:51:49.100] NOTICE[1] a.c: x\n"
    (facts,) = logs(written(tmp_path, early + later * 3)).facts
    assert facts.clock == LOCAL


def test_a_clock_that_goes_back_is_noted(tmp_path: Path) -> None:
    lines = [f"[Oct 25 02:{minute}:00] NOTICE[1] a.c: x\n" for minute in ("10", "59", "00", "58", "57")]
    (facts,) = logs(written(tmp_path, "".join(lines))).facts
    assert [jump.line for jump in facts.jumps] == [3]
