"""A log that is not whole."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(
        tmp_path, log=logged("logger.c: Log queue threshold (1000) exceeded.  Discarding new messages.", of_call=False)
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("log-messages-lost", "warning")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is False


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, log=logged("logger.c: Logger queue threshold is 1000", of_call=False))) == []
