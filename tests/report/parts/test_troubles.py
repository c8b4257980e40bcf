"""What the server complains about, in a report."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.asterisk.log.test_troubles import LOG
from tests.captures import ROOT
from xivolab.report import Report


def test_complaints_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "full").write_text(LOG.replace("No connection", "No <b>connection</b>"))
    report = Report(xivolab.open(tmp_path / "full", tz="UTC"), "fr")
    block = report.troubles()
    assert block is not None
    assert "Ce dont le serveur se plaint" in block.body
    assert "full:2" in block.body
    assert "No &lt;b&gt;connection" in block.body
    fewer = report.troubles(at_most=1)
    assert fewer is not None
    assert "1 autres lignes" in fewer.body


def test_a_capture_complains_about_nothing() -> None:
    assert Report(xivolab.open(ROOT / "captures" / "busy")).troubles() is None
