"""Calls that go in a circle."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import CARRIER, case_of, codes, dialled, dialling, only


def test_too_many_hops(tmp_path: Path) -> None:
    caller = dialling("0140000000").invite(0).reply(0.1, 100).reply(0.4, 483).ack(0.41)
    carrier = dialled(CARRIER, "0140000000").invite(0.05).reply(0.3, 482).ack(0.31)

    found = only(case_of(tmp_path, caller, carrier))

    assert (found["code"], found["severity"]) == ("loop-detected", "error")
    assert "482" in str(found["summary"])


def test_another_refusal(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, dialling().invite(0).reply(0.1, 486).ack(0.2))) == ["callee-busy"]
