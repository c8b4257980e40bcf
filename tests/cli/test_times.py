"""Times as people write them, and as they read them."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from tests.cli.cases import NOON
from xivolab.cli.times import parse_time, show_time, zone
from xivolab.errors import UsageError

PARIS = ZoneInfo("Europe/Paris")
HOUR = 3600 * 10**9


@pytest.mark.parametrize(
    ("text", "nanoseconds"),
    [
        ("12:00", NOON),
        ("9:00", NOON - 3 * HOUR),
        ("12:00:00.25", NOON + 250_000_000),
        ("2026-11-23T12:00", NOON),
        ("2026-11-23 12:00:00", NOON),
        ("2026-11-23", NOON - 12 * HOUR),
        ("2026-11-23T13:00+01:00", NOON),
        ("1795435200", NOON),
        ("1795435200.000000001", NOON + 1),
    ],
)
def test_parses(text: str, nanoseconds: int) -> None:
    assert parse_time(text, "--since", UTC, NOON) == nanoseconds


def test_a_time_without_a_zone_is_in_the_zone_asked_for() -> None:
    assert parse_time("13:00", "--since", PARIS, NOON) == NOON
    assert parse_time("2026-07-01T12:00", "--since", PARIS, None) == parse_time(
        "2026-07-01T10:00Z", "--since", None, None
    )


@pytest.mark.parametrize("text", ["yesterday", "25:00", "2026-13-01", "12", "", "1:2"])
def test_anything_else_is_an_error_of_usage(text: str) -> None:
    with pytest.raises(UsageError, match="is not a time; write 09:30"):
        parse_time(text, "--since", UTC, NOON)


@pytest.mark.parametrize("name", ["Europe/Pariss", "../../etc/passwd", "Europe", ""])
def test_an_unknown_zone_is_an_error_of_usage(name: str) -> None:
    with pytest.raises(UsageError, match="unknown time zone"):
        zone(name)


def test_shows_in_the_zone_asked_for() -> None:
    assert show_time(NOON / 1e9 + 0.5, PARIS, with_date=False, digits=3) == "13:00:00.500"
    assert show_time(NOON / 1e9, UTC, with_date=True) == "2026-11-23 12:00:00"
    assert show_time(None, UTC, with_date=False) == "–"
