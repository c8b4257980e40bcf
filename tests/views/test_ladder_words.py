"""The words of a ladder."""

from __future__ import annotations

from xivolab.schema import STATES
from xivolab.views.ladder_words import STATES_FR, WORDS


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["en"].keys() == WORDS["fr"].keys()


def test_every_state_has_a_french_word() -> None:
    assert set(STATES_FR) == set(STATES)
