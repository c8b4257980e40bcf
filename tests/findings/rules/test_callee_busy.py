"""A callee that is busy, and what looks like it."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, dialled, dialling, only


def test_a_phone_that_is_busy(tmp_path: Path) -> None:
    case = case_of(
        tmp_path, dialling().invite(0).reply(0.3, 486).ack(0.31), dialled().invite(0.05).reply(0.2, 486).ack(0.21)
    )

    found = only(case)

    assert (found["code"], found["severity"]) == ("callee-busy", "info")
    assert [proof["text"] for proof in found["evidence"]] == ["486 Reason", "486 Reason"]


def test_a_caller_who_gives_up_is_not_busy(tmp_path: Path) -> None:
    leg = dialling().invite(0).reply(0.1, 180).cancel(3).reply(3.01, 200, "CANCEL").reply(3.02, 487).ack(3.03)

    assert codes(case_of(tmp_path, leg)) == []
