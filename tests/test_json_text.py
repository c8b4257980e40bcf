"""Rows as JSON text are what the standard library would have written row by row."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xivolab import json_text
from xivolab.schema import Field, Record
from xivolab.table import Table

RECORD = Record(
    "thing",
    "things",
    "one of each kind",
    (
        Field("at", "time", "At", "À", "", "s", null=True),
        Field("count", "int", "Count", "Nombre", "", null=True),
        Field("share", "float", "Share", "Part", "", null=True),
        Field("right", "bool", "Right", "Juste", "", null=True),
        Field("name", "str", "Name", "Nom", "", null=True),
        Field("parts", "list", "Parts", "Parties", "", items="str"),
        Field("numbers", "list", "Numbers", "Nombres", "", items="int"),
        Field("details", "list", "Details", "Détails", "", items="object"),
    ),
)
ROW = st.fixed_dictionaries(
    {
        "at": st.none() | st.integers(0, 2**62),
        "count": st.none() | st.integers(-(2**63) + 1, 2**63 - 1),
        "share": st.none() | st.floats(),
        "right": st.none() | st.booleans(),
        "name": st.none() | st.text() | st.sampled_from(['"', "\\", "\u2028", "é\x00", "}{", ",\n"]),
        "parts": st.lists(st.text(max_size=3), max_size=3),
        "numbers": st.lists(st.integers(0, 9), max_size=3),
        "details": st.lists(st.dictionaries(st.text(max_size=2), st.none() | st.floats(0, 9) | st.text()), max_size=2),
    }
)


@given(st.lists(ROW, max_size=6))
def test_the_text_is_that_of_the_standard_library(rows: list[dict[str, Any]]) -> None:
    table = Table.from_rows(RECORD, rows)
    expected = [json.dumps(record, ensure_ascii=False) for record in table.records()]
    assert "".join(table.json_rows(",\n")) == ",\n".join(expected)
    assert "".join(table.json_rows("\n")) == "\n".join(expected)


def test_many_rows_come_in_pieces() -> None:
    field = RECORD.field("count")
    pieces = list(json_text.json_rows([field], [np.arange(20_000)], "\n"))
    assert len(pieces) == 10
    assert "".join(pieces).split("\n") == [f'{{"count": {n}}}' for n in range(20_000)]
