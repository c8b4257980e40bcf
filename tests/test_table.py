"""A table: from rows to columns, and from columns to JSON, CSV and a DataFrame."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.schema import NULL_INT, Field, Record
from xivolab.table import Table, column

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
    ),
)
FULL: dict[str, Any] = {"at": 1_500_000_000, "count": 7, "share": 0.5, "right": True, "name": "é", "parts": ["a", "b"]}
EMPTY: dict[str, Any] = {"at": None, "count": None, "share": None, "right": None, "name": None, "parts": []}

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.none() | st.integers(0, 2**62),
            "count": st.none() | st.integers(-(2**63) + 1, 2**63 - 1),
            "share": st.none() | st.floats(allow_nan=False, allow_infinity=False),
            "right": st.none() | st.booleans(),
            "name": st.none() | st.text(),
            "parts": st.lists(st.text(), max_size=3),
        }
    )
)


@pytest.fixture
def table() -> Table:
    return Table.from_rows(RECORD, [FULL, EMPTY])


def test_columns_hold_what_the_schema_says(table: Table) -> None:
    assert {name: str(values.dtype) for name, values in table.columns.items()} == {
        "at": "int64",
        "count": "int64",
        "share": "float64",
        "right": "int8",
        "name": "object",
        "parts": "object",
    }
    assert table["at"][1] == table["count"][1] == NULL_INT
    assert np.isnan(table["share"][1])
    assert table["right"].tolist() == [1, -1]


def test_records_are_json_values(table: Table) -> None:
    assert list(table.records()) == [{**FULL, "at": 1.5}, EMPTY]
    assert table.value("at", 0) == 1.5
    assert table.value("name", 1) is None


@given(ROWS)
def test_json_gives_back_what_went_in(rows: list[dict[str, Any]]) -> None:
    found = json.loads(Table.from_rows(RECORD, rows).to_json(), parse_constant=pytest.fail)
    assert found == [{**row, "at": None if row["at"] is None else row["at"] / 1e9} for row in rows]


def test_what_is_no_number_in_json_is_null() -> None:
    table = Table.from_rows(RECORD, [{**EMPTY, "share": float("inf")}, {**EMPTY, "share": float("nan")}])
    assert [record["share"] for record in table.records()] == [None, None]


def test_csv_writes_lists_as_json_and_null_as_nothing(table: Table) -> None:
    heading, full, empty = csv.reader(io.StringIO(table.to_csv()))
    assert heading == list(FULL)
    assert json.loads(full[-1]) == ["a", "b"]
    assert empty == ["", "", "", "", "", "[]"]


def test_a_data_frame_has_the_types_of_pandas_3(table: Table) -> None:
    frame = table.to_pandas()
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "at": "datetime64[ns, UTC]",
        "count": "Int64",
        "share": "float64",
        "right": "boolean",
        "name": "string",
        "parts": "object",
    }
    assert frame["at"][0] == pd.Timestamp("1970-01-01T00:00:01.5Z")
    assert frame.loc[1, ["at", "count", "share", "right", "name"]].isna().all()


def test_changing_a_data_frame_leaves_the_table_alone(table: Table) -> None:
    frame = table.to_pandas()
    frame["count"] = 0
    frame.loc[0, "right"] = False
    assert table.value("count", 0) == 7
    assert table.value("right", 0) is True


@pytest.mark.parametrize("rows", [[0], np.array([True, False]), np.array([0])])
def test_select(table: Table, rows: Any) -> None:
    assert [record["name"] for record in table.select(rows).records()] == ["é"]


def test_select_nothing(table: Table) -> None:
    assert len(table.select([])) == 0
    assert table.select([]).to_json() == "[]"


def test_lists_of_one_length_stay_a_column_of_lists() -> None:
    assert column(RECORD.field("parts"), [["a"], ["b"]]).shape == (2,)


def test_columns_that_are_not_those_of_the_schema_are_refused(table: Table) -> None:
    columns = dict(table.columns)
    with pytest.raises(ValueError, match="differ from the schema"):
        Table(RECORD, {**columns, "more": columns["at"]})
    with pytest.raises(ValueError, match="different lengths"):
        Table(RECORD, {**columns, "at": columns["at"][:1]})
