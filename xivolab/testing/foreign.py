"""Packets in links, tunnels and transports that xivolab leaves to tshark."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace

from xivolab.testing.captures import MadePacket
from xivolab.testing.tunnels import in_ip, in_udp

_ETHERNET = 14
WIFI, RADIOTAP = 105, 127
"""Link types (LINKTYPE_) of `twifi`, without and with `radiotap`."""


def twifi(packet: MadePacket, sequence: int = 0, *, radiotap: bool = False) -> MadePacket:
    """The packet in a data frame of 802.11 from an access point, with LLC and SNAP (IEEE 802.11, 9.3.2)."""
    ends = packet.data[:6] + b"\x02\0\0\0\0\x10" + packet.data[6:12]
    frame = struct.pack("<HH", 0x0208, 0) + ends + struct.pack("<H", sequence << 4 & 0xFFFF)
    frame += b"\xaa\xaa\x03\0\0\0" + packet.data[12:]
    return replace(packet, data=struct.pack("<BBHI", 0, 0, 8, 0) + frame if radiotap else frame)


def tl2tp(packet: MadePacket) -> MadePacket:
    """The packet's IP in PPP in L2TP, version 2, with a length (RFC 2661, 3.1)."""
    ppp = b"\xff\x03" + (b"\0\x21" if packet.data[12:_ETHERNET] == b"\x08\0" else b"\0\x57") + packet.data[_ETHERNET:]
    return in_udp(packet, 1701, struct.pack("!HHHH", 0x4002, 8 + len(ppp), 1, 1) + ppp)


def tetherip(packet: MadePacket) -> MadePacket:
    """The frame in EtherIP (RFC 3378)."""
    return in_ip(packet, 97, b"\x30\0" + packet.data)


def tvntag(packet: MadePacket) -> MadePacket:
    """The packet behind a VN tag, as Cisco's fabric extenders write it."""
    return replace(packet, data=packet.data[:12] + b"\x89\x26\0\x01\0\x02" + packet.data[12:])


def tsctp(
    packet: MadePacket,
    messages: Sequence[bytes],
    ports: tuple[int, int] = (5060, 5060),
    *,
    tsn: int = 1,
    flags: int = 3,
    ppid: int = 0,
) -> MadePacket:
    """The IP packet with SCTP in it instead, a DATA chunk for each message (RFC 9260, 3.3.1).

    `flags` 3 is a whole message, 2 its beginning, 0 its middle, 1 its end.
    """
    chunks = b""
    for number, data in enumerate(messages):
        sequence = tsn + number if flags == 3 else 1  # that of the parts of a message is the same
        head = struct.pack("!BBHIHHI", 0, flags, 16 + len(data), tsn + number, 0, sequence, ppid)
        chunks += head + data + bytes(-len(data) % 4)
    common = struct.pack("!HHII", *ports, 1, 0)
    ip = packet.data[_ETHERNET : _ETHERNET + 20]
    ip = ip[:2] + struct.pack("!H", 20 + len(common) + len(chunks)) + ip[4:9] + bytes([132]) + b"\0\0" + ip[12:]
    return replace(packet, data=packet.data[:_ETHERNET] + ip + common + chunks)
