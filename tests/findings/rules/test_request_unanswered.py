"""Requests that nobody answers."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, dialling, only, talk


def test_an_invite_into_the_void(tmp_path: Path) -> None:
    leg = dialling().invite(0).again(0.5, 0).again(1.5, 0).again(3.5, 0).again(7.5, 0)

    found = only(case_of(tmp_path, leg))

    assert (found["code"], found["severity"]) == ("request-unanswered", "error")
    assert "sent 5 times in 8 s" in str(found["summary"])


def test_an_answer_in_the_end(tmp_path: Path) -> None:
    leg = dialling().invite(0).again(0.5, 0).again(1.5, 0).again(3.5, 0).reply(4, 100).reply(4.1, 486).ack(4.2)

    assert "request-unanswered" not in codes(case_of(tmp_path, leg))


def test_evidence_that_ends_too_early_to_tell(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, dialling().invite(0).again(0.5, 0))) == []


def test_an_answered_call(tmp_path: Path) -> None:
    one, other, sound = talk()

    assert codes(case_of(tmp_path, one, other, packets=sound)) == []
