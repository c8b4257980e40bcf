"""The end of a call that is not confirmed."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import BOB, PBX, answered, case_of, codes, dialled, media, only, port, talk


def test_a_bye_without_an_answer(tmp_path: Path) -> None:
    leg = answered(dialled(), 0, 0.2, 1)
    leg.request(9, "BYE")
    for at in (9.5, 10.5, 12.5, 16.5):
        leg.again(at)
    sound = [*media(port(leg, PBX), port(leg, BOB), 1.1, 7.9), *media(port(leg, BOB), port(leg, PBX), 1.1, 7.9, ssrc=2)]

    found = only(case_of(tmp_path, leg, packets=sound))

    assert (found["code"], found["severity"]) == ("bye-missing", "warning")


def test_a_confirmed_end(tmp_path: Path) -> None:
    one, other, sound = talk()

    assert codes(case_of(tmp_path, one, other, packets=sound)) == []
