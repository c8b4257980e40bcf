"""`xivolab traffic`: tables, filters, pictures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.terminal import Run
from tests.work.traffic_made import MadeAttempt, call_packets, case_of, register
from xivolab.cli.traffic import seconds
from xivolab.errors import UsageError
from xivolab.json_schema import json_schema
from xivolab.schema import WORK_RECORDS


@pytest.fixture
def capture(tmp_path: Path) -> str:
    """Three calls of two phones a minute apart, one refused, and a registration."""
    made = [
        MadeAttempt(0, challenged=True),
        MadeAttempt(60, host="10.0.0.12", status=486, user="1003"),
        MadeAttempt(120, host="10.0.0.12"),
    ]
    packets = [packet for n, one in enumerate(made) for packet in call_packets(n, one)]
    case_of(tmp_path, [*packets, *register(1, 5, [401, 200])])
    return str(tmp_path / "made.pcap")


@pytest.mark.parametrize("table", ["summary", "series", "by"])
def test_records_are_those_of_the_schema(table: str, run: Run, capture: str) -> None:
    records = json.loads(run("traffic", capture, "--table", table, "--json").out, parse_constant=pytest.fail)
    record = next(record for record in WORK_RECORDS.values() if record.command == f"traffic --table {table}")
    jsonschema.validate(records, {"type": "array", "items": json_schema(record)})
    ids = [row["id"] for row in records]
    assert ids
    assert len(set(ids)) == len(ids)


def figures(run: Run, *words: str) -> dict[str, Any]:
    (record,) = json.loads(run("traffic", *words, "--json").out)
    return dict(record)


def test_the_summary_is_what_programs_get_first(run: Run, capture: str) -> None:
    found = figures(run, capture)
    assert (found["calls"], found["calls_answered"], found["registrations"]) == (3, 2, 1)
    header = json.loads(run("traffic", capture, "--jsonl").out.splitlines()[0])
    assert header["header"] == "traffic"


def test_csv_has_one_line_for_each_interval(run: Run, capture: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("traffic", capture, "--table", "series", "--every", "1m", "--csv").out)))
    assert [row["calls"] for row in rows] == ["1", "1", "1"] or sum(int(row["calls"]) for row in rows) == 3
    assert {row["interval_s"] for row in rows} == {"60.0"}


@pytest.mark.parametrize(
    ("words", "calls", "registrations"),
    [
        (["--host", "10.0.0.12"], 2, 0),
        (["--host", "10.0.0.11"], 1, 1),
        (["--status", "486"], 1, 0),
        (["--state", "busy"], 1, 0),
        (["--where", "talk_s > 5"], 2, 0),
        (["--number", "1003"], 1, 0),
        (["--since", "22:13:50", "--tz", "UTC"], 2, 0),
        (["--until", "22:13:50", "--tz", "UTC"], 1, 1),
    ],
)
def test_filters(words: list[str], calls: int, registrations: int, run: Run, capture: str) -> None:
    found = figures(run, capture, *words)
    assert (found["calls"], found["registrations"]) == (calls, registrations)


def test_people_read_figures_and_plots_in_80_columns(run: Run, capture: str) -> None:
    ran = run("traffic", capture, "--lang", "fr", "--tz", "UTC")
    assert ran.status == 0
    assert "Appels par seconde" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("table", ["series", "by"])
def test_and_tables(table: str, run: Run, capture: str) -> None:
    lines = run("traffic", capture, "--table", table).out.splitlines()
    assert "Calls" in lines[0]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("suffix", [".svg", ".html", ".png", ".txt"])
def test_a_file_gets_the_picture_its_name_asks_for(run: Run, capture: str, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"traffic{suffix}"
    ran = run("traffic", capture, "-o", str(path))
    assert (ran.status, ran.out) == (0, "")
    assert path.stat().st_size > 500


@pytest.mark.parametrize(
    ("text", "length"),
    [("10", 10), ("10s", 10), ("250ms", 0.25), ("5m", 300), ("5min", 300), ("1h", 3600), ("1d", 86400)],
)
def test_lengths_of_time(text: str, length: float) -> None:
    assert seconds(text) == length


@pytest.mark.parametrize("text", ["", "s", "-1s", "1y", "1e9s", "١s"])
def test_what_is_no_length_of_time(text: str) -> None:
    with pytest.raises(UsageError, match="no length of time"):
        seconds(text)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--table", "all"], "no table 'all'"),
        (["--every", "1y"], "'1y' is no length of time"),
        (["--every", "0s"], "an interval of a millisecond or more is needed"),
        (["-o", "x.gif"], "cannot draw into such a file"),
        (["--json", "--csv"], "one format at a time"),
    ],
)
def test_wrong_use_is_told_in_a_line(words: list[str], told: str, run: Run, capture: str) -> None:
    ran = run("traffic", capture, *words)
    assert ran.status == 2
    assert told in ran.err
    assert ran.err.count("\n") == 1
