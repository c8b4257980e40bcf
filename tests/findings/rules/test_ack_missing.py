"""A 200 OK that is never confirmed."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, dialling, only


def test_no_ack(tmp_path: Path) -> None:
    leg = dialling().invite(0).reply(0.1, 180).reply(1, 200)
    for at in (1.5, 2.5, 4.5, 8.5):
        leg.again(at, 2)

    found = only(case_of(tmp_path, leg))

    assert (found["code"], found["severity"]) == ("ack-missing", "error")
    assert "5 times" in str(found["summary"])


def test_an_ack_that_was_late(tmp_path: Path) -> None:
    leg = dialling().invite(0).reply(0.1, 180).reply(1, 200).again(1.5).again(2.5).again(4.5).ack(4.6)

    assert "ack-missing" not in codes(case_of(tmp_path, leg))
