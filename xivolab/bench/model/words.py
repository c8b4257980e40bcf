"""The words in which a form says what is wrong, in English and French."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong field: which, what is wrong with it, what is allowed."""

    field: str
    wrong: str
    allowed: str

    def within(self, prefix: str) -> Mistake:
        """The same mistake, of an object that stands inside another."""
        return Mistake(prefix + self.field, self.wrong, self.allowed)

    def __str__(self) -> str:
        return f"{self.field}: {self.wrong}; {self.allowed}"


# pydantic's kinds of error: what is wrong, and what is allowed.
_WORDS = {
    "en": {
        "extra_forbidden": ("no such option", "{known}"),
        "missing": ("is missing", "give it a value"),
        "literal_error": ("{input} is not one of the choices", "choose {expected}"),
        "string_pattern_mismatch": ("{input} is not written as it must be", "{shape}"),
        "string_too_long": ("is too long", "at most {max_length} characters"),
        "greater_than_equal": ("{input} is too small", "at least {ge}"),
        "less_than_equal": ("{input} is too large", "at most {le}"),
        "int_parsing": ("{input} is not a whole number", "digits only"),
        "int_type": ("{input} is not a whole number", "digits only"),
        "bool_parsing": ("{input} is neither yes nor no", "true or false"),
        "string_type": ("{input} is not a text", "put it in quotation marks"),
        "list_type": ("is not a list", "a list, even of one"),
        "model_type": ("is not an object", "its fields, one a line"),
        "too_short": ("is empty", "at least one"),
        None: ("{message}", "see the documentation of this field"),
    },
    "fr": {
        "extra_forbidden": ("cette option n'existe pas", "{known}"),
        "missing": ("manque", "donnez-lui une valeur"),
        "literal_error": ("{input} ne fait pas partie des choix", "choisissez {expected}"),
        "string_pattern_mismatch": ("{input} n'a pas la forme voulue", "{shape}"),
        "string_too_long": ("est trop long", "au plus {max_length} caractères"),
        "greater_than_equal": ("{input} est trop petit", "au moins {ge}"),
        "less_than_equal": ("{input} est trop grand", "au plus {le}"),
        "int_parsing": ("{input} n'est pas un nombre entier", "des chiffres seulement"),
        "int_type": ("{input} n'est pas un nombre entier", "des chiffres seulement"),
        "bool_parsing": ("{input} n'est ni oui ni non", "true ou false"),
        "string_type": ("{input} n'est pas un texte", "mettez-le entre guillemets"),
        "list_type": ("n'est pas une liste", "une liste, même d'un seul élément"),
        "model_type": ("n'est pas un objet", "ses champs, un par ligne"),
        "too_short": ("est vide", "au moins un élément"),
        None: ("{message}", "voir la documentation de ce champ"),
    },
}
_KNOWN = {
    "en": "the bench refuses what it cannot put into effect",
    "fr": "la maquette refuse ce qu'elle ne sait pas appliquer",
}
# The forms of texts, by a part of their pattern.
_SHAPES = (
    (r"XZN", "digits, X, Z, N, [sets] and . or ! at the end", "chiffres, X, Z, N, [ensembles], et . ou ! à la fin"),
    (r"[a-z0-9]{8}", "8 lower-case letters or digits", "8 lettres minuscules ou chiffres"),
    (r"[0-9A-F]{2}", "a MAC address such as 00:15:65:12:34:56", "une adresse MAC telle que 00:15:65:12:34:56"),
    (r"@", "an e-mail address", "une adresse de courriel"),
    (r"^[^\n\r;", "one line without quotation marks, ; < >", "une ligne sans guillemets ni ; < >"),
    (r"^[^\s;]", "no spaces and no semicolon", "ni espace ni point-virgule"),
    (r"A-Za-z0-9_.-", "letters, digits, _ . and -", "lettres, chiffres, _ . et -"),
    (r"[0-9*#A-Z]", "digits, * and #", "chiffres, * et #"),
    (r"^[0-9]", "digits only", "des chiffres seulement"),
)


def translated(field: str, error: dict[str, Any], lang: str) -> Mistake:
    """What pydantic says about one field, as a mistake in words."""
    words = _WORDS["fr" if lang.startswith("fr") else "en"]
    wrong, allowed = words.get(error["type"], words[None])
    context = error.get("ctx", {})
    values = {
        **context,
        "input": repr(error.get("input")),
        "message": str(error.get("msg", "")).removeprefix("Value error, "),
        "known": _KNOWN["fr" if lang.startswith("fr") else "en"],
        "shape": _shape(str(context.get("pattern", "")), lang),
    }
    return Mistake(field, _filled(wrong, values), _filled(allowed, values))


def _filled(text: str, values: dict[str, Any]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], "")), text)


def _shape(pattern: str, lang: str) -> str:
    for part, english, french in _SHAPES:
        if part in pattern:
            return french if lang.startswith("fr") else english
    return pattern
