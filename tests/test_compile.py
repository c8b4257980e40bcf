"""One library of all kernels, made once however many ask for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from xivolab import _compile, _native
from xivolab._kernel import Kernel


def test_two_processes_at_once_make_one_library(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "xivolab._compile"]
    env = os.environ | {"XIVOLAB_CACHE": str(tmp_path)}
    both = [subprocess.Popen(command, env=env, stderr=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate()[1] for process in both] == [b"", b""]
    assert [process.returncode for process in both] == [0, 0]
    (folder,) = tmp_path.iterdir()
    assert sum(path.suffix in (".so", ".o") for path in folder.iterdir()) == 1
    assert not list(folder.glob(".*"))
    assert _native.load(folder)


def test_a_folder_that_cannot_be_written_is_told_in_a_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    done = subprocess.run(
        [sys.executable, "-m", "xivolab._compile"],
        env=os.environ | {"XIVOLAB_CACHE": str(blocked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("the compiled kernels cannot be kept: ")
    assert done.stderr.count("\n") == 1


def test_without_a_linker_there_is_object_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert _compile.link(b"") is None


def test_a_linker_that_fails_is_as_none() -> None:
    assert _compile.link(b"no object code") is None


def test_what_cannot_be_returned_is_told() -> None:
    def strange(numbers: object) -> object:
        return numbers

    with pytest.raises(TypeError, match="strange returns"):
        _compile.compiled({Kernel(strange): [np.zeros(1)]})  # type: ignore[arg-type]
