"""HEP, the Homer Encapsulation Protocol (EEP): what an agent or a PBX tells a Homer server of the SIP it saw.

Version 3: sipcapture/HEP, "HEP3 Network Protocol Specification". Versions 1 and 2: a fixed header in the byte order of the
network, but for the time of version 2, which is in that of the sending machine (OpenSIPS: modules/proto_hep/hep.c).
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from xivolab.net.hep_json import rtcp_of

_FAMILY, _PROTOCOL, _SRC4, _DST4, _SRC6, _DST6, _SPORT, _DPORT = range(1, 9)
_SECONDS, _MICROSECONDS, _KIND = 9, 10, 11
_PAYLOAD, _COMPRESSED = 15, 16

SIP, RTP, RTCP = 1, 4, 5
"""Kinds of payload (chunk 0x000b)."""

_LONGEST = 1 << 20  # what a payload may be unpacked to


@dataclass(frozen=True, slots=True)
class Told:
    """One packet as the agent saw it: packed addresses of 4 or 16 bytes, ports, IP protocol, payload and its kind.

    `time` is ns since 1970, None where it was not told.
    """

    source: bytes
    destination: bytes
    sport: int
    dport: int
    protocol: int
    kind: int
    time: int | None
    payload: bytes


def read_hep(data: bytes, near: int = 0) -> Told | None:
    """The packet in a HEP datagram, None when it is damaged. `near` (ns) is when the datagram itself was captured."""
    if data[:4] == b"HEP3":
        return _read_3(data)
    return _read_1_or_2(data, near) if data[:1] in (b"\1", b"\2") else None


def _read_3(data: bytes) -> Told | None:
    if len(data) < 6:
        return None
    chunks: dict[int, bytes] = {}
    at, end = 6, min(len(data), int.from_bytes(data[4:6], "big"))
    while at + 6 <= end:
        vendor, kind, length = struct.unpack_from("!HHH", data, at)
        if length < 6:
            break
        if vendor == 0:
            chunks[kind] = data[at + 6 : min(at + length, end)]
        at += length
    payload = chunks.get(_PAYLOAD)
    if payload is None and _COMPRESSED in chunks:
        payload = _unpacked(chunks[_COMPRESSED])
    ends = (chunks.get(_SRC4, b""), chunks.get(_DST4, b""))
    if len(ends[0]) != 4 or len(ends[1]) != 4:
        ends = (chunks.get(_SRC6, b""), chunks.get(_DST6, b""))
        if len(ends[0]) != 16 or len(ends[1]) != 16:
            return None
    if payload is None:
        return None
    if chunks.get(_KIND) == bytes([RTCP]) and payload[:1] == b"{":
        payload = rtcp_of(payload)
        if payload is None:
            return None

    def number(kind: int) -> int:
        return int.from_bytes(chunks.get(kind, b""), "big")

    time = number(_SECONDS) * 10**9 + min(number(_MICROSECONDS), 999_999) * 1000 if _SECONDS in chunks else None
    return Told(
        *ends, number(_SPORT) & 0xFFFF, number(_DPORT) & 0xFFFF, number(_PROTOCOL), number(_KIND), time, payload
    )


def _read_1_or_2(data: bytes, near: int) -> Told | None:
    width = 4 if data[1] in (16, 28) else 16
    at = 8 + 2 * width
    payload_at = at + (12 if data[0] == 2 else 0)
    if len(data) < payload_at:
        return None
    sport, dport = struct.unpack_from("!HH", data, 4)
    time = _time_of_2(data[at : at + 8], near) if data[0] == 2 else None
    return Told(data[8 : 8 + width], data[8 + width : at], sport, dport, data[3], SIP, time, data[payload_at:])


def _time_of_2(field: bytes, near: int) -> int:
    """The time in whichever byte order is nearer to when it was captured."""
    times = [s * 10**9 + min(u, 999_999) * 1000 for s, u in (struct.unpack(order + "II", field) for order in "<>")]
    return int(min(times, key=lambda time: abs(time - near)))


def _unpacked(data: bytes) -> bytes | None:
    """A payload in zlib's format or gzip's; what can be had of it, None for nothing."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        return unpacker.decompress(data, _LONGEST)
    except zlib.error:
        return None
