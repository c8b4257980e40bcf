"""What a machine says that it cannot deliver."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, dialling, only, packets_of
from xivolab.testing import ticmp


def test_nobody_listens(tmp_path: Path) -> None:
    leg = dialling().invite(0)

    found = only(case_of(tmp_path, leg, packets=[ticmp(packets_of(leg)[0], 0.001)]))

    assert (found["code"], found["severity"]) == ("icmp-unreachable", "warning")


def test_it_is_evidence_of_a_request_that_is_not_answered(tmp_path: Path) -> None:
    leg = dialling().invite(0).again(0.5, 0).again(1.5, 0).again(3.5, 0)
    errors = [ticmp(packet, at + 0.001) for packet, at in zip(packets_of(leg), (0, 0.5, 1.5, 3.5), strict=True)]

    assert codes(case_of(tmp_path, leg, packets=errors)) == ["request-unanswered"]


def test_after_the_end_it_means_nothing(tmp_path: Path) -> None:
    leg = dialling().invite(0).reply(0.1, 486).ack(0.2)

    assert codes(case_of(tmp_path, leg)) == ["callee-busy"]
