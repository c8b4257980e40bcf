"""One case through the whole path, and what must hold whatever the bytes are."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import xivolab
from xivolab.case import Case
from xivolab.errors import XivolabError
from xivolab.schema import RECORDS, Field

_TYPES: dict[str, tuple[type, ...]] = {
    "time": (int, float),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "str": (str,),
    "list": (list,),
}


class BrokenPromiseError(AssertionError):
    """Something that a record promises is not so."""


def examine(path: Path, *, deep: bool = False) -> None:
    """Reads a capture and makes everything of it; `deep` also checks records against the JSON Schema and draws.

    Raises whatever is not a XivolabError, and BrokenPromiseError.
    """
    try:
        case = xivolab.open(str(path))
        for name in RECORDS:
            _check(case, name, deep)
    except XivolabError:
        return
    if deep and len(case.table("messages")) > 1:
        difference = case.message(0).diff(case.message(1))
        json.dumps(difference.record(), allow_nan=False)
        difference.html()
        difference.text(80)
    for call in case.call_list()[:1]:
        with suppress(XivolabError):
            call.ladder().text(80)
        with suppress(XivolabError):
            call.cut_to(io.BytesIO())
        if deep:
            with suppress(XivolabError):
                call.ladder(lang="fr").html()
            call.display_filter.encode()
            with suppress(XivolabError):
                call.quality().html()


def _check(case: Case, name: str, deep: bool) -> None:
    table = case.table(name)
    text = table.to_json()
    records = json.loads(text, parse_constant=_refuse)
    record = RECORDS[name]
    for row in records:
        for field in record.fields:
            check_value(name, field, row[field.name])
    if deep and records:
        _schema(name, records)
    ids = [row["id"] for row in records]
    if len(ids) != len(set(ids)) and name in ("calls", "dialogs"):
        raise BrokenPromiseError(f"{name}: two records of one id")


def _refuse(word: str) -> Any:
    raise BrokenPromiseError(f"{word} in JSON")


def check_value(name: str, field: Field, value: Any) -> None:
    """Raises BrokenPromiseError when a value is not what its field says."""
    if value is None:
        if not field.null:
            raise BrokenPromiseError(f"{name}.{field.name} is null")
        return
    typed = isinstance(value, _TYPES[field.kind]) and (field.kind == "bool" or not isinstance(value, bool))
    if not typed or (field.values and field.kind == "str" and value not in field.values):
        raise BrokenPromiseError(f"{name}.{field.name} is {value!r}")


def _schema(name: str, records: list[dict[str, Any]]) -> None:
    import jsonschema

    from xivolab.json_schema import json_schema

    validator = jsonschema.Draft202012Validator(json_schema(RECORDS[name]))
    for row in records[:5]:
        for error in validator.iter_errors(row):
            raise BrokenPromiseError(f"{name}: {error.message}")
