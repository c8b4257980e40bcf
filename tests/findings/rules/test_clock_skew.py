"""A sender whose clock is off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.findings.kit import ALICE, PBX, case_of, codes, media, only, port, talk


@pytest.mark.parametrize(("ppm", "told"), [(400, True), (-400, True), (30, False)])
def test_a_minute_and_a_half(tmp_path: Path, ppm: int, told: bool) -> None:
    one, other, _ = talk(100)
    sound = [
        *media(port(one, ALICE), port(one, PBX), 2.05, 99, ssrc=1, late_s=lambda n: -n * 0.02 * ppm / 1e6),
        *media(port(one, PBX), port(one, ALICE), 2.05, 99, ssrc=4),
    ]
    case = case_of(tmp_path, one, other, packets=sound)

    assert codes(case) == (["clock-skew"] if told else [])
    if told:
        assert ("too fast" if ppm > 0 else "too slow") in str(only(case)["summary"])
