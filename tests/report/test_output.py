"""The folder that reports go to is made, or it is said why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xivolab.errors import UsageError
from xivolab.report.output import output_folder


def test_it_is_made_with_those_above_it(tmp_path: Path) -> None:
    assert output_folder(tmp_path / "a" / "b").is_dir()
    assert output_folder(str(tmp_path / "a" / "b")).is_dir(), "and may be there already"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("")
    with pytest.raises(UsageError, match="reports: cannot be made: File exists; name another folder"):
        output_folder(tmp_path / "reports")


def test_one_that_is_write_protected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(UsageError, match="cannot be written to"):
        output_folder(tmp_path)
