"""Logs of a server in their order, whatever their names."""

from __future__ import annotations

from pathlib import Path

from tests.asterisk.log.made import logs, written
from xivolab.asterisk.log.records import log_table


def day(month: str, number: int) -> str:
    return f"[{month} {number:2d} 10:00:00] NOTICE[1] a.c: {month} {number}\n"


def test_rotated_logs_are_put_in_order_by_their_times(tmp_path: Path) -> None:
    new = written(tmp_path, day("Jan", 2) + day("Jan", 3), "full")
    older = written(tmp_path, day("Dec", 30) + day("Jan", 1), "full.1")
    oldest = written(tmp_path, day("Dec", 28), "full.0")
    for given in ([new, older, oldest], [oldest, new, older]):
        table = log_table(logs(*given, year=2025))
        assert table["message"].tolist() == ["Dec 28", "Dec 30", "Jan 1", "Jan 2", "Jan 3"]
        assert sorted(table["time"].tolist()) == table["time"].tolist()


def test_logs_of_one_folder_are_of_one_server(tmp_path: Path) -> None:
    one = written(tmp_path / "a", day("Nov", 2))
    other = written(tmp_path / "b", day("Nov", 1))
    made = logs(one, other)
    assert len({file.server for file in made.files}) == 2
    assert made.order == [0, 1]


def test_messages_that_asterisk_discarded_are_told(tmp_path: Path) -> None:
    lines = [
        "[Nov 23 07:51:49] WARNING[7] logger.c: ***: Log queue threshold (1000) exceeded.  Discarding new messages.",
        "[Nov 23 07:51:50] WARNING[7] logger: ***: Logging resumed.  42 messages discarded.",
    ]
    problems = logs(written(tmp_path, "\n".join(lines) + "\n")).problems
    assert [(problem.place, problem.what[:42]) for problem in problems] == [
        ("line 1", "Asterisk discarded the following messages:"),
        ("line 2", "Asterisk discarded 42 messages: its log qu"),
    ]
