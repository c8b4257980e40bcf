"""`--where`: a small comparison grammar over the fields of a table, parsed here and never evaluated as code.

    test   = term { "or" term }
    term   = factor { "and" factor }
    factor = "not" factor | "(" test ")" | field op value
    op     = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"        ~ is "contains", in any case of letters
    value  = word | 'quoted' | "quoted" | null

A null matches only `= null` and what `!=` leaves over. A list field matches when one of its items does.
"""

from __future__ import annotations

import difflib
import json
import operator
import re
from collections.abc import Callable
from datetime import tzinfo
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.cli.times import parse_time
from xivolab.errors import UsageError
from xivolab.schema import NULL_INT, Field
from xivolab.table import Table

Mask = NDArray[np.bool_]

_TOKEN = re.compile(r"""\s*(?:(?P<quoted>"[^"]*"|'[^']*')|(?P<op>!=|<=|>=|[=<>~()])|(?P<word>[^\s=<>~()!"']+))""")
_ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TRUTH = {"true": 1, "yes": 1, "1": 1, "false": 0, "no": 0, "0": 0}
_OPS = ("=", "!=", "~", *_ORDER)


def matching(table: Table, text: str, place: tzinfo | None = None) -> Mask:
    """The rows of `table` that pass the test `text`: a boolean array of shape (n,).

    Times in it are in the zone `place`. Raises UsageError that says what is wrong with the test.
    """
    return _Parser(table, text, place).parse()


class _Parser:
    """Recursive descent; each rule of the grammar gives the mask of its part."""

    def __init__(self, table: Table, text: str, place: tzinfo | None) -> None:
        self.table = table
        self.text = text
        self.place = place
        self.tokens = self._tokens()
        self.at = 0

    def error(self, what: str, remedy: str = "") -> UsageError:
        return UsageError(what, f"--where {self.text!r}", remedy)

    def _tokens(self) -> list[tuple[str, str]]:
        tokens: list[tuple[str, str]] = []
        end = 0
        while end < len(self.text.rstrip()):
            found = _TOKEN.match(self.text, end)
            if not found or found.lastgroup is None:
                rest = self.text[end:].strip()
                remedy = "close the quotes" if rest[0] in "\"'" else "a test is a field, an operator and a value"
                raise self.error(f"cannot read {rest!r}", remedy)
            tokens.append((found.lastgroup, found[found.lastgroup]))
            end = found.end()
        return tokens

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def word(self) -> str:
        """The next token when it may be a keyword, in small letters."""
        kind, token = self.peek()
        return token.lower() if kind == "word" else ""

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.at += 1
        return token

    def parse(self) -> Mask:
        mask = self.test()
        if self.peek()[0] != "end":
            raise self.error(f"did not expect {self.peek()[1]!r}", "join tests with and, or")
        return mask

    def test(self) -> Mask:
        mask = self.term()
        while self.word() == "or":
            self.take()
            mask = mask | self.term()
        return mask

    def term(self) -> Mask:
        mask = self.factor()
        while self.word() == "and":
            self.take()
            mask = mask & self.factor()
        return mask

    def factor(self) -> Mask:
        if self.word() == "not":
            self.take()
            return ~self.factor()
        if self.peek() == ("op", "("):
            self.take()
            mask = self.test()
            if self.take() != ("op", ")"):
                raise self.error("a parenthesis is not closed")
            return mask
        return self.comparison()

    def comparison(self) -> Mask:
        field = self.field()
        kind, op = self.take()
        if kind != "op" or op not in _OPS:
            raise self.error(f"an operator should follow {field.name}", f"use one of {' '.join(_OPS)}")
        kind, value = self.take()
        if kind not in ("word", "quoted"):
            raise self.error(f"a value should follow {field.name} {op}", "null, a word, a number, or 'several words'")
        values = self.table[field.name]
        if kind == "word" and value.lower() == "null":
            return self.is_null(field, values, op)
        value = value[1:-1] if kind == "quoted" else value
        if field.kind in ("str", "list"):
            return self.compare_text(field, values, op, value)
        return self.compare_number(field, values, op, value)

    def field(self) -> Field:
        kind, name = self.take()
        names = [field.name for field in self.table.record.fields]
        if kind == "end":
            raise self.error("the test is not complete", "a test is a field, an operator and a value")
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            remedy = f"did you mean {near[0]}?" if near else f"its fields: {', '.join(names)}"
            raise self.error(f"{self.table.record.plural} have no field {name!r}", remedy)
        return self.table.record.field(name)

    def is_null(self, field: Field, values: NDArray[Any], op: str) -> Mask:
        if op not in ("=", "!="):
            raise self.error(f"{op} cannot be used with null", "use = null or != null")
        null = _nulls(field, values)
        return null if op == "=" else ~null

    def compare_text(self, field: Field, values: NDArray[Any], op: str, value: str) -> Mask:
        if op in _ORDER:
            raise self.error(f"{field.name} has no order", "use = != or ~ (contains)")
        if field.values and op != "~" and value not in field.values:
            raise self.error(f"{field.name} is never {value!r}", f"it is one of {', '.join(field.values)}")
        small = value.lower()

        def matches(cell: Any) -> bool:
            if isinstance(cell, list):
                return any(matches(item) for item in cell)
            if cell is None:
                return False
            text = cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
            return small in text.lower() if op == "~" else text == value

        mask = np.fromiter((matches(cell) for cell in values), dtype=np.bool_, count=len(values))
        return np.logical_not(mask) if op == "!=" else mask

    def compare_number(self, field: Field, values: NDArray[Any], op: str, value: str) -> Mask:
        if op == "~" or (field.kind == "bool" and op in _ORDER):
            raise self.error(f"{op} cannot be used with {field.name}", "use = or !=" if field.kind == "bool" else "")
        number = self.number(field, values, value)
        null = _nulls(field, values)
        if op in _ORDER:
            return np.asarray(_ORDER[op](values, number)) & ~null
        equal = (values == number) & ~null
        return np.logical_not(equal) if op == "!=" else np.asarray(equal)

    def number(self, field: Field, values: NDArray[Any], value: str) -> float | int:
        if field.kind == "time":
            known = values[values != NULL_INT]
            return parse_time(value, f"--where {self.text!r}", self.place, int(known.min()) if len(known) else None)
        if field.kind == "bool":
            if value.lower() not in _TRUTH:
                raise self.error(f"{field.name} is true or false, not {value!r}")
            return _TRUTH[value.lower()]
        try:
            return int(value) if value.lstrip("-").isdecimal() else float(value)
        except ValueError as error:
            raise self.error(f"{field.name} is a number, not {value!r}") from error


def _nulls(field: Field, values: NDArray[Any]) -> Mask:
    if field.kind in ("time", "int"):
        return np.asarray(values == NULL_INT)
    if field.kind == "float":
        return np.asarray(np.isnan(values))
    if field.kind == "bool":
        return np.asarray(values < 0)
    return np.fromiter((cell is None for cell in values), dtype=np.bool_, count=len(values))
