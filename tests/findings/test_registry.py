"""The rules there are: each in its file, with words for all it can say, in both languages, that name what to do."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import xivolab.findings.rules
from xivolab.findings.registry import NEEDS, rule_of
from xivolab.findings.severity import SEVERITY

_EMPTY = re.compile(
    r"check the configuration|vérifi(?:er|ez) la configuration|contact your administrator", re.IGNORECASE
)


def test_every_file_is_a_rule_and_every_rule_a_file() -> None:
    folder = Path(xivolab.findings.rules.__file__).parent
    files = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}

    assert files == set(NEEDS)


@pytest.mark.parametrize("code", sorted(NEEDS))
def test_a_rule_says_what_it_finds(code: str) -> None:
    rule = rule_of(code)

    assert rule.code == code
    assert code in SEVERITY
    assert rule.words
    for words in rule.words.values():
        for both in (words.summary, words.cause, words.remedy):
            holes = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in both]
            assert holes[0] == holes[1], f"French and English of {code} do not tell the same"
            assert both.en != both.fr
            assert both.en.endswith(".")
            assert both.fr.endswith(".")
            assert not _EMPTY.search(both.en + both.fr)


@pytest.mark.parametrize("code", sorted(NEEDS))
def test_a_remedy_names_something(code: str) -> None:
    """An object of the case, a command or a menu: not advice in general."""
    for words in rule_of(code).words.values():
        for text in words.remedy:
            assert re.search(r"\{\w+[^}]*\}|`[^`]+`| > ", text), f"{code}: {text}"


def test_an_unknown_code() -> None:
    with pytest.raises(KeyError):
        rule_of("no-such-code")
