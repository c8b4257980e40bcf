"""The declarations of the records agree with themselves."""

from __future__ import annotations

import re

import pytest

from xivolab.schema import ALL_RECORDS, RECORDS, STATES, Record


@pytest.fixture(params=list(ALL_RECORDS))
def record(request: pytest.FixtureRequest) -> Record:
    return ALL_RECORDS[request.param]


def test_a_record_is_known_by_the_name_of_its_table() -> None:
    assert all(record.plural == name for name, record in ALL_RECORDS.items())


def test_fields_have_plain_names_each_once(record: Record) -> None:
    names = [field.name for field in record.fields]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)


def test_every_record_begins_with_its_id(record: Record) -> None:
    first = record.fields[0]
    assert (first.name, first.kind, first.null) == ("id", "str", False)


def test_lists_say_what_they_hold_and_nothing_else_does(record: Record) -> None:
    assert all(bool(field.items) == (field.kind == "list") for field in record.fields)


def test_units_stand_where_a_name_ends_in_one(record: Record) -> None:
    units = {"_per_s": "1/s", "kbit_s": "kbit/s", "_ms": "ms", "_s": "s", "_pct": "%"}
    for field in record.fields:
        ending = next((ending for ending in units if field.name.endswith(ending)), None)
        if ending:
            assert field.unit == units[ending], field.name


def test_states_are_those_of_calls_and_dialogs() -> None:
    assert RECORDS["calls"].field("state").values == STATES
    assert RECORDS["dialogs"].field("state").values == STATES


def test_an_unknown_field_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="moss"):
        RECORDS["streams"].field("moss")
