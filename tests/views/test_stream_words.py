"""The words of a stream's figures."""

from __future__ import annotations

import string

import pytest

from xivolab.schema import STREAM
from xivolab.views.stream_words import WORDS, StreamWords


def _holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_the_same_holes(key: str) -> None:
    english, french = WORDS[key]
    assert english
    assert french
    assert _holes(english) == _holes(french)


@pytest.mark.parametrize(("field", "prefix"), [("srtp", "srtp"), ("matched_by", "by"), ("mos_scale", "scale")])
def test_every_value_of_the_schema_has_its_words(field: str, prefix: str) -> None:
    assert {f"{prefix}-{value}" for value in STREAM.field(field).values} <= WORDS.keys()


def test_numbers() -> None:
    assert StreamWords("fr").number(4.414, 2) == "4,41"
    assert StreamWords("en").number(4.414, 2) == "4.41"
    assert StreamWords("en").number(None) == "–"
