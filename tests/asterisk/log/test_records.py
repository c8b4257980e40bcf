"""The table of records."""

from __future__ import annotations

from pathlib import Path

import pytest

import xivolab
from tests.asterisk.log.made import logs, written
from tests.captures import ROOT
from xivolab.asterisk.log.records import log_table

LINE = "[2026-02-28 22:57:20.193] WARNING[357082][C-000000a7]: app_dial.c:1766 wait_for_answer: Unable\nto\n"


def test_every_field_of_a_record(tmp_path: Path) -> None:
    path = written(tmp_path, LINE)
    (record,) = log_table(logs(path)).records()
    assert record.pop("id").startswith("log-")
    assert record == {
        "time": pytest.approx(1772319440.193),
        "level": "WARNING",
        "thread": 357082,
        "log_id": "C-000000a7",
        "source": "app_dial.c",
        "source_line": 1766,
        "function": "wait_for_answer",
        "message": "Unable\nto",
        "host": None,
        "file": str(path),
        "line": 1,
        "lines": 2,
        "year_from": "log",
        "zone_from": "option",
    }


def test_a_log_opens_as_easily_as_a_capture() -> None:
    case = xivolab.open(ROOT / "sample_logs/clean-call/full")
    assert len(case.log) == 61
    assert str(case.log["time"].iloc[0]) == "2026-11-23 07:51:47+00:00"
    assert case.log["id"].is_unique
