"""Damaged logs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fuzzing.logs import examine_log, log_case, main


def test_every_case_gives_tables_that_hold_what_they_promise(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cases", "40"]) == 0
    assert capsys.readouterr().out.startswith("40 cases, seed 1")


def test_a_number_is_a_case() -> None:
    assert log_case(random.Random("1:log:7")) == log_case(random.Random("1:log:7"))
    assert log_case(random.Random("1:log:7")) != log_case(random.Random("1:log:8"))


def test_a_failure_names_its_case(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(path: Path, *, deep: bool) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("fuzzing.logs.examine_log", broken)
    assert main(["--first", "3", "--cases", "1"]) == 1
    assert "case 3, seed 1" in capsys.readouterr().err


def test_what_is_no_log_is_refused_quietly(tmp_path: Path) -> None:
    (tmp_path / "full").write_bytes(b"\0" * 100)
    examine_log(tmp_path / "full")
