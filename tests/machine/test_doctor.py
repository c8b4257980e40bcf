"""The checks of `xivolab doctor`, on a machine that lacks things."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from xivolab.machine.doctor import Check, checks


def found() -> dict[str, Check]:
    return {check.what: check for check in checks()}


def test_this_machine_can_run_the_tests() -> None:
    assert [check for check in found().values() if check.needed and not check.ok] == []


def test_a_program_that_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tshark = found()["tshark"]
    assert not tshark.ok
    assert not tshark.needed
    assert tshark.remedy == "apt-get install --no-install-recommends tshark"


def test_a_package_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.metadata.version

    def version(name: str) -> str:
        if name in ("papermill", "jupyterlab"):
            raise importlib.metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    core, notebook = found()["packages of xivolab"], found()["packages of xivolab[notebook]"]
    assert (core.ok, core.needed, core.found) == (False, True, "papermill missing")
    assert (notebook.ok, notebook.needed) == (False, False)
    assert notebook.remedy == "pip install 'xivolab[notebook]'"


def test_kernels_not_compiled_yet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XIVOLAB_CACHE", str(tmp_path))
    kernels = found()["kernel cache"]
    assert not kernels.ok
    assert str(tmp_path) in kernels.found
    assert "make setup" in kernels.remedy
