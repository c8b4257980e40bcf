"""Findings: what is wrong with a call, why, and what to do, with the proof. One file per code in `rules/`."""

from __future__ import annotations

from xivolab.findings.find import find, finding_table, spotter, with_codes
from xivolab.findings.finding import Finding, Proof

__all__ = ["Finding", "Proof", "find", "finding_table", "spotter", "with_codes"]
