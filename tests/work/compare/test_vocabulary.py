"""The words of a comparison are there in both languages, with the same holes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import xivolab.work.compare as room
from xivolab.schema import COMPARED_MESSAGE, REWRITE
from xivolab.work.compare.vocabulary import WORDS, Words


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_the_same_holes(key: str) -> None:
    english, french = (sorted(re.findall(r"{(\w+)}", text)) for text in WORDS[key])
    assert english == french


def test_numbers_and_spans() -> None:
    english, french = Words("en"), Words("fr")
    assert (english.number(1.25, 1), french.number(1.5, 1)) == ("1.2", "1,5")
    assert [english.span(value) for value in (12e-6, 0.0041, 3.7)] == ["12 µs", "4.1 ms", "3.700 s"]
    assert [french.short(value) for value in (0.034, 0.5, 4.12, 48.7)] == ["0,034", "0,50", "4,1", "49"]
    assert french.join(["a", "b"]) == "a ; b"


def test_no_word_is_left_over() -> None:
    folder = Path(room.__file__).parent
    code = "".join(path.read_text() for path in folder.glob("*.py") if path.name != "vocabulary.py")
    made = {f"kind-{kind}" for kind in REWRITE.field("kind").values}
    made |= {f"verdict-{verdict}" for verdict in COMPARED_MESSAGE.field("verdict").values}
    made |= {f"{verdict}-{point}" for verdict in ("lost", "unseen", "relation") for point in "ab"}
    made |= set(COMPARED_MESSAGE.field("way").values)
    assert [key for key in WORDS if f'"{key}"' not in code and f"'{key}'" not in code and key not in made] == []


def test_the_classes_of_dscp() -> None:
    say = Words("en")
    assert [say.dscp(value) for value in (0, 46, 34, 26, 40, 63)] == [
        "0",
        "46 (EF)",
        "34 (AF41)",
        "26 (AF31)",
        "40 (CS5)",
        "63",
    ]
