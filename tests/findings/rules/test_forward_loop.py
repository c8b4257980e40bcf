"""Forwards in a circle."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        log=logged(
            "app_dial.c: Cannot place outbound call from channel 'PJSIP/knax1wql-00000001'. Max forwards exceeded"
        ),
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("forward-loop", "error")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is True


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert (
        codes(
            case_of(
                tmp_path,
                log=logged('pbx.c: Executing [s@user:9] Set("PJSIP/knax1wql-00000001", "max_forwards=3") in new stack'),
            )
        )
        == []
    )
