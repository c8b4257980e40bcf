"""A number that the dialplan does not have."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.findings.kit import case_of, codes, only

HEAD = "[Nov 14 22:13:20] NOTICE[76] res_pjsip_session.c: "


def test_a_real_one() -> None:
    found = only(xivolab.open(ROOT / "captures/unknown-number", ROOT / "sample_logs/unknown-number/full"))

    assert (found["code"], found["severity"]) == ("dialplan-no-extension", "warning")
    assert found["summary"] == "alice called 1999, which does not exist in the context default."
    assert found["call"]


def test_a_log_of_one_line(tmp_path: Path) -> None:
    line = " alice: Call (UDP:10.77.0.11:5060) to extension '42' rejected because extension not found in context 'from-extern'."

    found = only(case_of(tmp_path, log=HEAD + line + "\n"))

    assert found["summary"] == "alice called 42, which does not exist in the context from-extern."


def test_words_that_only_look_like_it(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, log=HEAD + "somebody said: rejected because extension not found in context\n")) == []
