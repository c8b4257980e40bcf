"""The commands that print tables, run on a made-up case."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.captures import ROOT
from tests.cli.cases import FakeCase, table
from tests.terminal import Run
from xivolab.schema import RECORDS


def test_calls_for_people(run: Run, case: FakeCase) -> None:
    ran = run("calls", "x.pcap", "--tz", "UTC")
    heading, first, second, total = ran.out.splitlines()
    assert heading.split()[:5] == ["Start", "From", "To", "State", "Status"]
    assert first.split()[:5] == ["12:00:00", "1001", "1002", "completed", "200"]
    assert second.split()[:5] == ["13:00:00", "+32470123456", "1003", "failed", "503"]
    assert total == "2 calls: 1 completed, 1 failed; worst MOS 4.4"
    assert (ran.status, ran.err) == (0, "")


def test_calls_in_french(run: Run, case: FakeCase) -> None:
    ran = run("calls", "x.pcap", "--tz", "Europe/Paris", "--lang", "fr", "--state", "failed")
    heading, row, total = ran.out.splitlines()
    assert heading.split()[:4] == ["Début", "De", "Vers", "État"]
    assert row.split()[:4] == ["14:00:00", "+32470123456", "1003", "échoué"]
    assert total == "1 appel sur 2\u00a0: 1 échoué"


def test_json_is_a_list_of_records(run: Run, case: FakeCase) -> None:
    for name in RECORDS:
        records = json.loads(run(name, "x.pcap", "--json").out)
        assert records == list(case.table(name).records())


def test_json_lines_begin_with_a_header(run: Run, case: FakeCase) -> None:
    case.tables["problems"] = table("problems", {"file": "x.pcap", "what": "cut short", "severity": "warning"})
    ran = run("streams", "x.pcap", "--jsonl", "--tz", "UTC")
    header, *records = map(json.loads, ran.out.splitlines())
    assert header["header"] == "stream"
    assert header["time_zone"] == "UTC"
    assert header["problems"][0]["what"] == "cut short"
    assert [record["id"] for record in records] == ["s1", "s2"]


def test_csv_has_the_fields_of_the_schema(run: Run, case: FakeCase) -> None:
    heading, *rows = csv.reader(io.StringIO(run("quality", "x.pcap", "--csv").out))
    assert heading == [field.name for field in RECORDS["quality"].fields]
    assert [row[0] for row in rows] == ["q1", "q2"]


def test_what_is_missing_is_told_beside_the_result(run: Run, case: FakeCase) -> None:
    cut = {"file": "x.pcap", "place": "byte 24", "what": "cut short", "remedy": "copy it again"}
    case.tables["problems"] = table(
        "problems", {**cut, "severity": "warning"}, {**cut, "what": "a note", "severity": "info"}
    )
    ran = run("calls", "x.pcap")
    assert ran.status == 0
    assert ran.err == "xivolab: x.pcap: byte 24: cut short; copy it again\n"


def test_problems_are_paragraphs_and_not_told_twice(run: Run, case: FakeCase) -> None:
    long = "what was wrong " * 10
    case.tables["problems"] = table(
        "problems", {"file": "x.pcap", "place": "byte 24", "what": long, "severity": "warning"}
    )
    ran = run("problems", "x.pcap")
    assert ran.out.startswith("x.pcap: byte 24\n  what was wrong")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert ran.err == ""


def test_one_format_at_a_time(run: Run, case: FakeCase) -> None:
    ran = run("calls", "x.pcap", "--json", "--csv")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "xivolab: --json --csv: one format at a time; choose one of them\n"


@pytest.mark.parametrize("name", RECORDS)
def test_help_has_examples_that_parse(name: str, run: Run, case: FakeCase) -> None:
    import shlex

    text = run(name, "--help").out
    examples = [line.strip() for line in text.partition("Examples:")[2].splitlines() if line.strip()]
    assert examples
    for example in examples:
        words = shlex.split(example.rpartition("| ")[2])
        assert words[0] == "xivolab"
        assert run(*words[1:]).status == 0, example


def test_the_log_of_one_call(run: Run) -> None:
    ran = run("log", str(ROOT / "sample_logs/blind-transfer/full"), "--call", "C-00000001", "--json")
    rows = json.loads(ran.out)
    assert ran.status == 0
    assert {row["log_id"] for row in rows} == {"C-00000001", None}
    assert any(row["message"].startswith("Executing [1003@default:1]") for row in rows)
