from __future__ import annotations

from xivolab.asterisk.cel.psql_table import known, of_records, value


def test_records_that_lack_a_column() -> None:
    table = of_records([(3, {"id": "1", "eventtype": "HANGUP"}), (7, {"id": "2", "extra": "(null)"})])
    assert table is not None
    assert table.columns == ["id", "eventtype", "extra"]
    assert list(table.dicts()) == [
        (3, {"id": "1", "eventtype": "HANGUP", "extra": ""}),
        (7, {"id": "2", "eventtype": "", "extra": ""}),
    ]


def test_names_of_others_are_no_table() -> None:
    assert of_records([(1, {"first": "1", "second": "2", "id": "3"})]) is None
    assert of_records([]) is None
    assert known(["id", "date"])


def test_nulls() -> None:
    assert [value(text) for text in (" x ", "(null)", "\\N", "")] == ["x", "", "", ""]
