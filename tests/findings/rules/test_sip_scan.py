"""Scanners, and what looks like one."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.findings.kit import case_of, codes
from tests.findings.rules.test_register_auth_failed import attempt
from tests.sip.flow import Leg


def trying(users: list[str], status: int) -> list[Leg]:
    legs = [Leg("203.0.113.9", "10.0.0.9", user, user, call_id=f"reg-{user}") for user in users]
    return [attempt(leg, n, status, answer=False) for n, leg in enumerate(legs)]


def test_six_accounts_are_one_finding(tmp_path: Path) -> None:
    case = case_of(tmp_path, *trying(["100", "101", "102", "103", "104", "105"], 403))
    found = list(case.table("findings").records())

    assert [(row["code"], row["severity"], row["call"]) for row in found] == [("sip-scan", "warning", None)]
    assert "6 in vain (100, 101, 102, 103 …)" in found[0]["summary"]
    assert "203.0.113.9" in found[0]["remedy"]


def test_two_accounts_are_mistakes(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, *trying(["100", "101"], 403))) == ["registration-rejected"] * 2


def test_many_phones_behind_one_address(tmp_path: Path) -> None:
    """A site whose phones all register, after the challenge that each gets first."""
    assert codes(case_of(tmp_path, *trying(["100", "101", "102", "103", "104", "105"], 200))) == []


def test_a_real_one_out_of_the_log_alone() -> None:
    found = xivolab.open(ROOT / "sample_logs/scan/security").table("findings")

    assert [code for code in found["code"].tolist() if code == "sip-scan"] == ["sip-scan"]
