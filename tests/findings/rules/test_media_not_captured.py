"""A capture of the signalling alone."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.findings.kit import case_of, talk


def test_signalling_alone(tmp_path: Path) -> None:
    one, other, _ = talk()
    found = list(case_of(tmp_path, one, other).table("findings").records())

    assert [(row["code"], row["severity"]) for row in found] == [("media-not-captured", "info")]


def test_with_its_media(tmp_path: Path) -> None:
    one, other, sound = talk()

    assert len(case_of(tmp_path, one, other, packets=sound).table("findings")) == 0


def test_media_that_goes_past_the_capture_point() -> None:
    """Several captures opened together: phones that talk directly are heard nowhere, though others are."""
    case = xivolab.open(ROOT / "captures/direct-media", ROOT / "captures/clean-call")

    assert case.table("findings")["code"].tolist() == ["media-not-captured"]
