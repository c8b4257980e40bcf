"""What a call is pointed out for, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xivolab.report.concerns import Remark
from xivolab.report.ranking import Ranked

if TYPE_CHECKING:
    from xivolab.report.report import Report

_DIGITS = {"packet-loss": 1, "high-jitter": 0, "low-mos": 2}


def remarks(report: Report, ranked: Ranked) -> list[str]:
    """One short phrase per remark."""
    return [_phrase(report, remark) for remark in ranked.remarks]


def _phrase(report: Report, remark: Remark) -> str:
    value = report.words.number(remark.value, _DIGITS.get(remark.code, 0))
    return report.words(f"remark-{remark.code}", value=value, src=report.end(remark.src), dst=report.end(remark.dst))
