"""The codes that scripts depend on are all there, each with one severity."""

from __future__ import annotations

from xivolab.findings.severity import ORDER, SEVERITY


def test_all_codes() -> None:
    assert len(SEVERITY) == 73
    assert set(SEVERITY.values()) == set(ORDER)


def test_some_that_are_settled() -> None:
    assert SEVERITY["one-way-audio"] == "error"
    assert SEVERITY["callee-busy"] == "info"
    assert SEVERITY["packet-loss"] == "warning"
