"""Transfers that fail, and one that works."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.findings.kit import case_of, codes, only, talk


def test_a_refer_that_is_refused(tmp_path: Path) -> None:
    one, other, sound = talk()
    one.rows = one.rows[:-2]
    one.request(6, "REFER", headers="Refer-To: <sip:1003@10.0.0.9>").reply(6.1, 603, "REFER").bye(12.01)

    found = only(case_of(tmp_path, one, other, packets=sound))

    assert (found["code"], found["severity"]) == ("transfer-failed", "error")
    assert "1003" in str(found["summary"])


def test_one_that_works() -> None:
    assert codes(xivolab.open(ROOT / "captures/blind-transfer")) == ["transfer"]
