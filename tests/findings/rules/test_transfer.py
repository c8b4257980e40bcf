"""A transfer is a fact worth showing."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.findings.kit import case_of, codes, only, talk


def test_a_blind_one() -> None:
    found = only(xivolab.open(ROOT / "captures/blind-transfer"))

    assert (found["code"], found["severity"]) == ("transfer", "info")
    assert str(found["summary"]).startswith("bob transferred the call")


def test_cel_alone_tells_it_too() -> None:
    assert "transfer" in codes(xivolab.open(ROOT / "sample_logs/blind-transfer/cel.csv"))


def test_none(tmp_path: Path) -> None:
    one, other, sound = talk()

    assert codes(case_of(tmp_path, one, other, packets=sound)) == []
