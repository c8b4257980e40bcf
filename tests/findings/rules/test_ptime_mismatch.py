"""Packets that hold another time than the SDP asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.findings.kit import ALICE, PBX, case_of, codes, dialling, media
from tests.sip.flow import sdp


@pytest.mark.parametrize(("told", "found"), [(20, []), (30, ["ptime-mismatch"])])
def test_packets_of_20_ms(tmp_path: Path, told: int, found: list[str]) -> None:
    leg = dialling().invite(0, sdp(ALICE, 4000, more=f"a=ptime:{told}\r\n"))
    leg.reply(0.1, 200, body=sdp(PBX, 5000, more=f"a=ptime:{told}\r\n")).ack(0.2).bye(12)
    sound = [*media(f"{ALICE}:4000", f"{PBX}:5000", 0.3, 11), *media(f"{PBX}:5000", f"{ALICE}:4000", 0.3, 11, ssrc=2)]

    assert sorted(set(codes(case_of(tmp_path, leg, packets=sound)))) == found
