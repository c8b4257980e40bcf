"""The journal, the channels and the queues in a report."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.asterisk.cel.queue_sample import LOG
from tests.asterisk.cel.rows import ROOT
from xivolab.report import Report

CEL = ROOT / "sample_logs" / "blind-transfer" / "cel.csv"


def test_each_row_of_the_journal_unfolds_its_steps() -> None:
    block = Report(xivolab.open(CEL), "fr").journal()
    assert block is not None
    assert "<h2>Journal d&#x27;appels</h2>" in block.body
    assert "<summary>" in block.body
    assert "XiVO le prend pour l’appelé" in block.body
    assert "cel 1001 → 1002" in block.text


def test_rows_that_are_left_out_are_counted() -> None:
    case = xivolab.open(*(path for path in sorted(ROOT.glob("sample_logs/*/cel.csv")) if path.stat().st_size))
    block = Report(case).journal(at_most=5)
    assert block is not None
    assert f"{len(case.table('journal')) - 5} more rows." in block.body


def test_names_of_others_are_escaped(tmp_path: Path) -> None:
    (tmp_path / "cel.csv").write_text(CEL.read_text().replace("1001", "<b>1001"))
    report = Report(xivolab.open(tmp_path / "cel.csv"))
    for block in (report.journal(), report.channels()):
        assert block is not None
        assert "<b>1001" not in block.body


def test_the_channels_of_the_calls() -> None:
    block = Report(xivolab.open(CEL), "fr").channels()
    assert block is not None
    assert "Canaux et ponts" in block.body
    assert block.body.count("PJSIP/carol-00000002") >= 1


def test_without_such_evidence_there_is_nothing() -> None:
    report = Report(xivolab.open(ROOT / "captures" / "busy"))
    assert report.journal() is report.channels() is report.queues() is None


def test_the_queues(tmp_path: Path) -> None:
    (tmp_path / "queue_log").write_text(LOG)
    block = Report(xivolab.open(tmp_path / "queue_log")).queues()
    assert block is not None
    assert "queue support" in block.text
