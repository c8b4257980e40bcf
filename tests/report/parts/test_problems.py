"""What could not be read is told with its place."""

from __future__ import annotations

from tests.report.made_case import made_report, problem


def test_problems_are_told_with_their_place() -> None:
    block = made_report(problems=[problem()]).problems()
    assert block is not None
    assert "a.pcap: byte 24: cut" in block.body
    assert made_report().problems() is None
