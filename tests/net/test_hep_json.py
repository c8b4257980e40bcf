"""RTCP told as JSON is that of the packet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, talk
from xivolab.net.hep_json import rtcp_of
from xivolab.rtp.control import ReportBlock, SenderReport, parse_rtcp
from xivolab.testing import thep, ttcp

BLOCK = {
    "source_ssrc": 1,
    "fraction_lost": 26,
    "packets_lost": 3,
    "highest_seq_no": 29,
    "ia_jitter": 80,
    "lsr": 0x12345678,
    "dlsr": 65536,
}
HEPLIFY = {
    "sender_information": {
        "ntp_timestamp_sec": 3_900_000_000,
        "ntp_timestamp_usec": 0x80000000,
        "octets": 4800,
        "rtp_timestamp": 4800,
        "packets": 30,
    },
    "ssrc": 7,
    "type": 200,
    "report_count": 1,
    "report_blocks": [BLOCK],
    "sdes_ssrc": 7,
}
ASTERISK = HEPLIFY | {  # text, and the time since 1970 in microseconds
    "sender_information": {
        "ntp_timestamp_sec": "1700000000",
        "ntp_timestamp_usec": "500000",
        "rtp_timestamp": 4800,
        "packets": 30,
        "octets": 4800,
    }
}
RECEIVER = {"ssrc": 7, "type": 201, "report_count": 1, "report_blocks": [BLOCK], "sdes_ssrc": 0}


def reports(told: Any) -> list[Any]:
    packet = rtcp_of(json.dumps(told).encode())
    assert packet is not None
    return list(parse_rtcp(packet))


@pytest.mark.parametrize(
    ("told", "ntp"),
    [
        pytest.param(HEPLIFY, (3_900_000_000 & 0xFFFF) << 16 | 0x8000, id="heplify"),
        pytest.param(ASTERISK, (1_700_000_000 + 2_208_988_800 & 0xFFFF) << 16 | 0x8000, id="asterisk"),
    ],
)
def test_a_sender_report(told: Any, ntp: int) -> None:
    sender, block = reports(told)
    assert sender == SenderReport(7, ntp, 30)
    assert block == ReportBlock(7, 1, 3, 29, 80, 0x12345678, 65536)


def test_a_receiver_report() -> None:
    assert reports(RECEIVER) == [ReportBlock(7, 1, 3, 29, 80, 0x12345678, 65536)]


def test_losses_may_be_negative() -> None:
    assert reports(RECEIVER | {"report_blocks": [BLOCK | {"packets_lost": -2}]})[0].lost == -2


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"{}", b'{"ssrc": 1}', b'{"report_blocks": 5}', b"[" * 100_000])
def test_no_report(text: bytes) -> None:
    assert rtcp_of(text) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*HEPLIFY, *BLOCK]), inner, max_size=5),
    max_leaves=12,
)


@given(json_values)
def test_any_json(told: Any) -> None:
    packet = rtcp_of(json.dumps(told).encode())
    if packet is not None:
        list(parse_rtcp(packet, whole=True))


@pytest.mark.parametrize("over_tcp", [False, True], ids=["udp", "tcp"])
def test_what_an_agent_tells_of_a_stream(over_tcp: bool) -> None:
    """Bob's receiver report of alice's stream, whose RTP and SDP were captured."""
    stream = talk(range(30), 0.1, src=ALICE, dst=BOB, ssrc=1)
    sdp = thep(ALICE_SIP, BOB_SIP, invite(ALICE))
    told = thep("10.0.0.2:5001", "10.0.0.1:4001", json.dumps(RECEIVER).encode(), 0.9, kind=5)
    if over_tcp:
        data = sdp.data[42:] + told.data[42:]
        packets = [ttcp("192.0.2.9:40000", "192.0.2.8:9060", data, 0.05), *stream]
    else:
        packets = [sdp, *stream, told]
    row = only(scanned(packets).streams)
    assert row["packets"] == 30
    assert row["remote_lost_pct"] == pytest.approx(100 * 3 / 30)
    assert row["remote_jitter_ms"] == pytest.approx(10)
