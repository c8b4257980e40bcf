"""`xivolab cli`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.captures import ROOT
from tests.terminal import Run

SAMPLE = str(ROOT / "sample_logs" / "trunk-call")
STATS = str(ROOT / "sample_logs" / "trunk-call" / "channelstats.txt")


def test_tables_for_people_fit_the_terminal(run: Run) -> None:
    ran = run("cli", SAMPLE)

    assert ran.status == 0
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "SIP endpoints (3)" in ran.out
    assert "no sign of RTCP from the phone" in ran.out


def test_in_french(run: Run) -> None:
    ran = run("cli", STATS, "--lang", "fr")

    assert "Compteurs média (2)" in ran.out
    assert "gigues croisées" in ran.out


def test_json_without_a_choice_is_an_object_of_tables(run: Run) -> None:
    found = json.loads(run("cli", SAMPLE, "--json").out)

    assert {"channelstats", "endpoints", "contacts", "channels", "servers"} <= set(found)
    assert [row["endpoint"] for row in found["endpoints"]] == ["alice", "bob", "operator"]


def test_one_table_is_a_list_chosen_by_name_or_command(run: Run) -> None:
    by_name = json.loads(run("cli", SAMPLE, "--table", "endpoints", "--json").out)
    by_command = json.loads(run("cli", SAMPLE, "--table", "pjsip list endpoints", "--json").out)
    unavailable = json.loads(run("cli", SAMPLE, "--table", "endpoints", "--where", "state = Unavailable", "--json").out)

    assert by_name == by_command
    assert [row["endpoint"] for row in unavailable] == ["bob"]


def test_json_lines_and_csv(run: Run) -> None:
    lines = [json.loads(line) for line in run("cli", SAMPLE, "--jsonl").out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(run("cli", STATS, "--csv").out)))

    assert "cli-endpoint" in [line.get("header") for line in lines]
    assert [row["channel"] for row in rows] == ["alice-00000000", "operator-00000001"]


def test_what_cannot_be_done_is_told(run: Run) -> None:
    assert "CSV holds one table" in run("cli", SAMPLE, "--csv").err
    assert "a test needs one table" in run("cli", SAMPLE, "--where", "state = Up").err
    assert "no table 'nonsense'" in run("cli", SAMPLE, "--table", "nonsense").err


def test_a_paste_without_any_output_says_so(run: Run, tmp_path: Path) -> None:
    paste = tmp_path / "mail.txt"
    paste.write_text("xivo*CLI> core show help\nnothing\n")

    assert "no output of Asterisk's console" in run("cli", str(paste)).out


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_table_can_be_shown(lang: str, run: Run) -> None:
    from xivolab.schema import CLI_RECORDS

    for name in CLI_RECORDS:
        assert run("cli", SAMPLE, "--table", name, "--lang", lang).status == 0
