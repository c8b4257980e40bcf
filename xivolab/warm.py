"""Compile every kernel: two small captures and a log use them all, but for those that make full tables larger."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path

from xivolab.evidence.source import Source

_SDP = b"v=0\r\nc=IN IP4 10.0.0.1\r\nm=audio 4000 RTP/AVP 8\r\n"
_INVITE = (
    b"INVITE sip:1002@10.0.0.2 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:1001@10.0.0.1>;tag=a\r\n"
    b"To: <sip:1002@10.0.0.2>\r\nCall-ID: warm\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n\r\n" + _SDP
)

_LOG = (
    b'[Nov 23 07:51:49] VERBOSE[138][C-00000001] pbx.c: Executing [1002@default:1] Dial("PJSIP/a-00000000", "PJSIP/b,20") '
    b"in new stack\n[Nov 23 07:51:49] VERBOSE[138][C-00000001] app_dial.c: Called PJSIP/b\n"
)


def _udp(payload: bytes, port: int) -> bytes:
    """An Ethernet frame with a UDP datagram from 10.0.0.1 to 10.0.0.2."""
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28 + len(payload), 0, 0, 64, 17, 0, b"\x0a\0\0\1", b"\x0a\0\0\2")
    return bytes(12) + b"\x08\x00" + ip + struct.pack("!HHHH", port, port, 8 + len(payload), 0) + payload


def _in_fragments(frame: bytes) -> list[bytes]:
    """The frame's IPv4 packet in two fragments."""
    head, parts = frame[:34], (frame[34:66], frame[66:])
    placed = (0x2000, 4)
    sizes = (20 + len(part) for part in parts)
    return [
        head[:16] + struct.pack("!HHH", size, 7, place) + head[22:] + part
        for size, place, part in zip(sizes, placed, parts, strict=True)
    ]


def _frames() -> list[bytes]:
    rtp = [struct.pack("!BBHII", 0x80, 8, n, 160 * n, 7) + bytes(160) for n in range(5)]
    return [_udp(_INVITE, 5060), *_in_fragments(_udp(_INVITE, 5060)), *(_udp(packet, 4000) for packet in rtp)]


def _pcap() -> bytes:
    records = (struct.pack("<IIII", n, 0, len(frame), len(frame)) + frame for n, frame in enumerate(_frames()))
    return struct.pack("<IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1) + b"".join(records)


def _pcapng() -> bytes:
    section = struct.pack("<IIIHHqI", 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28)
    interface = struct.pack("<IIHHII", 1, 20, 1, 0, 0, 20)
    packets = b""
    for n, frame in enumerate(_frames()):
        padded = frame + bytes(-len(frame) % 4)
        size = 32 + len(padded)
        packets += struct.pack("<IIIIIII", 6, size, 0, 0, n * 1_000_000, len(frame), len(frame)) + padded
        packets += struct.pack("<I", size)
    return section + interface + packets


def warm() -> None:
    """Compile what is not compiled yet; quick when everything is."""
    from xivolab.asterisk.log import LogFile, Logs
    from xivolab.asterisk.log.quick import OneCall
    from xivolab.asterisk.rtp_log import RtpLines
    from xivolab.scan import scan
    from xivolab.sip import analyse

    with tempfile.TemporaryDirectory(prefix="xivolab-") as folder:
        for name, data in (("warm.pcap", _pcap()), ("warm.pcapng", _pcapng())):
            path = Path(folder) / name
            path.write_bytes(data)
            len(analyse(scan([Source(path)]).messages).dialogs)  # made when asked for
        path = Path(folder) / "warm.log"
        path.write_bytes(_LOG)
        logs = Logs([LogFile(str(path), Source(path))])
        len(logs.calls)
        lines = RtpLines()
        for block in logs.blocks(0):
            lines.take(0, block)
        OneCall(logs, "C-00000001", "", lambda _: ())
    _grow()


def _grow() -> None:
    """The tables of TCP flows, of streams, and of groups of a log in larger ones, empty."""
    import numpy as np

    from xivolab.asterisk.log.groups import GROUP, plant_groups, plant_links
    from xivolab.net.endpoints import Endpoints
    from xivolab.net.pick import replant
    from xivolab.rtp.engine import place_candidates, place_streams
    from xivolab.rtp.state import PACKET_FIELDS, STREAM

    counts, used = np.zeros(4, np.int32), np.zeros(1, np.int64)
    replant(np.full(4, -1), counts, np.full(4, -1), counts, used)
    Endpoints(2).grow()
    place_streams(np.full(4, -1, np.int32), np.zeros(2, STREAM), 0)
    flows, packets = np.full((4, 3), -1), np.zeros((4, PACKET_FIELDS), np.int64)
    place_candidates(flows, packets, flows, packets)
    slots = np.full(4, -1, np.int32)
    plant_groups(np.zeros(1, GROUP), 1, slots)
    plant_links(np.zeros((1, 3), np.int32), 1, slots)
