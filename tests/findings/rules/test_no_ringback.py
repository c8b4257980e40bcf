"""A caller who hears nothing while it rings."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, dialled, dialling, only


def ringing(*statuses: int) -> tuple:
    one = dialling().invite(0).reply(0.01, 100)
    for status in statuses:
        one.reply(0.2, status)
    other = dialled().invite(0.05).reply(0.15, 180).reply(8, 200).ack(8.05).bye(10.1)
    return one.reply(8.01, 200).ack(8.1).bye(10), other


def test_nothing_is_passed_on(tmp_path: Path) -> None:
    found = only(case_of(tmp_path, *ringing()))

    assert (found["code"], found["severity"]) == ("no-ringback", "warning")
    assert "8 s" in str(found["summary"])


def test_ringing_is_passed_on(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, *ringing(180))) == []


def test_early_media_is_passed_on(tmp_path: Path) -> None:
    assert codes(case_of(tmp_path, *ringing(183))) == []
