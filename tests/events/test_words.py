"""The kinds of events in words."""

from __future__ import annotations

from xivolab.events.words import KINDS_FR, kind_in_words


def test_every_kind_has_a_french_word_and_an_unknown_one_stays() -> None:
    assert kind_in_words("hold", "fr") == "mise en garde"
    assert kind_in_words("hold", "en") == "hold"
    assert kind_in_words("made-up", "fr") == "made-up"
    assert len(set(KINDS_FR.values())) == len(KINDS_FR)
