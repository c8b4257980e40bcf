"""When an include holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.asterisk.dialplan.timing import Include

WEDNESDAY = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("09:00-17:00,mon-fri,*,*", True),
        ("09:00-12:00,*,*,*", True),
        ("09:00-11:59,*,*,*", False),
        ("22:00-06:00,*,*,*", False),
        ("11:00-10:00,*,*,*", True),
        ("*,fri-wed,*,*", True),
        ("*,sat&sun,*,*", False),
        ("*,Wednesday,*,*", True),
        ("*,*,25-31,nov", True),
        ("*,*,1-5,*", False),
        ("*,*,*,dec-feb", False),
        ("12:00-12:30,*,*,*,Europe/Paris", False),
        ("13:00-13:30,*,*,*,Europe/Paris", True),
        ("09:00-17:00", True),
        ("25:00-26:00,*,*,*", None),
        ("*,someday,*,*", None),
        ("*,*,*,*,Nowhere/Town", None),
    ],
)
def test_a_wednesday_in_november_at_noon(when: str, holds: bool | None) -> None:
    assert Include.of(f"day,{when}").holds(WEDNESDAY) is holds


def test_an_include_without_a_condition_always_holds() -> None:
    assert Include.of(" day ") == Include("day")
    assert Include("day").holds(WEDNESDAY) is True


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    Include.of(text).holds(WEDNESDAY)
