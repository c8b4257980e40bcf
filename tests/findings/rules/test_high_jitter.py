"""RTP that arrives unevenly."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import ALICE, PBX, case_of, codes, media, only, port, talk


def test_uneven_for_seconds(tmp_path: Path) -> None:
    one, other, _ = talk(20)
    sound = [
        *media(
            port(one, ALICE),
            port(one, PBX),
            2.05,
            19.9,
            ssrc=1,
            late_s=lambda n: 0.09 * (n % 2) if 200 < n < 700 else 0,
        ),
        *media(port(one, PBX), port(one, ALICE), 2.05, 19.9, ssrc=4),
    ]

    found = only(case_of(tmp_path, one, other, packets=sound))

    assert (found["code"], found["severity"]) == ("high-jitter", "warning")


def test_one_bad_second(tmp_path: Path) -> None:
    one, other, _ = talk(20)
    sound = [
        *media(
            port(one, ALICE),
            port(one, PBX),
            2.05,
            19.9,
            ssrc=1,
            late_s=lambda n: 0.09 * (n % 2) if 200 < n < 230 else 0,
        ),
        *media(port(one, PBX), port(one, ALICE), 2.05, 19.9, ssrc=4),
    ]

    assert "high-jitter" not in codes(case_of(tmp_path, one, other, packets=sound))
