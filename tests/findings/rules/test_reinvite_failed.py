"""Changes of a running call that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.findings.kit import case_of, codes, only, talk
from tests.sip.flow import sdp


@pytest.mark.parametrize(("status", "told"), [(488, True), (491, False), (481, False)])
def test_a_reinvite(tmp_path: Path, status: int, told: bool) -> None:
    one, other, sound = talk()
    one.rows = one.rows[:-2]
    one.request(6, "INVITE", body=sdp(pts="34")).reply(6.1, status, body="").ack(6.2).bye(12.01)
    case = case_of(tmp_path, one, other, packets=sound)

    assert codes(case) == (["reinvite-failed"] if told else [])
    if told:
        assert only(case)["severity"] == "error"
