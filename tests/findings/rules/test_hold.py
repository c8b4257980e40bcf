"""The fact hold, of a real call, and a call without it."""

from __future__ import annotations

import xivolab
from tests.captures import ROOT
from tests.findings.kit import codes, only


def test_a_real_one() -> None:
    found = only(xivolab.open(ROOT / "captures/hold-resume"))

    assert (found["code"], found["severity"]) == ("hold", "info")
    assert str(found["summary"]).startswith("alice put")


def test_a_call_without_it() -> None:
    assert codes(xivolab.open(ROOT / "captures/clean-call")) == []
