"""RTP and RTCP as the log tells them, beside the capture of the same packets: the recordings are whole."""

from __future__ import annotations

import re

import pytest

from tests.captures import ROOT
from xivolab.net.tshark import oracle_streams

GOT = re.compile(rb"Got  RTP (?:packet|RFC2833) from +([\d.]+):\d+ \(type (\d+), seq (\d+)")


@pytest.mark.parametrize("name", ["rtp-debug", "rtp-debug-native"])
def test_each_packet_that_came_is_told(name: str) -> None:
    log = (ROOT / "sample_logs" / name / "full").read_bytes()
    # A packet of an event is told twice, as a packet and as RFC 2833.
    told: dict[str, set[int]] = {}
    for found in GOT.finditer(log):
        told.setdefault(found[1].decode(), set()).add(int(found[3]))
    streams = oracle_streams(ROOT / "captures" / name / "capture.pcap")
    came: dict[str, int] = {}
    for stream in streams:
        source = stream["src"].rpartition(":")[0]
        if source in told:
            came[source] = came.get(source, 0) + stream["packets"]

    assert told.keys() == {"10.77.0.11", "10.77.0.12"}
    for address, packets in came.items():
        # The last ones come after the PBX has closed its port.
        assert packets - 12 <= len(told[address]) <= packets, address


def test_reports_of_both_phones_and_of_the_server_are_told() -> None:
    log = (ROOT / "sample_logs/rtp-debug/full").read_bytes()

    assert {found[1] for found in re.finditer(rb"RTCP from ([\d.]+)", log)} == {b"10.77.0.11", b"10.77.0.12"}
    assert {found[1] for found in re.finditer(rb"Sent RTCP SR to ([\d.]+)", log)} == {b"10.77.0.11", b"10.77.0.12"}
    assert b"Cumulative loss: " in log
    assert b"Packets lost so far: " in log


def test_a_native_bridge_tells_less() -> None:
    log = (ROOT / "sample_logs/rtp-debug-native/full").read_bytes()

    assert re.search(rb"Sent RTP P2P packet to [\d.]+:\d+ \(type \d+, len \d+\)", log)
