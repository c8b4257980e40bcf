"""A server that is short of something."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, logged, only


def test_the_log_says_so(tmp_path: Path) -> None:
    case = case_of(tmp_path, log=logged("file.c: Unable to write frame: No space left on device", of_call=False))

    found = only(case)

    assert (found["code"], found["severity"]) == ("server-resource", "error")
    assert found["evidence"][0]["line"] == 3
    assert bool(found["call"]) is False


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert (
        codes(case_of(tmp_path, log=logged("app_voicemail.c: There is space left on the device", of_call=False))) == []
    )
