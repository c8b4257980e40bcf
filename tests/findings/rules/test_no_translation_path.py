"""Codecs between which there is no way, and between which there is."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(
        tmp_path, log=logged("channel.c: No path to translate from PJSIP/knax1wql-00000001 to PJSIP/v3aqjlse-00000002")
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("no-translation-path", "error")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is True


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, log=logged("translate.c: Codec translation path is 1 step long"))) == []
