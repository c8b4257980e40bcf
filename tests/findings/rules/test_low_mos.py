"""Speech that is estimated to sound poor, without a cause that another finding names."""

from __future__ import annotations

from pathlib import Path

from tests.findings.kit import ALICE, PBX, case_of, codes, media, port, talk


def test_packets_that_come_too_late(tmp_path: Path) -> None:
    one, other, _ = talk(20)
    sound = [
        *media(port(one, ALICE), port(one, PBX), 2.05, 19.9, ssrc=1, late_s=lambda n: 0.2 if n % 100 > 85 else 0),
        *media(port(one, PBX), port(one, ALICE), 2.05, 19.9, ssrc=4),
    ]
    found = [
        row
        for row in case_of(tmp_path, one, other, packets=sound).table("findings").records()
        if row["code"] == "low-mos"
    ]

    assert [row["severity"] for row in found] == ["warning"]
    assert "too late for a buffer of 50 ms" in found[0]["cause"]


def test_a_good_call(tmp_path: Path) -> None:
    one, other, sound = talk()

    assert codes(case_of(tmp_path, one, other, packets=sound)) == []
