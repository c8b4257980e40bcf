"""The JSON Schema of a record: valid itself, and strict about what it describes."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from tests.cli.cases import table
from xivolab.json_schema import json_schema, markdown
from xivolab.schema import RECORDS, Record


def accepted(record: Record, row: dict[str, Any]) -> bool:
    return jsonschema.Draft202012Validator(json_schema(record)).is_valid(row)


@pytest.mark.parametrize("name", RECORDS)
def test_it_is_a_schema_that_takes_its_own_record(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(RECORDS[name]))
    (row,) = table(name, {}).records()
    assert accepted(RECORDS[name], row)
    assert accepted(RECORDS[name], {**row, "added_later": 1})


@pytest.mark.parametrize(
    ("field", "value"),
    [("state", "complete"), ("state", None), ("status", 200.5), ("legs", [1]), ("answered", 1), ("start", "12:00")],
)
def test_it_refuses_what_a_call_is_not(field: str, value: object) -> None:
    (row,) = table("calls", {}).records()
    assert not accepted(RECORDS["calls"], {**row, field: value})


def test_every_field_has_to_be_there() -> None:
    (row,) = table("calls", {}).records()
    del row["mos_min"]
    assert not accepted(RECORDS["calls"], row)


def test_the_page_has_a_row_for_each_field() -> None:
    page = markdown()
    for record in RECORDS.values():
        section = page.partition(f"## {record.name}\n")[2].partition("\n## ")[0]
        assert section.count("\n| `") == len(record.fields)
