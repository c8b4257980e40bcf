"""A direction without packets, and what is none."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import ALICE, BOB, PBX, answered, case_of, codes, dialled, dialling, media, only, port, talk
from tests.sip.flow import sdp


def test_what_the_caller_says_never_arrives(tmp_path: Path) -> None:
    one, other, _ = talk()
    sound = [
        *media(port(other, BOB), port(other, PBX), 2.05, 9.9, ssrc=3),
        *media(port(one, PBX), port(one, ALICE), 2.05, 9.9, ssrc=4),
    ]

    found = only(case_of(tmp_path, one, other, packets=sound))

    assert (found["code"], found["severity"]) == ("one-way-audio", "error")
    assert "10.0.0.1" in str(found["summary"]) or "alice" in str(found["summary"])


def test_half_a_capture_says_nothing(tmp_path: Path) -> None:
    one, other, sound = talk()
    sent = [row for row in one.rows if row["src"].startswith(PBX)]
    one.rows = sent
    other.rows = []
    heard = [packet for packet in sound if packet in media(port(one, PBX), port(one, ALICE), 2.05, 9.9, ssrc=4)]

    assert codes(case_of(tmp_path, one, packets=heard)) == []


def test_an_announcement_to_a_caller_who_may_not_speak(tmp_path: Path) -> None:
    leg = dialling().invite(0, sdp("10.0.0.1", 4000, more="a=recvonly\r\n"))
    leg.reply(0.1, 200, body=sdp("10.0.0.9", 5000, more="a=sendonly\r\n")).ack(0.2).bye(12)

    assert codes(case_of(tmp_path, leg, packets=media("10.0.0.9:5000", "10.0.0.1:4000", 0.3, 11))) == []


def test_a_call_too_short_to_tell(tmp_path: Path) -> None:
    one, other = answered(dialling(), 0, 0.2, 2), answered(dialled(), 0.1, 0.2, 2)
    one.bye(5)
    other.bye(5.1)

    assert codes(case_of(tmp_path, one, other, packets=media(port(one, PBX), port(one, ALICE), 2.1, 2.8))) == []
