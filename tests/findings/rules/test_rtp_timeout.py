"""A call that Asterisk ends for want of RTP: told by SIP, and by the log."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.findings.kit import case_of, codes, only, talk

NAME = "caller-vanishes-rtp-timeout"


def test_the_bye_says_so() -> None:
    found = only(xivolab.open(ROOT / "captures" / NAME))

    assert (found["code"], found["severity"]) == ("rtp-timeout", "error")
    assert "alice" in str(found["summary"])


def test_the_log_says_from_which_channel() -> None:
    found = only(xivolab.open(ROOT / "captures" / NAME, ROOT / "sample_logs" / NAME / "full"))

    assert found["summary"] == (
        "Asterisk ended the call between 1001 and 1002: no RTP came from PJSIP/alice-00000000 for 10 s."
    )
    assert found["call"]


def test_another_reason(tmp_path: Path) -> None:
    one, other, sound = talk()
    other.rows = other.rows[:-2]
    other.bye(12.02, headers="Reason: Q.850;cause=16")

    assert codes(case_of(tmp_path, one, other, packets=sound)) == []
