from __future__ import annotations

from typing import Any

import pytest

from tests.cli.cases import NOON, table
from xivolab.calls.journal import find_rows, queries
from xivolab.errors import UsageError


def journal(*rows: dict[str, Any]) -> Any:
    return table("journal", *rows)


ROWS = journal(
    {"id": "a", "date": NOON, "source_exten": "1001", "destination_exten": "0470123456", "number": 65},
    {
        "id": "b",
        "date": NOON + 3600 * 10**9,
        "source_exten": "1002",
        "destination_exten": "1001",
        "linkedid": "17'95.1",
    },
    {"id": "c", "date": None, "source_exten": "1003", "linkedid": "1795.2"},
)


@pytest.mark.parametrize(
    ("around", "number", "found"),
    [
        ("", "", "abc"),
        ("2026-11-23T13:03", "", "a"),
        ("2026-11-23 13:03:00", "1001", "a"),
        ("2026-11-23T14:10", "", ""),
        ("2026-11-23T14:04:59", "1001", "b"),
        ("", "+32470123456", "a"),
        ("1795435200", "", "a"),
    ],
)
def test_a_call_by_approximate_time_and_number(around: str, number: str, found: str) -> None:
    assert "".join(find_rows(ROWS, around, number, "Europe/Paris")["id"].tolist()) == found


def test_what_is_not_a_time_is_told() -> None:
    with pytest.raises(UsageError, match="not a time"):
        find_rows(ROWS, "noon")


def test_the_queries_that_find_the_same() -> None:
    assert queries(ROWS, "Europe/Paris") == [
        "select * from call_log where date between '2026-11-23 12:59:59' and '2026-11-23 13:00:01';",
        "select * from cel where call_log_id = 65 order by eventtime, id;",
        "select * from call_log where date between '2026-11-23 13:59:59' and '2026-11-23 14:00:01';",
        "select * from cel where linkedid = '17''95.1' order by eventtime, id;",
        "select * from cel where linkedid = '1795.2' order by eventtime, id;",
    ]
