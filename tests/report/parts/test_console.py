"""The console in a report."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from xivolab.report import Report


def test_every_table_with_rows_and_what_its_figures_mean() -> None:
    block = Report(xivolab.open(ROOT / "sample_logs" / "console"), "fr").console()

    assert block is not None
    assert "<h2>Files d&#x27;attente (2)</h2>" in block.body
    assert "gigues croisées" in block.body
    assert "Carol Petit" in block.body
    assert "Terminaisons SIP: 13" in block.text


def test_nothing_pasted_is_no_part(tmp_path: Path) -> None:
    assert Report(xivolab.open(ROOT / "captures" / "busy")).console() is None


def test_what_was_pasted_is_escaped_and_long_tables_are_cut(tmp_path: Path) -> None:
    paste = tmp_path / "paste.txt"
    paste.write_text("\n".join(f" Endpoint:  <b>{n}  Not in use  0 of inf" for n in range(60)))
    block = Report(xivolab.open(paste, as_={str(paste): "cli"})).console(at_most=5)

    assert block is not None
    assert "<b>" not in block.body
    assert "&lt;b&gt;4" in block.body
    assert "&lt;b&gt;5" not in block.body
