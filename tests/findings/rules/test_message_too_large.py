"""Requests too long for a packet that get no answer."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, dialling, only
from tests.sip.flow import Leg


def unanswered(padding: int) -> list[Leg]:
    options = Leg("10.0.0.1", "10.0.0.9", call_id="o").request(0, "OPTIONS", in_dialog=False).reply(0.1, 200, "OPTIONS")
    leg = dialling().invite(1, headers="X-Long: " + "x" * padding)
    for at in (1.5, 2.5, 4.5, 8.5):
        leg.again(at, 0)
    return [options, leg]


def test_a_long_one(tmp_path: Path) -> None:
    found = only(case_of(tmp_path, *unanswered(1500)))

    assert (found["code"], found["severity"]) == ("message-too-large", "warning")


def test_a_short_one(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, *unanswered(10))) == ["request-unanswered"]
