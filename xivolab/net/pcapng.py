"""The pcapng file format: sections and interfaces in Python, packets in a kernel.

Format: draft-ietf-opsawg-pcapng. Sections and interfaces are rare and have options; packets are many and have none that
matter here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper, kernel
from xivolab.evidence.source import Source
from xivolab.net.bytes import half, i64, word
from xivolab.net.link import dissect
from xivolab.net.pcap import LARGEST_PACKET
from xivolab.net.rows import CONTROL, DAMAGED, DONE, FULL

SECTION, INTERFACE, OLD_PACKET, SIMPLE, ENHANCED, SECRETS = 0x0A0D0D0A, 1, 2, 3, 6, 10

LONGEST_BLOCK = 64 * LARGEST_PACKET
"""A block that says it is longer than this is damaged."""

LENGTH_BEFORE = 4
"""How many bytes before its data the original length of a packet stands, in every block of packets."""

_MAGIC = 0x1A2B3C4D
_END_OF_OPTIONS, _TSRESOL, _TSOFFSET = 0, 9, 14
_FARTHEST = 1 << 33  # s; an offset beyond the year 2242 is damage

LINK, SNAPLEN, MULTIPLY, DIVIDE, BITS, OFFSET = range(6)
"""Columns of the interface table: ns = ticks * MULTIPLY // DIVIDE, or of 2^-BITS s when BITS is not 0; OFFSET in ns."""


@dataclass(slots=True)
class Section:
    """The section being read: byte order and interfaces (n, 6) int64."""

    swapped: bool = False
    interfaces: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 6), np.int64))


def is_pcapng(head: bytes) -> bool:
    """Whether a file with this beginning is pcapng."""
    return len(head) >= 12 and head[:4] == b"\x0a\x0d\x0d\x0a" and byte_order(head[8:12]) is not None


def byte_order(magic: bytes) -> bool | None:
    """True for big-endian, False for little-endian, None when it is no byte-order magic."""
    for order, swapped in (("<", False), (">", True)):
        if struct.unpack(order + "I", magic)[0] == _MAGIC:
            return swapped
    return None


def read_interface(body: bytes, swapped: bool) -> list[int]:
    """One row of the interface table from the body of an Interface Description Block (section 4.2)."""
    order = ">" if swapped else "<"
    link, _, snaplen = struct.unpack_from(order + "HHI", body)
    multiply, divide, bits, offset = 1000, 1, 0, 0
    at = 8
    while at + 4 <= len(body):
        code, length = struct.unpack_from(order + "HH", body, at)
        value = body[at + 4 : at + 4 + length]
        if code == _END_OF_OPTIONS:
            break
        if code == _TSRESOL and len(value) == 1:
            exponent = value[0] & 0x7F
            if value[0] & 0x80 and exponent:
                bits = exponent
            else:
                multiply, divide = 10 ** max(0, 9 - exponent), 10 ** max(0, min(exponent, 27) - 9)
        elif code == _TSOFFSET and len(value) == 8:
            (seconds,) = struct.unpack(order + "q", value)
            if abs(seconds) < _FARTHEST:
                offset = seconds * 1_000_000_000
        at += 4 + (length + 3) // 4 * 4
    return [link, snaplen, multiply, divide, bits, offset]


@helper
def _nanoseconds(ticks: int, interface: Any) -> int:
    bits = interface[BITS]
    if bits == 0:
        return ticks * interface[MULTIPLY] // interface[DIVIDE] + interface[OFFSET]
    if bits > 62:
        return interface[OFFSET]
    seconds = ticks >> bits
    fraction = ticks - (seconds << bits)
    if bits > 33:  # 10^9 times a larger fraction would not fit in 63 bits
        fraction >>= bits - 33
        bits = 33
    return seconds * 1_000_000_000 + ((fraction * 1_000_000_000) >> bits) + interface[OFFSET]


@kernel
def pcapng_records(
    buffer: Any, start: int, end: int, swapped: bool, interfaces: Any, frame: int, rows: Any
) -> tuple[int, int, int, int]:
    """Fill `rows` with the packets of the blocks that lie whole in buffer[start:end].

    Stops with CONTROL at a section or interface block, which Python reads, and at blocks that hold decryption secrets.
    Returns where it stopped, how many rows were filled, why, and how many of them are of a kind beyond TCP.
    """
    at = start
    count = special = 0
    while at + 12 <= end:
        if count == len(rows):
            return at, count, FULL, special
        kind = word(buffer, at, swapped)
        if kind == SECTION:
            return at, count, CONTROL, special
        length = word(buffer, at + 4, swapped)
        if length < 12 or length % 4 != 0 or length > LONGEST_BLOCK:
            return at, count, DAMAGED, special
        if kind in (INTERFACE, SECRETS):
            return at, count, CONTROL, special
        if at + length > end:
            break
        if kind in (ENHANCED, OLD_PACKET, SIMPLE):
            header = 12 if kind == SIMPLE else 28
            if length < header + 4:
                return at, count, DAMAGED, special
            number = i64(0)
            if kind == ENHANCED:
                number = word(buffer, at + 8, swapped)
            elif kind == OLD_PACKET:
                number = half(buffer, at + 8, swapped)
            if number >= len(interfaces):
                return at, count, DAMAGED, special
            interface = interfaces[number]
            time = i64(0)
            if kind == SIMPLE:
                captured = word(buffer, at + 8, swapped)
                if interface[SNAPLEN] > 0:
                    captured = min(captured, interface[SNAPLEN])
                captured = min(captured, length - 16)
            else:
                ticks = (word(buffer, at + 12, swapped) << 32) | word(buffer, at + 16, swapped)
                time = _nanoseconds(ticks, interface)
                captured = word(buffer, at + 20, swapped)
            if captured > length - header - 4:
                return at, count, DAMAGED, special
            row = rows[count]
            row["frame"] = frame + count + 1
            row["time"] = time
            special += dissect(buffer, row, interface[LINK], at + header, captured)
            count += 1
        at += length
    return at, count, DONE, special


def secrets_of(source: Source) -> list[bytes]:
    """The bodies of the Decryption Secrets Blocks (section 4.7) of a pcapng file, with little-endian numbers."""
    found: list[bytes] = []
    if not is_pcapng(source.head):
        return found
    swapped = False
    with source.open() as stream:
        while len(head := stream.read(12)) == 12:
            if head[:4] == b"\x0a\x0d\x0d\x0a":
                order = byte_order(head[8:12])
                if order is None:
                    break
                swapped = order
            kind, length = struct.unpack(">II" if swapped else "<II", head[:8])
            if not 12 <= length <= LONGEST_BLOCK:
                break
            body = head[8:] + stream.read(length - 12)
            if len(body) < length - 8:
                break
            if kind == SECRETS and (secret := read_secret(body[:-4], swapped)):
                found.append(secret)
    return found


def read_secret(body: bytes, swapped: bool) -> bytes:
    """The body of a Decryption Secrets Block with little-endian numbers, without padding; nothing when it is cut."""
    if len(body) < 8:
        return b""
    kind, size = struct.unpack_from(">II" if swapped else "<II", body)
    return struct.pack("<II", kind, size) + body[8 : 8 + size]
