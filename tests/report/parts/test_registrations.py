"""Registrations, the refused ones first."""

from __future__ import annotations

from tests.report.made_case import made_report, registration


def test_refused_registrations_come_first() -> None:
    rows = [registration(), registration(id="2", aor="sip:<mallory>@pbx", accepted=0, rejected=2, last_status=403)]
    block = made_report("fr", registrations=rows).registrations()
    assert block is not None
    assert block.body.index("&lt;mallory&gt;") < block.body.index("sip:alice")
    assert "refusé" in block.body
    assert made_report().registrations() is None
