"""A phone that is not registered."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.findings.kit import case_of, codes, only


def test_a_real_one() -> None:
    found = only(xivolab.open(ROOT / "captures/phone-not-registered", ROOT / "sample_logs/phone-not-registered/full"))

    assert (found["code"], found["severity"]) == ("endpoint-unavailable", "warning")
    assert found["summary"] == "alice called 1002, whose phone (bob) was not registered."
    assert len(found["evidence"]) == 3


def test_a_channel_that_is_busy_is_another_matter(tmp_path: Path) -> None:
    line = "[Nov 14 22:13:20] NOTICE[76][C-00000001] app_dial.c: Unable to create channel of type 'PJSIP' (cause 17 - User busy)\n"

    assert codes(case_of(tmp_path, log=line)) == []
