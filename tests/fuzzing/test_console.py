"""Damaged pastes of the console, and damaged dialplans."""

from __future__ import annotations

import pytest

from fuzzing.console import examine_text, main, make_text


def test_every_case_gives_tables_that_hold_what_they_promise(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cases", "150"]) == 0
    assert capsys.readouterr().out.startswith("150 cases, seed 1")


def test_a_number_is_a_case() -> None:
    assert make_text(7) == make_text(7)
    assert make_text(7) != make_text(8)


def test_a_failure_names_its_case(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(text: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("fuzzing.console.examine_text", broken)
    with pytest.raises(ZeroDivisionError):
        main(["--first", "3", "--cases", "1"])
    assert "case 3, seed 1" in capsys.readouterr().err
    examine_text("nothing")
