"""Warnings and errors of logs, those alike counted together."""

from __future__ import annotations

from pathlib import Path

import xivolab
from xivolab.asterisk.log.troubles import troubles

LOG = """\
[2026-03-01 10:00:01] VERBOSE[12] pbx.c: nothing to complain about
[2026-03-01 10:00:02] WARNING[12][C-00000001] chan_sip.c: Retransmission timeout reached on transmission 4f3a2b1c@192.0.2.1
[2026-03-01 10:00:03] ERROR[13] res_config.c: No connection to 10.0.0.1:5432
second line
[2026-03-01 10:00:09] WARNING[14][C-00000002] chan_sip.c: Retransmission timeout reached on transmission 77ee00ff@192.0.2.9
"""


def test_complaints_that_differ_in_numbers_are_one(tmp_path: Path) -> None:
    (tmp_path / "full").write_text(LOG)
    first, second = troubles(xivolab.open(tmp_path / "full", tz="UTC").reading.logs)
    assert (first.level, first.source, first.count, first.line) == ("WARNING", "chan_sip.c", 2, 2)
    assert first.text.endswith("4f3a2b1c@192.0.2.1"), "the first stands for all"
    assert first.first is not None
    assert first.last is not None
    assert first.last - first.first == 7_000_000_000
    assert (second.level, second.text, second.count) == ("ERROR", "No connection to 10.0.0.1:5432", 1)


def test_a_log_without_dates_has_no_times(tmp_path: Path) -> None:
    (tmp_path / "full").write_text("[nodate!!] WARNING[12] a.c: odd\n")
    (one,) = troubles(xivolab.open(tmp_path / "full").reading.logs)
    assert (one.first, one.last, one.count) == (None, None, 1)


def test_a_healthy_log(tmp_path: Path) -> None:
    (tmp_path / "full").write_text(LOG.splitlines()[0] + "\n")
    assert troubles(xivolab.open(tmp_path / "full").reading.logs) == []
