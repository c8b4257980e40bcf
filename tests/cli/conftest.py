"""The command line run in this process, on a made-up case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.cli.cases import FakeCase, two_calls
from xivolab.cli.main import status_of


@dataclass
class Ran:
    """What a command left."""

    status: int
    out: str
    err: str


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> FakeCase:
    """The case that `xivolab.open` gives, whatever evidence is named."""
    made = two_calls()
    monkeypatch.setattr("xivolab.open", lambda *evidence, **options: made)
    return made


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs `xivolab` with some words, in English and in an 80-column world."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "XIVOLAB_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def go(*words: str) -> Ran:
        status = status_of(words)
        told = capsys.readouterr()
        return Ran(status, told.out, told.err)

    return go
