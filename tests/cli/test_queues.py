from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.asterisk.cel.queue_sample import LOG
from tests.terminal import Run


@pytest.fixture
def log(tmp_path: Path) -> str:
    (tmp_path / "queue_log").write_text(LOG)
    return str(tmp_path / "queue_log")


def test_a_picture_in_text(run: Run, log: str) -> None:
    ran = run("queues", log, "--tz", "UTC")
    assert ran.status == 0
    assert "queue support: 2/4 answered" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize(("table", "rows"), [("calls", 5), ("queues", 2), ("agents", 2), ("series", 75)])
def test_tables(run: Run, log: str, table: str, rows: int) -> None:
    words = ["queues", log, "--table", table, "--every", "1m"]
    assert len(json.loads(run(*words, "--json").out)) == rows
    assert len(run(*words).out.splitlines()) == rows + 1


def test_limits(run: Run, log: str) -> None:
    words = ["queues", log, "--table", "calls", "--tz", "UTC", "--json"]
    assert len(json.loads(run(*words, "--since", "08:00").out)) == 2
    assert len(json.loads(run(*words, "--until", "08:00", "--queue", "sales").out)) == 1


def test_into_a_file(run: Run, log: str, tmp_path: Path) -> None:
    assert run("queues", log, "-o", str(tmp_path / "q.svg"), "--lang", "fr").status == 0
    assert "Files d’attente" in (tmp_path / "q.svg").read_text()


@pytest.mark.parametrize("words", [["--table", "x"], ["-o", "x.doc"], ["--every", "x"], ["--within", "x"]])
def test_what_is_wrong_is_told(run: Run, log: str, words: list[str]) -> None:
    ran = run("queues", log, *words)
    assert ran.status == 2
    assert ran.err.count("\n") == 1


def test_lines_that_are_none_are_told(run: Run, log: str) -> None:
    Path(log).write_text(LOG + "half a li\n")
    assert "1 line is no event of queue_log" in run("queues", log).err
