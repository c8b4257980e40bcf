from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.cel.clock import Clock, Told, read_time, told_moment
from xivolab.asterisk.cel.event import CelEvent

PARIS = ZoneInfo("Europe/Paris")


def ns(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 10**9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1795420050.854569", 1795420050854569000),
        ("1795420050", 1795420050000000000),
        ("2025-08-27 17:40:32.115447+02", ns("2025-08-27T15:40:32Z") + 115447000),
        ("2025-08-27T15:40:32Z", ns("2025-08-27T15:40:32Z")),
        ("2026-11-25 10:00:00.5-11:00", ns("2026-11-25T21:00:00Z") + 500000000),
    ],
)
def test_times_that_tell_their_zone(text: str, expected: int) -> None:
    assert read_time(text).ns == expected


@pytest.mark.parametrize("text", ["2025-08-27 17:40:32.21386", "{ts '2025-08-27 17:40:32.213860'}"])
def test_local_times_have_as_many_digits_as_psql_leaves(text: str) -> None:
    assert read_time(text).local == ns("2025-08-27T17:40:32Z") + 213860000


@given(st.text(alphabet="0123456789-:. T+Z", max_size=40))
def test_any_text_is_taken(text: str) -> None:
    told = read_time(text)
    assert told.ns is None or told.local is None


def placed(clock: Clock, eventtype: str, local: str, uniqueid: str) -> CelEvent:
    event = CelEvent(eventtype=eventtype, uniqueid=uniqueid)
    clock.place(event, read_time(local))
    return event


def test_the_unique_id_proves_the_zone_whatever_was_said() -> None:
    clock = Clock(ZoneInfo("Pacific/Noumea"))
    begun = ns("2025-08-27T15:40:32Z") // 10**9
    start = placed(clock, "CHAN_START", "2025-08-27 17:40:32.115447", f"{begun}.14")
    end = placed(clock, "HANGUP", "2025-08-27 17:50:00", f"{begun}.14")
    assert (start.time, start.zone) == (begun * 10**9 + 115447000, "uniqueid")
    assert end.time == ns("2025-08-27T15:50:00Z")


def test_times_in_gmt_beside_a_local_zone() -> None:
    clock = Clock(PARIS)
    begun = ns("2025-08-27T15:40:32Z") // 10**9
    assert placed(clock, "CHAN_START", "2025-08-27 15:40:32", f"{begun}.0").time == begun * 10**9


def test_without_proof_the_zone_asked_for_counts() -> None:
    event = placed(Clock(PARIS), "ANSWER", "2025-01-10 12:00:00", "")
    assert (event.time, event.zone) == (ns("2025-01-10T11:00:00Z"), "assumed")


@pytest.mark.parametrize("zone", [None, PARIS])
@given(minutes=st.integers(0, 150), lasts=st.integers(0, 100))
def test_the_doubled_hour_of_october(zone: ZoneInfo | None, minutes: int, lasts: int) -> None:
    start = datetime(2025, 10, 25, 23, 30, tzinfo=UTC) + timedelta(minutes=minutes)
    end = start + timedelta(minutes=lasts)
    clock = Clock(zone)
    uniqueid = f"{int(start.timestamp())}.3"
    here = [moment.astimezone(PARIS).strftime("%Y-%m-%d %H:%M:%S") for moment in (start, end)]
    first = placed(clock, "CHAN_START", here[0], uniqueid)
    assert first.time == int(start.timestamp()) * 10**9
    second = placed(clock, "HANGUP", here[1], uniqueid)
    if end.astimezone(PARIS).utcoffset() == start.astimezone(PARIS).utcoffset() or lasts < 60:
        assert second.time == int(end.timestamp()) * 10**9


def test_moments_of_a_database() -> None:
    assert told_moment(datetime(2025, 8, 27, 15, 40, 32, 5, tzinfo=UTC)).ns == ns("2025-08-27T15:40:32Z") + 5000
    assert told_moment(datetime(2025, 8, 27, 17, 40, 32)).local == ns("2025-08-27T17:40:32Z")
    assert (Told().ns, Told().local) == (None, None)
