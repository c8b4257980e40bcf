"""Display filters, asked of tshark: they let through what they are for, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

import xivolab
from tests.captures import each_sample
from tests.made import ALICE_SIP, BOB_SIP, sip
from xivolab.net.display_filter import any_of, of_call_id, of_frames, of_stream
from xivolab.net.tshark import oracle_fields
from xivolab.testing import tpcap, tudp


def frames(capture: Path, shown: str) -> list[int]:
    return [int(row[0]) for row in oracle_fields(capture, shown, ["frame.number"])]


@each_sample
def test_a_call_shows_its_messages_and_the_packets_of_its_streams(capture: Path) -> None:
    for call in xivolab.open(capture).call_list():
        shown = frames(capture, call.display_filter)
        assert {message.frame for message in call.messages} <= set(shown)
        assert len(shown) == len({message.frame for message in call.messages}) + sum(s.packets for s in call.streams)
        for stream in call.streams:
            assert len(frames(capture, stream.display_filter)) == stream.packets
        for message in call.messages[:2]:
            assert frames(capture, message.display_filter) == [message.frame]


@pytest.mark.parametrize(
    "call_id",
    [
        "plain@10.0.0.1",
        'quo"ted',
        "back\\slash",
        "\\x41",
        "{a}|(b) == 'c'",
        "tab\tinside",
        "é@x",
        "%00$HOME`x`",
        "a" * 300,
    ],
)
def test_any_call_id_can_be_asked_for(call_id: str, tmp_path: Path) -> None:
    packets = [tudp(ALICE_SIP, BOB_SIP, sip(call_id=name)) for name in ("other", call_id, "A", "x")]
    capture = tpcap(tmp_path / "made.pcap", packets)
    assert frames(capture, of_call_id(call_id, [2])) == [2]


def test_how_they_are_written() -> None:
    assert of_frames([7, 3, 7]) == "frame.number in {3, 7}"
    assert of_stream("0x0000000a", "[2001:db8::1]:4000", "[2001:db8::2]:5000") == (
        "rtp.ssrc == 0x0000000a && ipv6.src == 2001:db8::1 && udp.srcport == 4000 && ipv6.dst == 2001:db8::2 && "
        "udp.dstport == 5000 && !icmpv6"
    )
    assert any_of(["a", "a"]) == "a"
    assert any_of(["a == 1", "b == 2"]) == "(a == 1) || (b == 2)"
