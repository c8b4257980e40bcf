"""A call that ends because its session was not refreshed."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.findings.kit import case_of, codes, only, talk

NAME = "caller-vanishes-session-timer"


def test_the_bye_says_so() -> None:
    found = only(xivolab.open(ROOT / "captures" / NAME))

    assert (found["code"], found["severity"]) == ("session-timer-expired", "error")
    assert "(90 s)" in str(found["cause"])


def test_another_reason(tmp_path: Path) -> None:
    one, other, sound = talk()
    one.rows = one.rows[:-2]
    one.bye(12.01, headers='Reason: SIP;cause=200;text="Call completed elsewhere"')

    assert codes(case_of(tmp_path, one, other, packets=sound)) == []
