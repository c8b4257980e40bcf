"""The fact forked, of a real call, and a call without it."""

from __future__ import annotations

import xivolab
from tests.captures import ROOT
from tests.findings.kit import codes, only


def test_a_real_one() -> None:
    found = only(xivolab.open(ROOT / "captures/forked-ringing"))

    assert (found["code"], found["severity"]) == ("forked", "info")
    assert str(found["summary"]).startswith("2 phones rang at once")


def test_a_call_without_it() -> None:
    assert codes(xivolab.open(ROOT / "captures/clean-call")) == []
