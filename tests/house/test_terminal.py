"""The samples of the repository on an 80-column terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

import xivolab
from tests.terminal import Run
from xivolab.schema import RECORDS

CASES = sorted(path.parent for path in (Path(__file__).parents[2] / "captures").glob("*/case.toml"))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_table_fits(case: Path, lang: str, run: Run) -> None:
    for name in RECORDS:
        ran = run(name, str(case), "--lang", lang)
        assert ran.status == 0
        assert max(map(cell_len, ran.out.splitlines())) <= 80
        assert "\x1b" not in ran.out  # no colours where nobody looks


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_ladder_fits(case: Path, run: Run) -> None:
    for call in xivolab.open(case).call_list():
        ran = run("ladder", str(case), "--call", call.key)
        assert ran.status == 0
        assert max(map(cell_len, ran.out.splitlines())) <= 80
