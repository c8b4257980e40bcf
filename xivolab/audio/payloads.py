"""RTP payload formats: which codec frames a payload holds. A frame is bytes, or None where the sender sent only silence.

What a decoder of files expects is given: AMR frames get their header octet (RFC 4867, 5.3), whatever RTP made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

Frames = list[bytes | None]
Unpack = Callable[[bytes], Frames]

_AMR_BITS = (95, 103, 118, 134, 148, 159, 204, 244, 39)
_AMR_WB_BITS = (132, 177, 253, 285, 317, 365, 397, 461, 477, 40)
_G723_BYTES = (24, 20, 4, 1)  # by the two lowest bits of the first byte; the last two are silence


def whole(payload: bytes) -> Frames:
    """The payload as it is: codecs without frames, and those whose decoder takes several at once."""
    return [payload] if payload else []


def fixed(size: int) -> Unpack:
    """Frames of `size` bytes (GSM, iLBC: RFC 3551, 4.5.8; RFC 3952, 3); a rest that is shorter is left out."""
    return lambda payload: [payload[at : at + size] for at in range(0, len(payload) - size + 1, size)]


def g729(payload: bytes) -> Frames:
    """Frames of 10 bytes, and one of 2 bytes with comfort noise at the end perhaps (RFC 3551, 4.5.6)."""
    frames = fixed(10)(payload)
    return [*frames, None] if len(payload) % 10 == 2 else frames


def g723(payload: bytes) -> Frames:
    """Frames that tell their size in their first byte (RFC 3551, 4.5.3)."""
    frames: Frames = []
    at = 0
    while at < len(payload):
        kind = payload[at] & 3
        size = _G723_BYTES[kind]
        if at + size > len(payload):
            break
        frames.append(payload[at : at + size] if kind < 2 else None)
        at += size
    return frames


def dvi4(payload: bytes) -> Frames:
    """As a block of IMA ADPCM in WAV (RFC 3551, 4.5.1): predictor little-endian, the earlier sample in the lower half.

    The block is filled up to the four bytes that WAV has.
    """
    if len(payload) < 5:
        return []
    nibbles = bytes((byte & 15) << 4 | byte >> 4 for byte in payload[4:]) + bytes(-len(payload) % 4)
    return [bytes((payload[1], payload[0], min(payload[2], 88), 0)) + nibbles]


def amr(parameters: Mapping[str, str], wideband: bool) -> Unpack | None:
    """AMR and AMR-WB (RFC 4867), octet-aligned or bandwidth-efficient as the `a=fmtp` parameters say.

    None for interleaved frames or such with a CRC, which nobody uses on telephones.
    """
    if parameters.get("crc") == "1" or "interleaving" in parameters or parameters.get("robust-sorting") == "1":
        return None
    bits = _AMR_WB_BITS if wideband else _AMR_BITS
    aligned = parameters.get("octet-align") == "1"

    def unpack(payload: bytes) -> Frames:
        return _amr_frames(payload, bits, aligned)

    return unpack


def _amr_frames(payload: bytes, bits: tuple[int, ...], aligned: bool) -> Frames:
    """4.3 and 4.4: a codec mode request, a table of contents, and the frames' bits one after the other."""
    stream, left = int.from_bytes(payload, "big"), len(payload) * 8

    def take(count: int) -> int:
        nonlocal left
        left -= count
        return (stream >> left) & ((1 << count) - 1) if left >= 0 else 0

    take(8 if aligned else 4)
    types: list[tuple[int, int]] = []
    more = 1
    while more and left > 0:
        more, kind, good = take(1), take(4), take(1)
        types.append((kind, good))
        if aligned:
            take(2)
    frames: Frames = []
    for kind, good in types:
        if kind >= len(bits) - 1:  # comfort noise, lost speech, no data
            take(bits[kind] + (-bits[kind] % 8 if aligned else 0) if kind < len(bits) else 0)
            frames.append(None)
            continue
        data = take(bits[kind])
        if aligned:
            take(-bits[kind] % 8)
        if left < 0:
            break
        frames.append(
            bytes((kind << 3 | good << 2,)) + (data << -bits[kind] % 8).to_bytes((bits[kind] + 7) // 8, "big")
        )
    return frames


class Block(NamedTuple):
    """One block of redundant audio: its payload type, how many ticks it is older than the packet, and its payload."""

    payload_type: int
    age: int
    payload: bytes


def redundant(payload: bytes) -> list[Block]:
    """The blocks of an RFC 2198 payload, the primary one last; none when it is damaged."""
    heads: list[tuple[int, int, int]] = []
    at = 0
    while at < len(payload) and payload[at] & 0x80:
        if at + 4 > len(payload):
            return []
        word = int.from_bytes(payload[at : at + 4], "big")
        heads.append((word >> 24 & 0x7F, word >> 10 & 0x3FFF, word & 0x3FF))
        at += 4
    if at >= len(payload):
        return []
    primary = payload[at] & 0x7F
    at += 1
    if at + sum(size for _, _, size in heads) > len(payload):
        return []
    blocks: list[Block] = []
    for kind, age, size in heads:
        blocks.append(Block(kind, age, payload[at : at + size]))
        at += size
    return [*blocks, Block(primary, 0, payload[at:])]


def parameters(fmtp: str) -> dict[str, str]:
    """The `name=value` pairs of an `a=fmtp` line, names in lower case."""
    pairs = (part.partition("=") for part in fmtp.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}
