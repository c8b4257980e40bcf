"""RTP that is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.findings.kit import ALICE, PBX, case_of, codes, media, only, port, talk


def test_loss_towards_the_pbx_is_told_once(tmp_path: Path) -> None:
    one, other, sound = talk()
    sound = [packet for n, packet in enumerate(sound) if n >= 990 or n % 20]  # both directions of what alice says

    found = only(case_of(tmp_path, one, other, packets=sound))

    assert (found["code"], found["severity"]) == ("packet-loss", "warning")
    assert str(found["summary"]).startswith("4.9 % of what")
    assert "(24 packets)" in str(found["summary"])


@pytest.mark.parametrize("share", [0, 200])
def test_little_loss_is_none(tmp_path: Path, share: int) -> None:
    one, other, _ = talk(20)
    sound = [
        *media(port(one, ALICE), port(one, PBX), 2.05, 19.9, ssrc=1, lost=lambda n: bool(share) and n % share == 7),
        *media(port(one, PBX), port(one, ALICE), 2.05, 19.9, ssrc=4),
    ]

    assert codes(case_of(tmp_path, one, other, packets=sound)) == []


def test_a_burst(tmp_path: Path) -> None:
    one, other, _ = talk(100)
    sound = [
        *media(port(one, ALICE), port(one, PBX), 2.05, 99.9, ssrc=1, lost=lambda n: 2000 <= n < 2040),
        *media(port(one, PBX), port(one, ALICE), 2.05, 99.9, ssrc=4),
    ]

    found = only(case_of(tmp_path, one, other, packets=sound))

    assert found["code"] == "packet-loss"
    assert "worst ten seconds 8.0 %" in str(found["summary"])
