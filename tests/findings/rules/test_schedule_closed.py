"""A schedule that is closed, and one that is open."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        log=logged(
            'pbx.c: Executing [CLOSED@did:1] NoOp("PJSIP/knax1wql-00000001", "DID is out of schedule") in new stack'
        ),
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("schedule-closed", "info")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is True


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert (
        codes(
            case_of(
                tmp_path,
                log=logged('pbx.c: Executing [s@did:12] GotoIf("PJSIP/knax1wql-00000001", "0?CLOSED,1") in new stack'),
            )
        )
        == []
    )
