"""Media before the answer."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, dialling, only
from tests.sip.flow import sdp


def test_a_183_with_media(tmp_path: Path) -> None:
    leg = dialling().invite(0).reply(0.2, 183, body=sdp("10.0.0.9", 5000, "8")).reply(9, 486).ack(9.1)

    assert sorted(codes(case_of(tmp_path, leg))) == ["callee-busy", "early-media"]


def test_a_180_without(tmp_path: Path) -> None:
    assert only(case_of(tmp_path, dialling().invite(0).reply(0.2, 180).reply(9, 486).ack(9.1)))["code"] == "callee-busy"
