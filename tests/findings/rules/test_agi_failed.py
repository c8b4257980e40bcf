"""An AGI server that does not answer, and one that does."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        log=logged(
            "res_agi.c: FastAGI connection to 'agi://127.0.0.1/incoming_user_set_features' timed out after MAX_AGI_CONNECT (2000) milliseconds."
        ),
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("agi-failed", "error")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is True


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert (
        codes(
            case_of(
                tmp_path,
                log=logged(
                    "res_agi.c: agi://127.0.0.1/incoming_user_set_features: AGI handler 'incoming_user_set_features' successfully executed"
                ),
            )
        )
        == []
    )
