"""Damaged CEL, journals and queue_log."""

from __future__ import annotations

import pytest

from fuzzing.cel import main, make_text


def test_cases_come_through(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cases", "150", "--seed", "7"]) == 0
    assert "150 cases, seed 7" in capsys.readouterr().out


def test_a_case_is_the_same_every_time_and_every_kind_is_there() -> None:
    assert make_text(3) == make_text(3) != make_text(4)
    assert {make_text(number)[0] for number in range(400)} == {"cel-csv", "cel-psql", "queue-log", "cdr-csv"}


def test_a_defect_is_told_with_its_case(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(kind: str, text: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("fuzzing.cel.examine_text", broken)
    with pytest.raises(ZeroDivisionError):
        main(["--cases", "1", "--first", "5"])
    assert "case 5, seed 1" in capsys.readouterr().err
