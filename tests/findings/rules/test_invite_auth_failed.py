"""Calls whose credentials are missing or refused."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, dialling, only

CHALLENGE = 'WWW-Authenticate: Digest realm="asterisk", nonce="1"'
ANSWER = 'Authorization: Digest username="alice", realm="asterisk", nonce="1", uri="sip:x", response="0123456789abcdef"'


def test_credentials_that_are_refused(tmp_path: Path) -> None:
    leg = dialling().invite(0).reply(0.1, 401, headers=CHALLENGE).ack(0.11)
    leg.invite(0.2, headers=ANSWER).reply(0.3, 401, headers=CHALLENGE).ack(0.31)

    found = only(case_of(tmp_path, leg))

    assert (found["code"], found["severity"]) == ("invite-auth-failed", "error")
    assert "not accepted" in str(found["summary"])


def test_credentials_that_are_forbidden(tmp_path: Path) -> None:
    leg = dialling().invite(0).reply(0.1, 401, headers=CHALLENGE).ack(0.11)
    leg.invite(0.2, headers=ANSWER).reply(0.3, 403).ack(0.31)

    assert codes(case_of(tmp_path, leg)) == ["invite-auth-failed"]


def test_no_credentials_at_all(tmp_path: Path) -> None:
    found = only(case_of(tmp_path, dialling().invite(0).reply(0.1, 401, headers=CHALLENGE).ack(0.11)))

    assert "got no further than the challenge" in str(found["summary"])


def test_a_challenge_that_is_met(tmp_path: Path) -> None:
    leg = dialling().invite(0).reply(0.1, 401, headers=CHALLENGE).ack(0.11)
    leg.invite(0.2, headers=ANSWER).reply(0.3, 486).ack(0.31)

    assert codes(case_of(tmp_path, leg)) == ["callee-busy"]
