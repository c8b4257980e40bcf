"""The same packet inside a tunnel: what a capture between routers, in a mobile network or of a mirrored port holds."""

from __future__ import annotations

import ipaddress
import struct
import zlib
from dataclasses import replace

from xivolab.testing.captures import MadePacket, tudp

_ETHERNET = 14
OUTER = ("192.0.2.1", "192.0.2.2")
"""The ends of the tunnels."""


def in_ip(packet: MadePacket, protocol: int, data: bytes) -> MadePacket:
    """Data of a protocol in IP between the ends of a tunnel, in the place of the packet's own IP."""
    ends = b"".join(ipaddress.IPv4Address(end).packed for end in OUTER)
    outer = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(data), 0, 0, 64, protocol, 0) + ends
    return replace(packet, data=packet.data[:12] + b"\x08\0" + outer + data)


def in_udp(packet: MadePacket, port: int, data: bytes) -> MadePacket:
    """A datagram between the ends of a tunnel."""
    return replace(packet, data=tudp(f"{OUTER[0]}:49152", f"{OUTER[1]}:{port}", data).data)


def tgre(
    packet: MadePacket,
    *,
    bridged: bool = False,
    checksum: bool = False,
    key: int | None = None,
    sequence: int | None = None,
) -> MadePacket:
    """The packet in GRE (RFC 2784, 2890): its IP, or with `bridged` its Ethernet frame."""
    flags = (0x8000 if checksum else 0) | (0 if key is None else 0x2000) | (0 if sequence is None else 0x1000)
    ethertype = b"\x65\x58" if bridged else packet.data[12:_ETHERNET]
    options = bytes(4) if checksum else b""
    options += b"".join(struct.pack("!I", value) for value in (key, sequence) if value is not None)
    inner = packet.data if bridged else packet.data[_ETHERNET:]
    return in_ip(packet, 47, struct.pack("!H", flags) + ethertype + options + inner)


def tpptp(packet: MadePacket, sequence: int = 1, *, acknowledges: bool = False, short: bool = False) -> MadePacket:
    """The packet's IP in PPP in PPTP's GRE (RFC 2637); `short` leaves out what PPP may leave out (RFC 1661, 6.5, 6.6)."""
    number = 0x21 if packet.data[12:_ETHERNET] == b"\x08\0" else 0x57
    ppp = (bytes([number]) if short else b"\xff\x03" + struct.pack("!H", number)) + packet.data[_ETHERNET:]
    flags = 0x3001 | (0x80 if acknowledges else 0)
    head = struct.pack("!HHHHI", flags, 0x880B, len(ppp), 7, sequence)
    return in_ip(packet, 47, head + (struct.pack("!I", sequence - 1) if acknowledges else b"") + ppp)


def terspan(packet: MadePacket, version: int = 2, *, platform: bool = False) -> MadePacket:
    """The frame in ERSPAN type 1, 2 or 3 (draft-foschiano-erspan), as switches send what they mirror."""
    if version == 1:
        return in_ip(packet, 47, struct.pack("!HH", 0, 0x88BE) + packet.data)
    if version == 2:
        return in_ip(packet, 47, struct.pack("!HHIII", 0x1000, 0x88BE, 1, 0x10000001, 0) + packet.data)
    head = struct.pack("!HHIIIHH", 0x1000, 0x22EB, 1, 0x20000001, 0, 0, 1 if platform else 0)
    return in_ip(packet, 47, head + (bytes(8) if platform else b"") + packet.data)


def tvxlan(packet: MadePacket, port: int = 4789) -> MadePacket:
    """The frame in VXLAN (RFC 7348)."""
    return in_udp(packet, port, b"\x08\0\0\0\0\0\x2a\0" + packet.data)


def tgeneve(packet: MadePacket, options: int = 0) -> MadePacket:
    """The frame in Geneve (RFC 8926) with so many words of options."""
    return in_udp(packet, 6081, bytes([options, 0]) + b"\x65\x58\0\0\x2a\0" + bytes(4 * options) + packet.data)


def tgtp(packet: MadePacket, *, sequence: bool = False, extended: bool = False) -> MadePacket:
    """The packet's IP in GTP-U (3GPP TS 29.281), as between base station and core."""
    inner = packet.data[_ETHERNET:]
    options = b"\0\1\0" + (b"\x85" if extended else b"\0") if sequence or extended else b""
    options += b"\1\0\1\0" if extended else b""
    flags = 0x30 | (2 if sequence else 0) | (4 if extended else 0)
    return in_udp(packet, 2152, struct.pack("!BBHI", flags, 0xFF, len(options) + len(inner), 1) + options + inner)


def ttzsp(packet: MadePacket) -> MadePacket:
    """The frame in TZSP, as MikroTik routers stream what they sniff."""
    return in_udp(packet, 37008, b"\1\0\0\1" + b"\x0a\1\xc5" + b"\1" + packet.data)


def thep(
    src: str,
    dst: str,
    payload: bytes,
    at: float = 0.0,
    *,
    version: int = 3,
    kind: int = 1,
    protocol: int = 17,
    compressed: bool = False,
    told_at: float | None = None,
) -> MadePacket:
    """A datagram of the Homer Encapsulation Protocol, captured `at` seconds after `START`, that tells of a packet.

    `kind` 1 is SIP, 5 RTCP; `told_at` is the epoch that it tells, by default the moment of its capture.
    """
    (source, sport), (destination, dport) = (_split(src), _split(dst))
    frame = tudp("192.0.2.9:40000", "192.0.2.8:9060", b"", at)
    seconds, microseconds = divmod(round((frame.time_ns / 1e9 if told_at is None else told_at) * 1e6), 10**6)
    four = len(source) == 4
    if version < 3:
        family = 2 if four else 10
        head = struct.pack("!BBBBHH", version, 8 + 2 * len(source), family, protocol, sport, dport)
        time = struct.pack("<IIHxx", seconds, microseconds, 1) if version == 2 else b""
        return tudp("192.0.2.9:40000", "192.0.2.8:9060", head + source + destination + time + payload, at)
    body = b"".join(
        struct.pack("!HHH", 0, number, 6 + len(data)) + data
        for number, data in (
            (1, bytes([2 if four else 10])),
            (2, bytes([protocol])),
            (3 if four else 5, source),
            (4 if four else 6, destination),
            (7, struct.pack("!H", sport)),
            (8, struct.pack("!H", dport)),
            (9, struct.pack("!I", seconds)),
            (10, struct.pack("!I", microseconds)),
            (11, bytes([kind])),
            (12, struct.pack("!I", 228)),
            (16, zlib.compress(payload)) if compressed else (15, payload),
        )
    )
    return tudp("192.0.2.9:40000", "192.0.2.8:9060", b"HEP3" + struct.pack("!H", 6 + len(body)) + body, at)


def _split(end: str) -> tuple[bytes, int]:
    host, _, port = end.rpartition(":")
    return ipaddress.ip_address(host.strip("[]")).packed, int(port)
