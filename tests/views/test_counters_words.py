"""The words of the counters."""

from __future__ import annotations

from datetime import UTC

from xivolab.views.counters_words import WORDS, CounterWords


def test_both_languages_have_the_same_words() -> None:
    assert set(WORDS["en"]) == set(WORDS["fr"])


def test_numbers_and_what_is_bad() -> None:
    words = CounterWords("fr", UTC)

    assert words.worst("rx_loss", 12.34) == "✖ pire 12,3 %"
    assert words.worst("rx_loss", 0.5) == "pire 0,5 %"
    assert words.worst("rtt", 900) == "pire 900,0 ms"
    assert words.title([]) == "Compteurs média dans le temps"
