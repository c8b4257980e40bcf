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

pytestmark = pytest.mark.slow


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


def test_the_wheel_carries_notebooks_and_labs_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "xivolab/_data/notebooks/report.ipynb" in names
    assert any(name.startswith("xivolab/_data/labs/") for name in names)
    assert "xivolab/py.typed" in names
    assert not any(name.startswith(("tests", "captures")) or "__pycache__" in name for name in names)


def test_it_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """One test, because installing the dependencies (in the locked versions) is what takes long."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    pip = [tmp_path / "venv" / "bin" / "python", "-m", "pip", "install", "-qq", "--no-compile"]
    subprocess.run([*pip, "-c", ROOT / "requirements.lock", wheel], check=True, capture_output=True)
    xivolab = tmp_path / "venv" / "bin" / "xivolab"

    calls = json.loads(call(xivolab, "calls", CAPTURE, "--json", cwd=tmp_path))
    assert [c["state"] for c in calls] == ["completed"]

    call(xivolab, "report", CAPTURE, "-o", "out", cwd=tmp_path)
    assert "<svg" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")

    told = call(xivolab, "doctor", cwd=tmp_path)
    assert "pip install 'xivolab[bench]'" in told
