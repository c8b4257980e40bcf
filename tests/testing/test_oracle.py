"""The comparison with tshark tells every difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.made import ALICE_SIP, BOB, BOB_SIP, invite, sip, talk
from xivolab.net import tshark
from xivolab.testing import Difference, MadePacket, differences_from_tshark, same_as_tshark, tpcap, tudp


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    return tpcap(tmp_path / "a.pcap", [tudp(BOB_SIP, ALICE_SIP, invite(BOB)), *talk(range(10))])


def test_a_call_is_the_same(capture: Path) -> None:
    same_as_tshark(capture)


def test_rtp_without_sdp_is_looked_up_where_tshark_may_guess(tmp_path: Path) -> None:
    same_as_tshark(tpcap(tmp_path / "a.pcap", talk(range(10))))


def test_a_message_that_only_tshark_counts(tmp_path: Path) -> None:
    """SIP that an ICMP error quotes."""
    quoted = tudp(ALICE_SIP, BOB_SIP, sip()).data[14:]
    icmp = b"\x03\x03" + bytes(6) + quoted
    ip = b"\x45\0" + (20 + len(icmp)).to_bytes(2, "big") + bytes(4) + b"\x40\x01\0\0\x0a\0\0\2\x0a\0\0\1"
    path = tpcap(tmp_path / "a.pcap", [MadePacket(0, bytes(12) + b"\x08\0" + ip + icmp)])
    assert differences_from_tshark(path) == [Difference("frame 1", "messages", 0, 1)]
    with pytest.raises(AssertionError, match="frame 1: messages: 0 here, 1 in tshark"):
        same_as_tshark(path)


def test_every_figure_is_compared(capture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (stream,) = tshark.oracle_streams(capture)
    other = stream | {"packets": 9, "wireshark_lost": 1, "delta_max_ms": 20.02, "jitter_max_ms": 0.5}
    monkeypatch.setattr(tshark, "oracle_streams", lambda *_, **__: [other])
    assert [
        (difference.field, difference.ours, difference.theirs) for difference in differences_from_tshark(capture)
    ] == [
        ("packets", 10, 9),
        ("wireshark_lost", 0, 1),
        ("delta_max_ms", 20.0, 20.02),
        ("jitter_max_ms", 0.0, 0.5),
    ]


def test_a_stream_that_only_one_has(capture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tshark, "oracle_streams", lambda *_, **__: [])
    (difference,) = differences_from_tshark(capture)
    assert (difference.field, difference.ours, difference.theirs) == ("packets", 10, None)
