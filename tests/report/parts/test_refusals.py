"""Who was refused, in a report."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from xivolab.report import Report

REFUSED = (
    "[2026-03-01 10:00:0{n}] NOTICE[12] res_pjsip/pjsip_distributor.c: Request 'REGISTER' from '<sip:{n}<b@x>' failed for"
    " '192.0.2.4:5060' (callid: c@d) - No matching endpoint found\n"
)


def test_addresses_with_what_they_tried(tmp_path: Path) -> None:
    (tmp_path / "full").write_text("".join(REFUSED.format(n=n) for n in range(9)))
    block = Report(xivolab.open(tmp_path / "full", tz="UTC"), "fr").refusals()
    assert block is not None
    assert "Refusés par le serveur" in block.body
    assert "balayage" in block.body
    assert "0&lt;b" in block.body
    assert "…" in block.body, "not all accounts of a scan are listed"
    assert "192.0.2.4  9  No matching endpoint found" in block.text


def test_without_refusals_or_logs_there_is_nothing() -> None:
    assert Report(xivolab.open(ROOT / "sample_logs" / "clean-call" / "full")).refusals() is None
    assert Report(xivolab.open(ROOT / "captures" / "busy")).refusals() is None
