"""Calls without any media, where it could have been seen and where not."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import answered, case_of, codes, dialled, dialling, only, talk


def silent() -> tuple:
    one = answered(dialling(call_id="c2"), 100, 100.2, 101)
    other = answered(dialled(call_id="d2"), 100.05, 100.15, 100.9)
    return one.bye(120), other.bye(120.1)


def test_silence_beside_a_call_that_is_heard(tmp_path: Path) -> None:
    one, other, sound = talk()

    found = only(case_of(tmp_path, one, other, *silent(), packets=sound))

    assert (found["code"], found["severity"]) == ("no-audio", "error")


def test_without_any_media_nothing_can_be_said(tmp_path: Path) -> None:
    case = case_of(tmp_path, *silent())

    assert codes(case) == []
    assert case.table("findings")["code"].tolist() == ["media-not-captured"]
