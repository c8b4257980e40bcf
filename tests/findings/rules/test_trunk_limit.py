"""A peer with all its calls."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(
        tmp_path, log=logged("chan_sip.c: Call to peer 'trunk-op' rejected due to usage limit of 2", of_call=False)
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("trunk-limit", "warning")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is False


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert (
        codes(
            case_of(
                tmp_path, log=logged("chan_sip.c: Call to peer 'trunk-op' removed from call limit 2", of_call=False)
            )
        )
        == []
    )
