"""A name that nobody knows."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(tmp_path, log=logged("acl.c: Unable to lookup 'sip.operator.example'", of_call=False))

    found = only(case)

    assert (found["code"], found["severity"]) == ("dns-failed", "error")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is False


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, log=logged("dns_core.c: Resolved sip.operator.example", of_call=False))) == []
