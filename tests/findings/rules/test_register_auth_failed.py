"""Registrations with a wrong password, and healthy ones."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, only
from tests.findings.rules.test_invite_auth_failed import ANSWER, CHALLENGE
from tests.sip.flow import Leg


def registering() -> Leg:
    return Leg("10.0.0.1", "10.0.0.9", "alice", "alice", call_id="reg")


def attempt(leg: Leg, at: float, status: int, *, answer: bool = True, headers: str = "") -> Leg:
    leg.request(
        at, "REGISTER", in_dialog=False, headers=f"Contact: <sip:alice@10.0.0.1>\n{ANSWER if answer else ''}".strip()
    )
    return leg.reply(at + 0.01, status, "REGISTER", headers=headers)


def test_a_wrong_password(tmp_path: Path) -> None:
    leg = attempt(registering(), 0, 401, answer=False, headers=CHALLENGE)
    attempt(attempt(leg, 1, 401, headers=CHALLENGE), 2, 401, headers=CHALLENGE)

    found = only(case_of(tmp_path, leg))

    assert (found["code"], found["severity"], found["call"]) == ("register-auth-failed", "error", None)
    assert "refused 2 times (401)" in str(found["summary"])


def test_a_challenge_that_is_met(tmp_path: Path) -> None:
    leg = attempt(registering(), 0, 401, answer=False, headers=CHALLENGE)

    assert codes(case_of(tmp_path, attempt(leg, 1, 200))) == []


def test_a_stale_nonce(tmp_path: Path) -> None:
    leg = attempt(registering(), 0, 401, headers=CHALLENGE + ", stale=true")

    assert codes(case_of(tmp_path, attempt(leg, 1, 200))) == []


def test_one_that_succeeded_in_the_end(tmp_path: Path) -> None:
    leg = attempt(registering(), 0, 401, headers=CHALLENGE)

    assert codes(case_of(tmp_path, attempt(leg, 9, 200))) == []
