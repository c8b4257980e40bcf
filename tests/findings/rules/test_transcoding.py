"""Two codecs in one call."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import answered, case_of, codes, dialled, dialling, only
from tests.sip.flow import sdp


def two(pts: str) -> tuple:
    one = dialling().invite(0).reply(0.2, 180).reply(2.01, 200, body=sdp("10.0.0.9", 5000, "8")).ack(2.1)
    other = dialled().invite(0.05).reply(0.15, 180).reply(2, 200, body=sdp("10.0.0.2", 5002, pts)).ack(2.05)
    return one.bye(4), other.bye(4.1)


def test_different_ones(tmp_path: Path) -> None:
    found = only(case_of(tmp_path, *two("0")))

    assert (found["code"], found["severity"]) == ("transcoding", "info")
    assert "PCMA" in str(found["summary"])
    assert "PCMU" in str(found["summary"])


def test_the_same(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, *two("8"))) == []


def test_not_answered(tmp_path: Path) -> None:
    assert answered(dialling(), 0, 0.1, 1)
    assert codes(case_of(tmp_path, dialling().invite(0).reply(0.1, 486).ack(0.2))) == ["callee-busy"]
