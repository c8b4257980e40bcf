"""Times beside an output."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.cli.clock import time_on

NOON = int(datetime(2026, 11, 25, 13, 26, 26, tzinfo=UTC).timestamp()) * 10**9
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-25T13:26:26Z",
        "2026-11-25 13:26:26 UTC",
        "2026-11-25T14:26:26+01:00",
        "2026-11-25 14:26:26",
        "=== 2026-11-25 14:26:26 ===",
        "Wed Nov 25 13:26:26 UTC 2026",
        "Wed Nov 25 14:26:26 2026",
        "mer. 25 nov. 2026 14:26:26 CET",
        "mercredi 25 novembre 2026, 14:26:26 (CET)",
        "Wed 25 Nov 2026 02:26:26 PM CET",
        "1795613186",
        "Every 5.0s: asterisk -rx pjsip show channelstats      xivo: Wed Nov 25 14:26:26 2026",
    ],
)
def test_what_date_and_watch_print_is_read(text: str) -> None:
    assert time_on(text, PARIS) == NOON


def test_fractions_are_kept() -> None:
    assert time_on("2026-11-25T13:26:26.250Z", None) == NOON + 250_000_000


@pytest.mark.parametrize(
    "text",
    ["", "2026-13-45 99:99:99", "Wed Foo 25 13:26:26 2026", "2 active channels", "00:00:15", "System uptime: 4 s"],
)
def test_other_lines_hold_no_time(text: str) -> None:
    assert time_on(text, None) is None


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    time_on(text, UTC)
