"""Both languages say the same things."""

from __future__ import annotations

import string

import pytest

from xivolab.report.vocabulary import WORDS


def _holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_the_same_holes(key: str) -> None:
    english, french = WORDS[key]
    assert english
    assert french
    assert _holes(english) == _holes(french)
