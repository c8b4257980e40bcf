"""What a call is pointed out for, in words."""

from __future__ import annotations

from tests.report.made_case import call, made_report, talk
from xivolab.report.parts.remarks import remarks
from xivolab.testing import BOB, PBX


def test_remarks_name_hosts_and_figures() -> None:
    report = made_report(
        "fr", calls=[call(streams=[0, 1])], streams=[*talk((BOB, PBX), lost_pct=5.04), *talk((PBX, BOB))]
    )
    assert remarks(report, report.ranked[0]) == [f"5,0\xa0% de perte {BOB}:4000 → {PBX}:4000"]
