"""The words of traffic."""

from __future__ import annotations

import re
from datetime import UTC

import pytest

from tests.views.traffic_tables import summary
from xivolab.views.traffic_words import WORDS, TrafficWords


def test_both_languages_have_the_same_holes() -> None:
    for english, french in WORDS.values():
        assert english
        assert french
        assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", french))


@pytest.mark.parametrize(
    ("value", "english", "french"), [(1234.5, "1,234.5", "1\u202f234,5"), (0.0, "0.0", "0,0"), (None, "–", "–")]
)
def test_numbers(value: float | None, english: str, french: str) -> None:
    assert TrafficWords("en", UTC).number(value, 1) == english
    assert TrafficWords("fr", UTC).number(value, 1) == french


@pytest.mark.parametrize(("value", "text"), [(0.0254, "0.025"), (2.5, "2.50"), (250.4, "250"), (3.0, "3")])
def test_a_number_has_as_many_digits_as_tell_it(value: float, text: str) -> None:
    assert TrafficWords("en", UTC).short(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.5, "0.500 s"), (10, "10 s"), (90, "90 s"), (60, "1 min"), (7200, "2 h"), (86400, "1 d")]
)
def test_lengths(seconds: float, text: str) -> None:
    assert TrafficWords("en", UTC).length(seconds) == text


def test_delays_of_seconds_are_told_in_seconds() -> None:
    words = TrafficWords("fr", UTC)
    assert (words.ms(12.34), words.ms(32_000), words.ms(None)) == ("12,3 ms", "32,0 s", "–")


def test_what_did_not_happen_is_not_told() -> None:
    words = TrafficWords("en", UTC)
    figures = words.figures(next(summary().records()))
    assert {figure.group for figure in figures} == {"calls", "load", "ratios", "delays"}
    more = summary(scan_calls=3, scanners=["203.0.113.9"], options=7, registrations=2, registrations_rejected=1)
    told = {figure.label: figure for figure in words.figures(next(more.records()))}
    assert told["attempts of scanners"].note == "203.0.113.9"
    assert told["accepted"].note == "1 rejected"


def test_an_evidence_over_midnight_tells_both_dates() -> None:
    late = summary(start=1_795_435_200 * 10**9, end=(1_795_435_200 + 86400) * 10**9)
    assert (
        TrafficWords("en", UTC).period(next(late.records())).startswith("2026-11-23 12:00:00 – 2026-11-24 12:00:00 UTC")
    )
