"""A handshake that fails."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        log=logged(
            "pjproject: <?>: SSL SSL_ERROR_SSL (Handshake): Level: 0 err: <167772294> <SSL routines-(null)-certificate verify failed> len: 0 peer: 10.0.0.1:40002",
            of_call=False,
        ),
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("tls-failed", "error")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is False


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert (
        codes(case_of(tmp_path, log=logged("pjproject: <?>: TLS connection established with 10.0.0.1", of_call=False)))
        == []
    )
