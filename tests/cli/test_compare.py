"""`xivolab compare`: two captures, a table of the comparison, a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.captures import ROOT
from tests.terminal import Run
from xivolab.schema import COMPARE_RECORDS

FOLDER = ROOT / "captures" / "two-points-loss"
PHONE, PBX = str(FOLDER / "phone.pcap"), str(FOLDER / "pbx.pcap")


def test_says_what_was_lost_in_80_columns(run: Run) -> None:
    ran = run("compare", PHONE, PBX, "--width", "80")
    assert ran.status == 0
    assert "packets lost" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "perdus" in run("compare", PHONE, PBX, "--lang", "fr").out


def test_one_case_folder_holds_both_points(run: Run) -> None:
    assert run("compare", str(FOLDER)).out.startswith("A is pbx:eth0")


@pytest.mark.parametrize("table", COMPARE_RECORDS)
def test_every_table_for_programs_and_people(table: str, run: Run) -> None:
    rows = json.loads(run("compare", PHONE, PBX, "--table", table, "--json").out)
    assert len(rows) == len(run("compare", PHONE, PBX, "--table", table, "--csv").out.splitlines()) - 1
    lines = run("compare", PHONE, PBX, "--table", table, "--jsonl").out.splitlines()
    assert json.loads(lines[0])["header"] == COMPARE_RECORDS[table].name
    assert {Path(file["path"]).name for file in json.loads(lines[0])["files"]} == {"phone.pcap", "pbx.pcap"}
    assert len(lines) == len(rows) + 1
    if table != "rewrites":  # this call has none
        assert len(run("compare", PHONE, PBX, "--table", table).out.splitlines()) == len(rows) + 1


def test_json_without_a_table_is_that_of_calls(run: Run) -> None:
    assert json.loads(run("compare", PHONE, PBX, "--json").out)[0]["relation"] == "same"


def test_rows_of_one_call(run: Run) -> None:
    every = json.loads(run("compare", PHONE, PBX, "--table", "messages", "--json").out)
    ours = json.loads(run("compare", PHONE, PBX, "--table", "messages", "--json", "--call", "1002").out)
    assert 0 < len(ours) < len(every)
    assert {row["call"] for row in ours} == {ours[0]["call"]}


def test_rewriting_is_printed_in_full(run: Run) -> None:
    ran = run("compare", str(ROOT / "captures" / "two-points-sip-alg"), "--table", "rewrites", "--lang", "en")
    assert "    + <sip:alice-" in ran.out


def test_a_ladder_is_written(run: Run, tmp_path: Path) -> None:
    ran = run("compare", PHONE, PBX, "-o", str(tmp_path / "call.txt"))
    assert ran.status == 0
    assert ran.err == f"{tmp_path / 'call.txt'}\n"
    assert "●" in (tmp_path / "call.txt").read_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((PHONE,), "two captures are expected; give both: compare A B"),
        ((PHONE, PBX, PBX), "compare: 3 captures; give the captures of two points"),
        ((PHONE, "missing.pcap"), "missing.pcap: no such file"),
        ((PHONE, PBX, "-o", "call.doc"), "cannot draw into such a file"),
        ((PHONE, PBX, "--json", "--csv"), "one format at a time"),
        ((PHONE, PBX, "--call", "carol"), "no call matches 'carol'"),
        ((PHONE, PBX, "--table", "call"), "Invalid value"),
    ],
)
def test_wrong_usage_is_told_in_a_line(words: tuple[str, ...], told: str, run: Run) -> None:
    ran = run("compare", *words)
    assert ran.status == 2
    assert told in ran.err
    assert ran.err.count("\n") == 1
