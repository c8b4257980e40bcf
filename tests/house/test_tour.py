"""The tour through the house is true: its examples run, and the files it names are there."""

from __future__ import annotations

import builtins
import doctest
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOUR = ROOT / "docs" / "tour.md"


@pytest.fixture
def prompt() -> Iterator[None]:
    """A Python prompt leaves its last value in `builtins._`, where IPython would take it for a function of gettext."""
    yield
    vars(builtins).pop("_", None)


@pytest.mark.usefixtures("prompt")
def test_its_examples_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    ran = doctest.testfile(str(TOUR), module_relative=False, encoding="utf-8")
    assert ran.attempted > 15
    assert ran.failed == 0


def test_the_files_it_names_are_there() -> None:
    named = set(re.findall(r"`([\w/]+\.py)`", TOUR.read_text(encoding="utf-8")))
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "xivolab").rglob("*.py")}
    assert len(named) > 30
    assert [name for name in named if not any(file == name or file.endswith(f"/{name}") for file in files)] == []
