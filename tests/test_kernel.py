"""Where compiled code is kept, so that no stale code is ever run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from xivolab import _kernel

PACKAGE = Path(_kernel.__file__).parent


def test_every_module_with_a_kernel_is_in_the_list() -> None:
    """A change in one that is missing would run the old code."""
    decorated = {
        ".".join(["xivolab", *path.relative_to(PACKAGE).with_suffix("").parts])
        for path in PACKAGE.rglob("*.py")
        if re.search(r"^@(kernel|helper)\b", path.read_text(), re.MULTILINE)
    }
    assert decorated <= set(_kernel.KERNEL_MODULES)


def test_the_list_names_modules_that_exist_once_each() -> None:
    assert all(path.is_file() for path in _kernel._sources())
    assert len(set(_kernel.KERNEL_MODULES)) == len(_kernel.KERNEL_MODULES)


def test_another_source_is_another_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = tmp_path / "kernel.py"
    monkeypatch.setattr(_kernel, "_sources", lambda: [source])
    source.write_text("a")
    before = _kernel.cache_folder()
    source.write_text("b")
    assert _kernel.cache_folder() != before


def test_bounds_checks_have_a_folder_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _kernel.cache_folder()
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1")
    assert _kernel.cache_folder() != before


def test_the_user_chooses_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XIVOLAB_CACHE", str(tmp_path))
    assert _kernel.cache_folder().parent == tmp_path
    monkeypatch.delenv("XIVOLAB_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert _kernel.cache_folder().parent == tmp_path / "xivolab"


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    code = (
        "import numpy as np; from xivolab.net.endpoints import Endpoints;"
        "print(Endpoints().numbers(['10.0.0.1'], np.zeros(1, np.int64), np.array([5060]))[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"XIVOLAB_CACHE": str(blocked)},
    )
    assert (done.returncode, done.stdout.strip()) == (0, "0"), done.stderr
