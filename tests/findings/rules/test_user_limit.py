"""As many calls as a user may have, and fewer."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(
        tmp_path, log=logged('pbx.c: Executing [s@user:40] GotoIf("PJSIP/knax1wql-00000001", "1?BUSY,1") in new stack')
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("user-limit", "warning")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is True


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert (
        codes(
            case_of(
                tmp_path,
                log=logged('pbx.c: Executing [s@user:40] GotoIf("PJSIP/knax1wql-00000001", "0?BUSY,1") in new stack'),
            )
        )
        == []
    )
