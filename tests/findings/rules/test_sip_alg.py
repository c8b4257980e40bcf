"""A router that rewrites SIP, seen from both sides, and one that does not."""

from __future__ import annotations

import xivolab
from tests.captures import ROOT
from tests.findings.kit import codes, only


def test_the_kernels_own_helper() -> None:
    found = only(xivolab.open(ROOT / "captures/two-points-sip-alg"))

    assert (found["code"], found["severity"]) == ("sip-alg", "warning")
    assert "router" in str(found["summary"])


def test_plain_nat_rewrites_no_message() -> None:
    assert codes(xivolab.open(ROOT / "captures/two-points")) == []


def test_from_one_side_it_cannot_be_told() -> None:
    assert codes(xivolab.open(ROOT / "captures/two-points-sip-alg/pbx.pcap")) == []
