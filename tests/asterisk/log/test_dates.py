"""Dates as logger.conf may have them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.log.clock import with_year
from xivolab.asterisk.log.dates import FORMATS, LONGEST_DATE, compiled, days_before, find_date, parse_date
from xivolab.asterisk.log.rows import ABSOLUTE, LOCAL, NO_CLOCK, YEARLESS

PROGRAMS = compiled()


def read(text: str) -> tuple[int, int, int]:
    """The number of the format, the time, the clock."""
    out = np.zeros(2, np.int64)
    data = np.frombuffer(text.encode().ljust(1, b" "), np.uint8)
    return int(find_date(data, 0, len(text), PROGRAMS, -1, out)), int(out[0]), int(out[1])


def ns(moment: datetime) -> int:
    return round(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()) * 10**9


MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31))


@given(MOMENTS, st.sampled_from(FORMATS))
def test_every_format_reads_what_strftime_writes(moment: datetime, form: str) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC if form == "%s" else None)
    text = moment.strftime(form) if form != "%s" else str(int(moment.timestamp()))
    program = compiled((form,))[0]
    out = np.zeros(2, np.int64)
    assert parse_date(np.frombuffer(text.encode(), np.uint8), 0, len(text), program, out)
    has_year = any(code in form for code in ("%Y", "%y", "%F", "%s"))
    assert out[1] == (ABSOLUTE if form == "%s" else LOCAL if has_year else YEARLESS)
    time = out[0] if has_year else with_year(out[:1], moment.year)[0]
    assert time == ns(moment)


@given(MOMENTS, st.integers(1, 9), st.integers(0, 10**9 - 1))
def test_a_fraction_has_one_to_nine_digits(moment: datetime, digits: int, nanoseconds: int) -> None:
    fraction = f"{nanoseconds:09d}"[:digits]
    _, time, clock = read(f"{moment:%Y-%m-%d %H:%M:%S}.{fraction}")
    assert clock == LOCAL
    assert time == ns(moment.replace(microsecond=0)) + int(fraction.ljust(9, "0"))


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("+0200", 2), ("+02:00", 2), (" -0330", -3.5), ("Z", 0), (" UTC", 0), (" GMT", 0), ("+11", 11)],
)
def test_a_zone_makes_the_time_absolute(zone: str, offset: float) -> None:
    place = timezone(timedelta(hours=offset))
    assert read(f"2026-11-23T07:51:47{zone}")[1:] == (ns(datetime(2026, 11, 23, 7, 51, 47, tzinfo=place)), ABSOLUTE)


def test_the_name_of_a_zone_that_tells_no_offset_is_passed_over() -> None:
    assert read("2026-11-23 07:51:47 CEST")[1:] == (ns(datetime(2026, 11, 23, 7, 51, 47)), LOCAL)


@pytest.mark.parametrize(
    "text",
    ["", "70060@default:1", "Nov 31 10:00:00", "2026-13-01 10:00:00", "Nov  3 24:00:00", "Nov 3", "2026-11-23 1"],
)
def test_what_is_no_date_has_no_clock(text: str) -> None:
    assert read(text) == (-1, 0, NO_CLOCK)


def test_a_paste_may_have_lost_the_second_space() -> None:
    assert read("May 9 00:06:22")[1:] == read("May  9 00:06:22")[1:]


@given(st.binary(max_size=LONGEST_DATE))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    out = np.zeros(2, np.int64)
    assert -1 <= find_date(np.frombuffer(data + b"]", np.uint8), 0, len(data), PROGRAMS, 3, out) < len(PROGRAMS)


@given(st.dates(datetime(1970, 1, 1).date(), datetime(2200, 12, 31).date()))
def test_days_are_those_of_the_calendar(day: object) -> None:
    assert days_before(day.year, day.month, day.day) == (day - datetime(1970, 1, 1).date()).days  # type: ignore[attr-defined,operator]
