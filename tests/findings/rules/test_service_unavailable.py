"""A call that its callee's side refused with 503, and one that it passed on."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import CARRIER, case_of, codes, dialled, dialling, only, talk


def test_refused_first_hand(tmp_path: Path) -> None:
    found = only(case_of(tmp_path, dialling("0140000000").invite(0).reply(0.1, 503).ack(0.11)))

    assert (found["code"], found["severity"]) == ("service-unavailable", "error")
    assert [proof["text"] for proof in found["evidence"]][1] == "503 Reason"


def test_refused_behind_the_pbx(tmp_path: Path) -> None:
    caller = dialling("0140000000").invite(0).reply(0.1, 100).reply(0.4, 500).ack(0.41)
    carrier = dialled(CARRIER, "0140000000").invite(0.05).reply(0.3, 503).ack(0.31)

    found = only(case_of(tmp_path, caller, carrier))

    assert found["code"] == "service-unavailable"
    assert CARRIER in str(found["summary"])


def test_a_call_that_is_answered(tmp_path: Path) -> None:
    one, other, sound = talk()

    assert codes(case_of(tmp_path, one, other, packets=sound)) == []
