"""The command line run in this process, as in an English terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest


@dataclass
class Ran:
    """What a command left: its exit status, standard output and standard error."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `xivolab` with some words."""
    from xivolab.cli.main import status_of

    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "XIVOLAB_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def go(*words: str) -> Ran:
        capsys.readouterr()
        status = status_of(words)
        told = capsys.readouterr()
        return Ran(status, told.out, told.err)

    return go
