"""The wheel, installed with its dependencies in an empty environment, works from another folder."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CAPTURE = ROOT / "captures" / "clean-call"

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]  # one worker installs it, once


def call(*command: str | Path, cwd: Path) -> str:
    """Run a program, with nothing of this environment; its standard output."""
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(cwd), "LANG": "C.UTF-8"}
    ran = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    subprocess.run(pip, check=True, capture_output=True)
    return next(folder.glob("xivolab-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel, its dependencies in the locked versions, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    pip = [folder / "venv" / "bin" / "python", "-m", "pip", "install", "-qq", "--no-compile"]
    subprocess.run([*pip, "-c", ROOT / "requirements.lock", wheel], check=True, capture_output=True)
    return folder / "venv" / "bin"


def test_the_wheel_carries_notebooks_and_labs_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "xivolab/_data/notebooks/report.ipynb" in names
    assert any(name.startswith("xivolab/_data/labs/") for name in names)
    assert "xivolab/py.typed" in names
    assert not any(name.startswith(("tests", "captures")) or "__pycache__" in name for name in names)


def test_calls_from_another_folder(installed: Path, tmp_path: Path) -> None:
    calls = json.loads(call(installed / "xivolab", "calls", CAPTURE, "--json", cwd=tmp_path))
    assert [c["state"] for c in calls] == ["completed"]


def test_report_from_another_folder(installed: Path, tmp_path: Path) -> None:
    call(installed / "xivolab", "report", CAPTURE, "-o", "out", cwd=tmp_path)
    assert "<svg" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_lab_command_says_which_extra_it_needs(installed: Path, tmp_path: Path) -> None:
    told = call(installed / "xivolab", "doctor", cwd=tmp_path)
    assert "missing packages of xivolab[bench]" in told
    assert "pip install 'xivolab[bench]'" in told
