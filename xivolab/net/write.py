"""Writes captures: pcap with nanoseconds where all packets are of one link type, else pcapng.

Formats: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from xivolab.net.pcapng import ENHANCED, INTERFACE, SECRETS, SECTION

SNAPLEN = 262144
_NANOSECOND_PCAP = 0xA1B23C4D
_MAGIC = 0x1A2B3C4D
_END, _NAME, _TSRESOL = 0, 2, 9  # options
_NANOSECONDS = 9


@dataclass(frozen=True, slots=True)
class Packet:
    """One frame: its number in the file it is from, its time in ns since 1970, link type, and length on the wire."""

    frame: int
    time: int
    link: int
    data: bytes
    original: int


@dataclass(frozen=True, slots=True)
class Interface:
    """Where packets of a pcapng file were captured: its name, and its link type (LINKTYPE_)."""

    name: str
    link: int


class PcapWriter:
    """A pcap file of one link type; `packets` have been written."""

    def __init__(self, out: IO[bytes], link: int) -> None:
        self._out = out
        self.packets = 0
        out.write(struct.pack("<IHHiIII", _NANOSECOND_PCAP, 2, 4, 0, 0, SNAPLEN, link))

    def write(self, packet: Packet) -> None:
        """Add a packet."""
        self.packets += 1
        seconds, nanoseconds = divmod(packet.time, 10**9)
        self._out.write(struct.pack("<IIII", seconds & 0xFFFFFFFF, nanoseconds, len(packet.data), packet.original))
        self._out.write(packet.data)


class PcapngWriter:
    """A pcapng file of one section: `interfaces`, then `secrets` (bodies of Decryption Secrets Blocks, little-endian).

    `packets` have been written.
    """

    def __init__(self, out: IO[bytes], interfaces: Sequence[Interface], secrets: Sequence[bytes] = ()) -> None:
        self._out = out
        self.packets = 0
        self._interfaces = 0
        self._block(SECTION, struct.pack("<IHHq", _MAGIC, 1, 0, -1))
        for interface in interfaces:
            self.add_interface(interface)
        for secret in secrets:
            self._block(SECRETS, secret)

    def add_interface(self, interface: Interface) -> int:
        """Declare one more interface; its index."""
        name = interface.name.encode("utf-8", "replace")
        options = _option(_NAME, name) + _option(_TSRESOL, bytes([_NANOSECONDS])) + _option(_END, b"")
        self._block(INTERFACE, struct.pack("<HHI", interface.link, 0, SNAPLEN) + options)
        self._interfaces += 1
        return self._interfaces - 1

    def write(self, packet: Packet, interface: int) -> None:
        """Add a packet of an interface, by its index."""
        self.packets += 1
        time = max(packet.time, 0)
        head = struct.pack("<IIIII", interface, time >> 32, time & 0xFFFFFFFF, len(packet.data), packet.original)
        self._block(ENHANCED, head + packet.data)

    def _block(self, kind: int, body: bytes) -> None:
        padded = body + bytes(-len(body) % 4)
        length = struct.pack("<I", 12 + len(padded))
        self._out.write(struct.pack("<I", kind) + length + padded + length)


def _option(code: int, value: bytes) -> bytes:
    return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)
