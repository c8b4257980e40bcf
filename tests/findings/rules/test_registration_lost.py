"""A registration that runs out, and one that is taken back."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        log=logged(
            "res_pjsip_registrar.c: Removed contact 'sip:knax1wql@10.0.0.1:5060' from AOR 'knax1wql' due to expiration",
            of_call=False,
        ),
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("registration-lost", "warning")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is False


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert (
        codes(
            case_of(
                tmp_path,
                log=logged(
                    "res_pjsip_registrar.c: Removed contact 'sip:knax1wql@10.0.0.1:5060' from AOR 'knax1wql' due to request",
                    of_call=False,
                ),
            )
        )
        == []
    )
