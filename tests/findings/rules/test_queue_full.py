"""A queue that is full."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(tmp_path, log=logged("pbx_builtins.c: Goto (queue,FULL,1)"))

    found = only(case)

    assert (found["code"], found["severity"]) == ("queue-full", "warning")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is True


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, log=logged("pbx_builtins.c: Goto (user,BUSY,1)"))) == []
