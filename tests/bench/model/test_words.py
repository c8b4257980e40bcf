from __future__ import annotations

import pytest
from pydantic import ValidationError

from xivolab.bench.model.base import RefusedError, mistakes_of, path
from xivolab.bench.model.people import User
from xivolab.bench.model.words import Mistake


def told(lang: str, **fields: object) -> list[str]:
    with pytest.raises(ValidationError) as raised:
        User.model_validate({"firstname": "A", **fields})
    return [str(mistake) for mistake in mistakes_of(raised.value, lang)]


@pytest.mark.parametrize(
    ("fields", "english", "french"),
    [
        (
            {"simultcalls": 99},
            "simultcalls: 99 is too large; at most 20",
            "simultcalls: 99 est trop grand; au plus 20",
        ),
        (
            {"simultcalls": "many"},
            "simultcalls: 'many' is not a whole number; digits only",
            "simultcalls: 'many' n'est pas un nombre entier; des chiffres seulement",
        ),
        (
            {"language": "de"},
            "language: 'de' is not one of the choices; choose 'en' or 'fr'",
            "language: 'de' ne fait pas partie des choix; choisissez 'en' or 'fr'",
        ),
        (
            {"enablednd": "perhaps"},
            "enablednd: 'perhaps' is neither yes nor no; true or false",
            "enablednd: 'perhaps' n'est ni oui ni non; true ou false",
        ),
        (
            {"firstname": 'A"'},
            "firstname: 'A\"' is not written as it must be; one line without quotation marks, ; < >",
            "firstname: 'A\"' n'a pas la forme voulue; une ligne sans guillemets ni ; < >",
        ),
        ({"lines": 3}, "lines: is not a list; a list, even of one", "lines: n'est pas une liste; une liste, même d'un seul élément"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_both_languages(fields: dict[str, object], english: str, french: str) -> None:
    assert told("en", **fields) == [english]
    assert told("fr", **fields) == [french]


def test_a_refusal_carries_its_mistakes() -> None:
    refused = RefusedError(Mistake("a", "wrong", "right"))
    assert str(refused) == "a: wrong"
    assert str(refused.mistakes[0].within("b.")) == "b.a: wrong; right"


def test_a_path_is_written_as_people_do() -> None:
    assert path(("users", 2, "lines", 0, "number")) == "users[2].lines[0].number"
