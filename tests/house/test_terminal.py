"""The samples of the repository on an 80-column terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from xivolab.cli.main import status_of
from xivolab.schema import RECORDS

CASES = sorted(path.parent for path in (Path(__file__).parents[2] / "captures").glob("*/case.toml"))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_table_fits(
    case: Path, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for name in RECORDS:
        assert status_of([name, str(case), "--lang", lang]) == 0
        told = capsys.readouterr()
        lines = told.out.splitlines()
        assert lines
        assert max(map(cell_len, lines)) <= 80
        assert "\x1b" not in told.out  # no colours where nobody looks


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_ladder_fits(case: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import xivolab

    monkeypatch.setenv("COLUMNS", "80")
    for call in xivolab.open(case).call_list():
        assert status_of(["ladder", str(case), "--call", call.key]) == 0
        assert max(map(cell_len, capsys.readouterr().out.splitlines())) <= 80
