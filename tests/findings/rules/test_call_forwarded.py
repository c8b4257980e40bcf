"""A forward, and its absence."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        log=logged(
            'pbx.c: Executing [UNC@user:1] Set("PJSIP/knax1wql-00000001", "XIVO_FWD_TYPE=USER_UNC") in new stack'
        ),
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("call-forwarded", "info")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is True


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert (
        codes(
            case_of(
                tmp_path,
                log=logged(
                    'pbx.c: Executing [s@user:9] Set("PJSIP/knax1wql-00000001", "XIVO_FWD_REFERER=user:167") in new stack'
                ),
            )
        )
        == []
    )
