"""The fact parking, told by CEL."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.findings.kit import codes

CEL = ROOT / "sample_logs/clean-call/cel.csv"


def test_cel_says_so(tmp_path: Path) -> None:
    text = CEL.read_text()
    (tmp_path / "cel.csv").write_text(text.replace("APP_START", "PARK_START", 1))

    assert codes(xivolab.open(tmp_path / "cel.csv")) == ["parking"]


def test_a_plain_call() -> None:
    assert codes(xivolab.open(CEL)) == []
