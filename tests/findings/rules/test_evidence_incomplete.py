"""A file that is not whole."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT

CLEAN = ROOT / "captures/clean-call/capture.pcap"


def test_a_capture_that_was_cut(tmp_path: Path) -> None:
    (tmp_path / "cut.pcap").write_bytes(CLEAN.read_bytes()[:-7])
    found = list(xivolab.open(tmp_path / "cut.pcap").table("findings").records())

    assert [(row["code"], row["severity"]) for row in found] == [("evidence-incomplete", "info")]
    assert found[0]["summary"].startswith("cut.pcap is not whole")


def test_a_whole_one() -> None:
    assert len(xivolab.open(CLEAN).table("findings")) == 0
