"""The same packet under another link layer, in a tunnel, or in fragments."""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import replace

from xivolab.testing.captures import START, MadePacket

_ETHERNET = 14  # bytes of an Ethernet header


def tlink(packet: MadePacket, link: int) -> MadePacket:
    """The packet as a capture of this link type holds it: cooked (113, 276), loopback (0, 108) or raw IP.

    Source: https://www.tcpdump.org/linktypes.html.
    """
    ethertype, ip = packet.data[12:_ETHERNET], packet.data[_ETHERNET:]
    family = 2 if ethertype == b"\x08\0" else 30
    headers = {
        0: struct.pack("<I", family),
        108: struct.pack(">I", family),
        113: struct.pack("!HHH8s2s", 0, 1, 6, bytes(8), ethertype),
        276: struct.pack("!2sHIHBB8s", ethertype, 0, 2, 1, 0, 6, bytes(8)),
    }
    return replace(packet, data=headers.get(link, b"") + ip)


def ttagged(packet: MadePacket, *ethertypes: int) -> MadePacket:
    """The packet with one VLAN tag for each EtherType (0x8100 IEEE 802.1Q, 0x88A8 802.1ad), outermost first."""
    tags = b"".join(struct.pack("!HH", ethertype, 24) for ethertype in ethertypes)
    return replace(packet, data=packet.data[:12] + tags + packet.data[12:])


def ttunnelled(packet: MadePacket, src: str = "192.0.2.1", dst: str = "192.0.2.2") -> MadePacket:
    """The packet's IP inside IPv4 (RFC 2003; an IPv6 packet: RFC 4213), between the addresses `src` and `dst`."""
    inner = packet.data[_ETHERNET:]
    protocol = 4 if inner[0] >> 4 == 4 else 41
    ends = ipaddress.IPv4Address(src).packed + ipaddress.IPv4Address(dst).packed
    outer = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(inner), 0, 0, 64, protocol, 0) + ends
    return replace(packet, data=packet.data[:12] + b"\x08\0" + outer + inner)


def textended(packet: MadePacket) -> MadePacket:
    """An IPv6 packet with a hop-by-hop and a destination options header before its transport (RFC 8200, 4)."""
    start = _ETHERNET + 40
    ip, transport = bytearray(packet.data[_ETHERNET:start]), packet.data[start:]
    padding = b"\x01\x0c" + bytes(12)  # PadN over the rest of a header of 16 bytes
    headers = bytes([60, 1]) + padding + bytes([ip[6], 1]) + padding
    ip[4:6] = struct.pack("!H", len(headers) + len(transport))
    ip[6] = 0
    return replace(packet, data=packet.data[:_ETHERNET] + bytes(ip) + headers + transport)


def tfragments(packet: MadePacket, size: int, ip_id: int = 77) -> list[MadePacket]:
    """The packet in IP fragments with at most `size` bytes (a multiple of 8) of payload each (RFC 791; RFC 8200, 4.5)."""
    six = packet.data[_ETHERNET] >> 4 == 6
    start = _ETHERNET + (40 if six else 20)
    ip, payload = packet.data[_ETHERNET:start], packet.data[start:]
    fragments = []
    for offset in range(0, len(payload), size):
        part, more = payload[offset : offset + size], offset + size < len(payload)
        if six:
            header = struct.pack("!BBHI", ip[6], 0, offset | more, ip_id)
            new_ip = ip[:4] + struct.pack("!HB", 8 + len(part), 44) + ip[7:] + header
        else:
            placed = offset // 8 | more << 13
            new_ip = ip[:2] + struct.pack("!HHH", 20 + len(part), ip_id, placed) + ip[8:]
        fragments.append(replace(packet, data=packet.data[:_ETHERNET] + new_ip + part))
    return fragments


def ticmp(
    packet: MadePacket, at: float | None = None, *, kind: int | None = None, code: int | None = None
) -> MadePacket:
    """The ICMP error with which the packet's receiver answers it, `at` seconds after `START`; by default port unreachable.

    `kind` and `code` are as in RFC 792 and RFC 4443.
    """
    ip = packet.data[_ETHERNET:]
    six = ip[0] >> 4 == 6
    quoted = ip[:1232] if six else ip[:576]
    head = bytes([(1 if six else 3) if kind is None else kind, (4 if six else 3) if code is None else code])
    message = head + b"\0\0" + bytes(4) + quoted
    if six:
        new_ip = ip[:4] + struct.pack("!HBB", len(message), 58, 64) + ip[24:40] + ip[8:24]
    else:
        new_ip = b"\x45\xc0" + struct.pack("!HHHBBH", 20 + len(message), 0, 0, 64, 1, 0) + ip[16:20] + ip[12:16]
    time_ns = packet.time_ns if at is None else int(START) * 10**9 + round(at * 1e9)
    return replace(packet, time_ns=time_ns, data=packet.data[:_ETHERNET] + new_ip + message)
