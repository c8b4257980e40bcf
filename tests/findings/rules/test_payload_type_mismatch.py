"""RTP of a type that nobody asked for."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import ALICE, PBX, case_of, codes, media, only, port, talk
from xivolab.testing import trtp


def test_another_type(tmp_path: Path) -> None:
    one, other, sound = talk()
    wrong = [
        trtp(port(one, ALICE), port(one, PBX), n, 160 * n, 2.05 + n * 0.02, pt=18, payload=b"x" * 20)
        for n in range(490)
    ]
    kept = [packet for packet in sound if packet not in media(port(one, ALICE), port(one, PBX), 2.05, 9.9, ssrc=1)]

    found = only(case_of(tmp_path, one, other, packets=[*kept, *wrong]))

    assert (found["code"], found["severity"]) == ("payload-type-mismatch", "warning")


def test_the_types_asked_for(tmp_path: Path) -> None:
    one, other, sound = talk()

    assert codes(case_of(tmp_path, one, other, packets=sound)) == []
