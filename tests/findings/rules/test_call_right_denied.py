"""A call right that says no, and one that says yes."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        log=logged(
            'pbx.c: Executing [deny@xivo-user_rights_check:1] NoOp("PJSIP/knax1wql-00000001", "User not allowed to make call") in new stack'
        ),
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("call-right-denied", "info")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is True


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert (
        codes(
            case_of(
                tmp_path,
                log=logged(
                    'pbx.c: Executing [allow@xivo-user_rights_check:1] NoOp("PJSIP/knax1wql-00000001", "User allowed to make call") in new stack'
                ),
            )
        )
        == []
    )
