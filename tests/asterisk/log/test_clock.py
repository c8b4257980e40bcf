"""Times with a year and a zone: new year, the doubled hour of October, the missing one of March."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asterisk.log.made import logs, written
from xivolab.asterisk.log.clock import is_leap, with_year
from xivolab.asterisk.log.records import log_table
from xivolab.asterisk.log.rows import DAY, YEAR

PARIS = ZoneInfo("Europe/Paris")


def stamped(*moments: datetime) -> str:
    return "".join(f"[{moment:%b %e %H:%M:%S}] NOTICE[1] a.c: x\n" for moment in moments)


def times(path: Path, tz: str | None, year: int | None) -> list[datetime]:
    found = log_table(logs(path, tz=tz, year=year))["time"].tolist()
    return [datetime.fromtimestamp(time / 1e9, UTC) for time in found]


def test_the_year_turns_inside_a_log(tmp_path: Path) -> None:
    moments = [datetime(2025, 12, 31, 23, 59, 59), datetime(2026, 1, 1), datetime(2026, 3, 1)]
    assert times(written(tmp_path, stamped(*moments)), "UTC", 2025) == [m.replace(tzinfo=UTC) for m in moments]


@given(st.integers(1990, 2080), st.integers(0, 366 * 86400 - 1))
def test_days_of_a_leap_year_are_those_of_any_year(year: int, second: int) -> None:
    day = second // 86400
    moment = datetime(2000, 1, 1) + timedelta(seconds=second)
    if day == 59 and not is_leap(year):
        return
    time = int(with_year(np.array([second * 10**9 + YEAR], np.int64), year - 1)[0])
    assert datetime(1970, 1, 1) + timedelta(seconds=time // 10**9) == moment.replace(year=year)
    assert time % DAY == second % 86400 * 10**9


@pytest.mark.parametrize("every", [1, 7, 40])
def test_the_doubled_hour_of_october_is_told_apart(tmp_path: Path, every: int) -> None:
    begin = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    moments = [begin + timedelta(minutes=every * n) for n in range(180 // every)]
    path = written(tmp_path, stamped(*(moment.astimezone(PARIS) for moment in moments)))
    assert times(path, "Europe/Paris", 2026) == moments


def test_a_log_that_begins_in_the_second_pass_of_the_doubled_hour(tmp_path: Path) -> None:
    moments = [datetime(2026, 10, 25, 1, 30, tzinfo=UTC) + timedelta(minutes=5 * n) for n in range(12)]
    path = written(tmp_path, stamped(*(moment.astimezone(PARIS) for moment in moments)))
    assert times(path, "Europe/Paris", 2026) == moments


def test_the_missing_hour_of_march(tmp_path: Path) -> None:
    moments = [datetime(2026, 3, 29, 0, 30, tzinfo=UTC) + timedelta(minutes=10 * n) for n in range(12)]
    path = written(tmp_path, stamped(*(moment.astimezone(PARIS) for moment in moments)))
    assert times(path, "Europe/Paris", 2026) == moments


@pytest.mark.parametrize("cut", range(13))
def test_a_rotation_in_the_doubled_hour_tells_its_passes_apart(tmp_path: Path, cut: int) -> None:
    """From 01:30 to 03:30 in steps of a quarter of an hour; the log is rotated before the line `cut`."""
    begin = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    moments = [begin + timedelta(minutes=15 * n) for n in range(13)]
    lines = [f"[{moment.astimezone(PARIS):%Y-%m-%d %H:%M:%S}] NOTICE[1] a.c: {n}\n" for n, moment in enumerate(moments)]
    paths = [
        written(tmp_path, "".join(part), name)
        for part, name in ((lines[:cut], "full.1"), (lines[cut:], "full"))
        if part
    ]
    table = log_table(logs(*paths, tz="Europe/Paris"))
    assert table["time"].tolist() == [int(moment.timestamp()) * 10**9 for moment in moments]
