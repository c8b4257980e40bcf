"""`make setup`: what it decides. That it works is shown by the tests being run at all."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from xivolab.errors import MissingToolError
from xivolab.machine import setup

ROOT = Path(__file__).parents[2]


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """A machine with an empty `.venv`, where commands are noted and not run."""
    noted: list[list[str]] = []

    def run(command: list[Any], **options: Any) -> subprocess.CompletedProcess[str]:
        noted.append([str(word) for word in command])
        return subprocess.CompletedProcess(command, 0)

    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(subprocess, "run", run)
    return noted


def test_it_runs_before_anything_is_installed() -> None:
    """With -S there are no site-packages, as on a machine that was never set up."""
    code = "import sys; sys.path.insert(0, '.'); import xivolab.machine.setup"
    subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, check=True)


def test_the_second_time_it_does_nothing(commands: list[list[str]]) -> None:
    setup.install_packages()
    setup.compile_kernels()
    first = len(commands)
    assert first >= 3
    setup.install_packages()
    setup.compile_kernels()
    assert len(commands) == first


def test_packages_are_installed_again_when_the_lock_changes(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    setup.install_packages()
    lock = tmp_path / "requirements.lock"
    lock.write_text("numpy==2.0.0\n")
    monkeypatch.setattr(setup, "LOCK", lock)
    before = len(commands)
    setup.install_packages()
    assert len(commands) > before


def test_root_on_debian_gets_the_programs(commands: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "is_debian_root", lambda: True)
    monkeypatch.setenv("PATH", "")
    setup.install_programs("demo")
    assert commands == [
        ["apt-get", "-qq", "-y", "update"],
        ["apt-get", "-qq", "-y", "install", "--no-install-recommends", "tshark"],
    ]


def test_others_are_told_in_one_line(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "is_debian_root", lambda: False)
    monkeypatch.setenv("PATH", "")
    setup.install_programs("test")
    told = capsys.readouterr().out
    assert commands == []
    assert told.count("\n") == 1
    assert told.endswith(
        "apt-get install --no-install-recommends tshark chromium podman runc netavark iptables postgresql debootstrap\n"
    )


def test_a_python_without_ensurepip_is_told(commands: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "is_debian_root", lambda: False)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingToolError, match=r"apt-get install python3\.\d+-venv"):
        setup.make_venv()


def test_the_lock_holds_every_requirement_at_a_version_that_fits() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for extra in project["project"]["optional-dependencies"].values():
        wanted += extra
    pins = (line.partition("==") for line in (ROOT / "requirements.lock").read_text().splitlines())
    lock = {canonicalize_name(name): version for name, _, version in pins}
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(lock[canonicalize_name(requirement.name)]), requirement
