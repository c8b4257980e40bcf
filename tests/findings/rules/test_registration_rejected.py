"""Registrations that are refused whatever the password."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, only
from tests.findings.rules.test_register_auth_failed import attempt, registering


def test_an_unknown_line(tmp_path: Path) -> None:
    found = only(case_of(tmp_path, attempt(registering(), 0, 404, answer=False)))

    assert (found["code"], found["severity"]) == ("registration-rejected", "error")
    assert "404 Reason" in str(found["summary"])


def test_an_interval_that_is_too_short_is_asked_again(tmp_path: Path) -> None:
    leg = attempt(attempt(registering(), 0, 423), 1, 200)

    assert codes(case_of(tmp_path, leg)) == []
