"""Media that is refused."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import case_of, codes, dialling, only, talk
from tests.sip.flow import sdp


def test_none_of_the_codecs_is_taken(tmp_path: Path) -> None:
    leg = dialling().invite(0, sdp(pts="18 4")).reply(0.1, 488).ack(0.11)

    found = only(case_of(tmp_path, leg))

    assert (found["code"], found["severity"]) == ("codec-not-acceptable", "error")
    assert "G729, G723" in str(found["cause"])


def test_an_invite_without_an_offer(tmp_path: Path) -> None:
    found = only(case_of(tmp_path, dialling().invite(0, "").reply(0.1, 488).ack(0.11)))

    assert "is not in the evidence" in str(found["cause"])


def test_codecs_in_common(tmp_path: Path) -> None:
    one, other, sound = talk()

    assert codes(case_of(tmp_path, one, other, packets=sound)) == []
