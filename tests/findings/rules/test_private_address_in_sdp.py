"""A private address that somebody outside believes, and one that does no harm."""

from __future__ import annotations

import xivolab
from tests.captures import ROOT
from tests.findings.kit import codes, only


def test_the_pbx_sends_its_sound_to_nobody() -> None:
    found = only(xivolab.open(ROOT / "captures/nat-private-address"))

    assert (found["code"], found["severity"]) == ("private-address-in-sdp", "warning")
    assert "192.168.77.20" in str(found["summary"])


def test_with_symmetric_rtp_it_does_no_harm() -> None:
    assert codes(xivolab.open(ROOT / "captures/two-points/pbx.pcap")) == []
