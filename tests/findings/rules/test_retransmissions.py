"""Messages that had to be repeated."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, dialling, only


def test_three_sendings(tmp_path: Path) -> None:
    leg = dialling().invite(0).again(0.5, 0).again(1.5, 0).reply(1.6, 486).ack(1.7)
    case = case_of(tmp_path, leg)

    assert codes(case) == ["retransmissions", "callee-busy"]


def test_two_are_everyday(tmp_path: Path) -> None:
    leg = dialling().invite(0).again(0.5, 0).reply(0.6, 486).ack(0.7)

    assert only(case_of(tmp_path, leg))["code"] == "callee-busy"
