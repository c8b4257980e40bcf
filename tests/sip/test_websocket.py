"""SIP over WebSocket: as tshark reads it, and where the upgrade was not captured too."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import invite, only, scanned, sip, talk
from xivolab.evidence.source import Source
from xivolab.scan import Scan, scan
from xivolab.sip.store import TRANSPORTS
from xivolab.sip.websocket import Messages, is_websocket
from xivolab.testing import UPGRADE, UPGRADED, MadePacket, same_as_tshark, tframe, tpcap, ttcp

BROWSER, PBX = "10.0.0.1:50000", "10.0.0.2:8088"
MASK = b"\x12\x34\xff\x00"


def conversation(sent: list[tuple[bool, bytes]]) -> list[MadePacket]:
    """Segments of one connection: (from the browser, payload)."""
    sequence = {True: 1000, False: 5000}
    packets = [
        ttcp(BROWSER, PBX, b"", 0.0, seq=999, ack=0, flags=2),
        ttcp(PBX, BROWSER, b"", 0.001, seq=4999, ack=1000, flags=0x12),
        ttcp(BROWSER, PBX, b"", 0.002, seq=1000, ack=5000, flags=0x10),
    ]
    for number, (up, data) in enumerate(sent):
        ends = (BROWSER, PBX) if up else (PBX, BROWSER)
        packets.append(ttcp(*ends, data, 0.01 + 0.01 * number, seq=sequence[up], ack=sequence[not up]))
        sequence[up] += len(data)
    return packets


def texts(found: Scan) -> list[bytes]:
    assert {TRANSPORTS[n] for n in found.messages.transport} <= {"WS"}
    return found.messages.data


OPTIONS, OK, LONG = sip(call_id="one"), sip("SIP/2.0 200 OK", call_id="one"), sip(body="x" * 70_000)


def test_messages_after_the_upgrade(tmp_path: Path) -> None:
    packets = conversation(
        [
            (True, UPGRADE),
            (False, UPGRADED),
            (True, tframe(OPTIONS, mask=MASK)),
            (False, tframe(OK)),
            (True, tframe(b"ping", mask=MASK, opcode=9)),
            (False, tframe(OK[:100], final=False) + tframe(b"pong", opcode=10)),
            (False, tframe(OK[100:], opcode=0)),
            (True, tframe(OPTIONS, mask=MASK) + tframe(OPTIONS, mask=MASK)),
        ]
    )
    capture = tpcap(tmp_path / "a.pcap", packets)
    same_as_tshark(capture)
    found = scan([Source(capture)])
    assert texts(found) == [OPTIONS, OK, OK, OPTIONS, OPTIONS]
    assert found.messages.frame.tolist() == [6, 7, 10, 11, 11]


def test_without_the_upgrade_frames_are_known_by_what_they_hold() -> None:
    packets = conversation([(True, tframe(OPTIONS, mask=MASK)), (False, tframe(OK))])[3:]
    assert texts(scanned(packets)) == [OPTIONS, OK]


def test_a_long_message_over_many_segments() -> None:
    frame = tframe(LONG, mask=MASK, opcode=2)
    parts = [(True, frame[at : at + 1400]) for at in range(0, len(frame), 1400)]
    assert texts(scanned(conversation([(True, UPGRADE), (False, UPGRADED), *parts]))) == [LONG]


def test_compressed_messages() -> None:
    """RFC 7692: one window over all messages of a direction."""
    deflate = zlib.compressobj(wbits=-15)
    frames = []
    for message in (OPTIONS, OPTIONS):
        data = deflate.compress(message) + deflate.flush(zlib.Z_SYNC_FLUSH)
        frames.append((True, tframe(data.removesuffix(b"\0\0\xff\xff"), mask=MASK, compressed=True)))
    assert texts(scanned(conversation([(True, UPGRADE), (False, UPGRADED), *frames]))) == [OPTIONS, OPTIONS]


def test_a_lost_segment_costs_its_messages_only() -> None:
    sent = [(True, UPGRADE), (False, UPGRADED), *[(True, tframe(sip(call_id=name), mask=MASK)) for name in "abc"]]
    packets = conversation(sent)
    del packets[6]
    assert texts(scanned(packets)) == [sip(call_id="a"), sip(call_id="c")]


def test_media_that_a_browser_announced_is_known() -> None:
    offer = invite("10.0.0.1:4000", "96", "a=rtpmap:96 opus/48000/2")
    packets = conversation([(True, UPGRADE), (False, UPGRADED), (True, tframe(offer, mask=MASK))])
    media = talk(range(10), 1.0, pt=96, src="10.0.0.2:5000", dst="10.0.0.1:4000")
    assert only(scanned([*packets, *media]).streams)["codec"] == "opus"


def test_other_websockets_are_no_sip() -> None:
    chat = UPGRADE.replace(b"Sec-WebSocket-Protocol: sip\r\n", b"")
    packets = conversation([(True, chat), (True, tframe(b'{"hello": "sip:bob@example.org"}', mask=MASK))])
    assert scanned(packets).messages.data == []


@pytest.mark.parametrize(
    "message", [OPTIONS, OK, sip("REGISTER sip:x SIP/2.0"), sip("BYE sip:x SIP/2.0"), sip("ACK sip:x SIP/2.0")]
)
def test_the_letters_of_a_plain_message_are_no_frame(message: bytes) -> None:
    assert not is_websocket(message)
    assert is_websocket(tframe(message))


@given(st.lists(st.binary(max_size=300), max_size=6), st.integers(1, 50))
def test_wherever_the_bytes_are_cut_the_messages_are_the_same(payloads: list[bytes], size: int) -> None:
    data = b"".join(tframe(payload, mask=MASK) for payload in payloads)
    frames = Messages()
    assert [m for at in range(0, len(data), size) for m in frames.feed(data[at : at + size])] == payloads


@given(st.lists(st.binary(max_size=80), max_size=4))
def test_junk_never_raises(pieces: list[bytes]) -> None:
    frames = Messages()
    for piece in pieces:
        frames.feed(piece)
        is_websocket(piece)
    frames.lost()
