"""A capture read in a few lines of plain Python: pcap, Ethernet, IP, UDP, and RTP where the header looks like it."""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class RtpPacket(NamedTuple):
    """Arrival in ns, and the fields of the header."""

    arrival: int
    payload_type: int
    sequence: int
    timestamp: int


StreamKey = tuple[str, str, str]
"""Source and destination as "ip:port", SSRC as in the record."""


def is_plain(capture: Path) -> bool:
    """Whether this module can read the file: pcap with microseconds, little-endian, Ethernet."""
    head = capture.read_bytes()[:24]
    return head[:4] == b"\xd4\xc3\xb2\xa1" and head[20:24] == b"\x01\0\0\0"


def datagrams(capture: Path) -> Iterator[tuple[int, str, str, bytes]]:
    """Arrival in ns, source, destination and payload of every UDP datagram that is not fragmented."""
    data = capture.read_bytes()
    at = 24
    while at < len(data):
        seconds, micros, captured, _ = struct.unpack_from("<IIII", data, at)
        frame = data[at + 16 : at + 16 + captured]
        at += 16 + captured
        if frame[12:14] == b"\x08\x00" and frame[23] == 17 and not (frame[20] & 0x3F or frame[21]):
            addresses, udp = frame[26:34], 14 + (frame[14] & 15) * 4
        elif frame[12:14] == b"\x86\xdd" and frame[20] == 17:
            addresses, udp = frame[22:54], 54
        else:
            continue
        half = len(addresses) // 2
        sport, dport, size = struct.unpack_from("!HHH", frame, udp)
        src, dst = _host(addresses[:half]), _host(addresses[half:])
        yield seconds * 10**9 + micros * 1000, f"{src}:{sport}", f"{dst}:{dport}", frame[udp + 8 : udp + size]


def _host(packed: bytes) -> str:
    address = ipaddress.ip_address(packed)
    return f"[{address}]" if address.version == 6 else str(address)


def rtp_streams(capture: Path) -> dict[StreamKey, list[RtpPacket]]:
    """Everything on even ports that looks like RTP (RFC 3550, 5.1), by stream."""
    streams: dict[StreamKey, list[RtpPacket]] = {}
    for arrival, src, dst, payload in datagrams(capture):
        if len(payload) < 12 or payload[0] >> 6 != 2 or int(dst.rpartition(":")[2]) % 2:
            continue
        _, second, sequence, timestamp, ssrc = struct.unpack_from("!BBHII", payload)
        packet = RtpPacket(arrival, second & 0x7F, sequence, timestamp)
        streams.setdefault((src, dst, f"0x{ssrc:08x}"), []).append(packet)
    return streams
