"""Packets and capture files made to order, byte for byte: a test knows every field of the file it reads."""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

START = 1_700_000_000.0
"""Epoch seconds at which test calls and captures begin."""


@dataclass(frozen=True)
class MadePacket:
    """One link-layer frame and when it was captured, in nanoseconds since 1970; `interface` counts in pcapng."""

    time_ns: int
    data: bytes
    interface: int = 0


def _endpoint(address: str) -> tuple[bytes, int]:
    host, _, port = address.rpartition(":")
    return ipaddress.ip_address(host.strip("[]")).packed, int(port)


def _internet_checksum(data: bytes) -> int:
    """RFC 1071."""
    total: int = sum(struct.unpack(f"!{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def _ethernet_ip(src: bytes, dst: bytes, protocol: int, segment: bytes, ip_id: int, ttl: int) -> bytes:
    ethernet = b"\x02\0\0\0\0\x02\x02\0\0\0\0\x01"
    if len(src) == 16:
        return ethernet + b"\x86\xdd" + struct.pack("!IHBB", 6 << 28, len(segment), protocol, ttl) + src + dst + segment
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(segment), ip_id, 0, ttl, protocol, 0, src, dst)
    checked = header[:10] + struct.pack("!H", _internet_checksum(header)) + header[12:]
    return ethernet + b"\x08\0" + checked + segment


def _pseudo_header(src: bytes, dst: bytes, protocol: int, length: int) -> bytes:
    layout = "!I3xB" if len(src) == 16 else "!xBH"
    return (
        src + dst + (struct.pack(layout, length, protocol) if len(src) == 16 else struct.pack(layout, protocol, length))
    )


def tudp(src: str, dst: str, payload: bytes, at: float = 0.0, *, ip_id: int = 0, ttl: int = 64) -> MadePacket:
    """An Ethernet frame with a UDP datagram, captured `at` seconds after `START`; addresses are "ip:port"."""
    (src_ip, src_port), (dst_ip, dst_port) = _endpoint(src), _endpoint(dst)
    header = struct.pack("!HHHH", src_port, dst_port, 8 + len(payload), 0)
    checksum = _internet_checksum(_pseudo_header(src_ip, dst_ip, 17, 8 + len(payload)) + header + payload) or 0xFFFF
    segment = header[:6] + struct.pack("!H", checksum) + payload
    return MadePacket(_ns(at), _ethernet_ip(src_ip, dst_ip, 17, segment, ip_id, ttl))


def ttcp(
    src: str, dst: str, payload: bytes, at: float = 0.0, *, seq: int = 1, ack: int = 1, flags: int = 0x18
) -> MadePacket:
    """An Ethernet frame with a TCP segment; `flags` 0x02 is SYN, 0x18 PSH and ACK (RFC 9293, 3.1)."""
    (src_ip, src_port), (dst_ip, dst_port) = _endpoint(src), _endpoint(dst)
    header = struct.pack("!HHIIBBHHH", src_port, dst_port, seq, ack, 5 << 4, flags, 65535, 0, 0)
    checksum = _internet_checksum(_pseudo_header(src_ip, dst_ip, 6, 20 + len(payload)) + header + payload)
    segment = header[:16] + struct.pack("!H", checksum) + header[18:] + payload
    return MadePacket(_ns(at), _ethernet_ip(src_ip, dst_ip, 6, segment, 0, 64))


def trtp(
    src: str,
    dst: str,
    seq: int,
    timestamp: int,
    at: float = 0.0,
    *,
    ssrc: int = 1,
    pt: int = 8,
    marker: bool = False,
    payload: bytes = b"\xd5" * 160,
    ip_id: int = 0,
    ttl: int = 64,
) -> MadePacket:
    """An Ethernet frame with RTP (RFC 3550, 5.1), by default 20 ms of G.711 silence; numbers are wrapped to their width."""
    header = struct.pack("!BBHII", 0x80, pt | marker << 7, seq & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc)
    return tudp(src, dst, header + payload, at, ip_id=ip_id, ttl=ttl)


def _ns(at: float) -> int:
    return int(START) * 10**9 + round(at * 1e9)


def tpcap(
    path: Path,
    packets: Iterable[MadePacket],
    *,
    link: int = 1,
    byte_order: str = "<",
    nanoseconds: bool = False,
    snaplen: int = 262144,
) -> Path:
    """Writes a pcap file (draft-ietf-opsawg-pcap): `byte_order` "<" or ">", `link` as in the tcpdump.org list."""
    unit, magic = (1, 0xA1B23C4D) if nanoseconds else (1000, 0xA1B2C3D4)
    out = [struct.pack(byte_order + "IHHiIII", magic, 2, 4, 0, 0, snaplen, link)]
    for packet in packets:
        seconds, rest = divmod(packet.time_ns, 10**9)
        kept = packet.data[:snaplen]
        out += [struct.pack(byte_order + "IIII", seconds, rest // unit, len(kept), len(packet.data)), kept]
    path.write_bytes(b"".join(out))
    return path


@dataclass(frozen=True)
class MadeInterface:
    """An interface of a pcapng file: `tsresol` and `tsoffset` (s) as in its options (section 4.2)."""

    link: int = 1
    tsresol: int = 9
    tsoffset: int = 0

    def ticks(self, time_ns: int) -> int:
        """The time in units of this interface."""
        per_second = 1 << (self.tsresol & 0x7F) if self.tsresol & 0x80 else 10**self.tsresol
        return (time_ns - self.tsoffset * 10**9) * per_second // 10**9


def tpcapng(
    path: Path,
    packets: Iterable[MadePacket],
    *,
    interfaces: Sequence[MadeInterface] = (MadeInterface(),),
    byte_order: str = "<",
) -> Path:
    """Writes a pcapng file with one section (draft-ietf-opsawg-pcapng); several sections are several such files in one.

    Each packet names one of the `interfaces` by its index.
    """
    out = [tblock(0x0A0D0D0A, struct.pack(byte_order + "IHHq", 0x1A2B3C4D, 1, 0, -1), byte_order)]
    for interface in interfaces:
        options = struct.pack(byte_order + "HHBxxxHHqHH", 9, 1, interface.tsresol, 14, 8, interface.tsoffset, 0, 0)
        out.append(tblock(1, struct.pack(byte_order + "HHI", interface.link, 0, 262144) + options, byte_order))
    for packet in packets:
        ticks, size = interfaces[packet.interface].ticks(packet.time_ns), len(packet.data)
        head = struct.pack(byte_order + "IIIII", packet.interface, ticks >> 32, ticks & 0xFFFFFFFF, size, size)
        out.append(tblock(6, head + packet.data, byte_order))
    path.write_bytes(b"".join(out))
    return path


def tblock(kind: int, body: bytes, byte_order: str = "<") -> bytes:
    """One pcapng block of any kind (section 3.1)."""
    padded = body + b"\0" * (-len(body) % 4)
    length = struct.pack(byte_order + "I", 12 + len(padded))
    return struct.pack(byte_order + "I", kind) + length + padded + length
