"""Words, numbers and times as each language writes them."""

from __future__ import annotations

import pytest

from xivolab.report.words import Words
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
