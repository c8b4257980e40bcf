"""Words, numbers and times as each language writes them."""

from __future__ import annotations

import pytest

from xivolab.errors import UsageError
from xivolab.report.words import Words, words
from xivolab.schema import STATES


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_call_has_a_word(state: str) -> None:
    assert Words("fr")(f"state-{state}") != f"state-{state}"


def test_numbers_are_written_as_each_language_does() -> None:
    assert Words("en").number(1234.5, 1) == "1,234.5"
    assert Words("fr").number(1234.5, 1) == "1\u202f234,5"
    assert Words("en").number(None) == "–"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.0 s"),
        (0.0078, "8 ms"),
        (2.13, "2.1 s"),
        (59.97, "60.0 s"),
        (185.0, "3 min 05 s"),
        (7260.0, "2 h 01 min"),
    ],
)
def test_durations(value: float, text: str) -> None:
    assert Words("en").seconds(value) == text


def test_times_are_utc_to_the_millisecond() -> None:
    assert Words("en").clock(1795417907.1234) == "07:11:47.123"


def test_times_are_those_of_the_zone_and_say_so() -> None:
    paris = words("fr", "Europe/Paris")
    assert paris.clock(1_795_419_260.25) == "08:34:20.250"
    assert paris.clock_in_zone(1_795_419_260.25) == "08:34:20.250 CET"
    assert paris.moment(1_795_419_260.25) == "23 novembre 2026 08:34:20 CET"
    assert words("en").moment(1_795_419_260.25) == "23 November 2026 07:34:20 UTC"


def test_an_unknown_zone_is_told() -> None:
    with pytest.raises(UsageError, match="unknown time zone"):
        words("en", "Mars/Olympus")
