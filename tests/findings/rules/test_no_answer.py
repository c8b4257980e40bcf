"""A phone that rings in vain, and one that is answered."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, dialled, dialling, only, talk


def test_nobody_answers(tmp_path: Path) -> None:
    caller = dialling().invite(0).reply(0.1, 180).reply(20.2, 480).ack(20.3)
    callee = dialled().invite(0.05).reply(0.1, 180).cancel(20).reply(20.01, 200, "CANCEL").reply(20.02, 487).ack(20.03)

    found = only(case_of(tmp_path, caller, callee))

    assert found["code"] == "no-answer"
    assert found["summary"] == "1002 rang for 20 s and nobody answered 1001."


def test_an_answered_call(tmp_path: Path) -> None:
    one, other, sound = talk()

    assert codes(case_of(tmp_path, one, other, packets=sound)) == []
