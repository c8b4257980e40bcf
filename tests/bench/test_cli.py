"""The bench's commands, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from xivolab.bench.cli import register
from xivolab.bench.scenarios import list_scenarios
from xivolab.errors import UsageError


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    register(app)
    return app


def test_the_scenarios_are_listed(app: typer.Typer) -> None:
    output = CliRunner().invoke(app, ["scenarios"]).output

    assert [line.split()[0] for line in output.splitlines()] == [scenario.name for scenario in list_scenarios()]


def test_a_recording_is_asked_for_by_name(app: typer.Typer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[list[str], Path, bool]] = []

    def record(names: list[str], out: Path, *, samples: bool, on_progress: object) -> list[Path]:
        asked.append((names, out, samples))
        return [out / name for name in names]

    monkeypatch.setattr("xivolab.bench.recorder.record", record)

    result = CliRunner().invoke(app, ["record", "busy", "-o", str(tmp_path)])

    assert asked == [(["busy"], tmp_path, False)]
    assert result.output.splitlines() == [str(tmp_path / "busy")]


def test_without_a_name_the_remedy_is_told(app: typer.Typer) -> None:
    error = CliRunner().invoke(app, ["record"]).exception

    assert isinstance(error, UsageError)
    assert "--all" in error.remedy
