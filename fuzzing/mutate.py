"""From a number to a damaged capture: the same number gives the same bytes."""

from __future__ import annotations

import random
import struct
from dataclasses import replace

from fuzzing.logs import log_case
from fuzzing.seeds import seeds
from xivolab.testing import MadePacket, tblock

_EXTREMES = (0, 1, 4, 6, 7, 8, 0x45, 0x4F, 0x60, 0x7F, 0x80, 0x8F, 0x90, 0xA0, 0xBF, 0xC8, 0xFF)
_WORDS = (b"\0\0", b"\0\1", b"\0\x08", b"\x7f\xff", b"\x80\0", b"\xff\xff", b"\xff\xf8", b"\x05\xdc")
_LONGS = (bytes(4), b"\0\0\0\1", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\xff\xff\xff\xff")
_TIMES = (0, 1, -1, 10**9, -(10**9), 10**18, 2**32 * 10**9 - 1, 3600 * 10**9)
_TEXTS = (
    b"\r\n",
    b"\r\n\r\n",
    b"\n",
    b"\0",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"99999999999999999999",
    b"-1",
    b";tag=",
    b"<sip:",
    b"@",
    b"Content-Length: 4294967296\r\n",
    b"Content-Length: -5\r\n",
    b"CSeq: 2147483648 INVITE\r\n",
    b"SIP/2.0 200 OK\r\n",
    b"INVITE sip:x SIP/2.0\r\n",
    b"m=audio 99999 RTP/AVP 8 999 -1\r\n",
    b"a=rtpmap:96 opus/0/0\r\n",
    b"a=rtpmap:300 X/99999999999\r\n",
    b"c=IN IP6 ::ffff:1.2.3.4/127\r\n",
    b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\r\n",
    b"Via: " * 50,
    b"A" * 3000,
    b'"' * 40,
    b"\\",
)
_HEADER = 24
_LOG_EVERY = 8


def make_case(number: int, seed: int = 1) -> bytes:
    """The capture of case `number`: pcap or pcapng, of any link type and byte order, damaged in several ways; now and then a log."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - to be repeated, not to be secret
    if number % _LOG_EVERY == _LOG_EVERY - 1:
        return log_case(chance)
    chosen = chance.choice(seeds())
    packets = list(chosen.packets)
    if chance.random() < 0.3:  # smaller cases run faster and reach further
        start = chance.randrange(len(packets))
        packets = packets[start : start + chance.randrange(1, 12)]
    for _ in range(chance.choice((0, 1, 1, 2, 3, 6))):
        packets = _change_packets(packets, chance)
    link = (
        chosen.link
        if chance.random() < 0.95
        else chance.choice((0, 1, 12, 101, 105, 113, 127, 147, 228, 229, 276, 65535))
    )
    whole = _write(packets, link, chance)
    return _change_bytes(whole, chance) if chance.random() < 0.4 else whole


def _change_packets(packets: list[MadePacket], chance: random.Random) -> list[MadePacket]:
    if not packets:
        return packets
    at = chance.randrange(len(packets))
    kind = chance.randrange(10)
    if kind == 0:
        chance.shuffle(packets)
    elif kind == 1:
        packets[at:at] = [packets[at]] * chance.choice((1, 2, 30))
    elif kind == 2:
        del packets[at : at + chance.randrange(1, 4)]
    elif kind == 3:  # a packet of another capture
        packets.insert(at, chance.choice(chance.choice(seeds()).packets))
    elif kind == 4:
        packets[at] = replace(packets[at], time_ns=_time(packets[at].time_ns, chance))
    elif kind == 5:
        packets[at] = replace(packets[at], data=packets[at].data[: chance.randrange(len(packets[at].data) + 1)])
    elif kind == 6:
        packets[at] = _change_text(packets[at], chance)
    elif kind == 7:  # two packets grown together
        other = chance.choice(packets).data
        cut = chance.randrange(len(packets[at].data) + 1)
        packets[at] = replace(packets[at], data=packets[at].data[:cut] + other[min(cut, len(other)) :])
    else:
        for _ in range(chance.randrange(1, 8)):
            packets[at] = _change_field(packets[at], chance)
    return packets


def _time(time: int, chance: random.Random) -> int:
    chosen = chance.choice(_TIMES)
    moved = chosen if chance.random() < 0.3 else time + chosen
    return min(max(moved, 0), 2**32 * 10**9 - 1)


def _change_field(packet: MadePacket, chance: random.Random) -> MadePacket:
    """A byte, a length or a bit, mostly in the headers."""
    data = bytearray(packet.data)
    if not data:
        return packet
    at = min(int(chance.expovariate(1 / 40)), len(data) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        data[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        data[at] = chance.choice(_EXTREMES)
    elif kind == 2:
        word = chance.choice(_WORDS)
        data[at : at + 2] = word[: len(data) - at]
    else:
        word = chance.choice(_LONGS)
        data[at : at + 4] = word[: len(data) - at]
    return replace(packet, data=bytes(data))


def _change_text(packet: MadePacket, chance: random.Random) -> MadePacket:
    """A message with its lines changed, its lengths in IP and UDP set right, so that the change is read."""
    data = packet.data
    begin = 42
    if len(data) <= begin or data[12:14] != b"\x08\0" or data[23] != 17:
        return _change_field(packet, chance)
    text = bytearray(data[begin:])
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(text) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            text[at:at] = chance.choice(_TEXTS)
        elif kind == 1:
            end = text.find(b"\n", at)
            del text[at : end if end > 0 else at + 20]
        elif kind == 2:
            lines = bytes(text).split(b"\r\n")
            chance.shuffle(lines)
            text = bytearray(b"\r\n".join(lines))
        elif kind == 3 and text:
            text[min(at, len(text) - 1)] = chance.randrange(256)
        else:
            lines = bytes(text).split(b"\r\n")
            text = bytearray(b"\r\n".join([*lines, *lines]))
    text = text[:60_000]
    head = bytearray(data[:begin])
    head[16:18] = (28 + len(text)).to_bytes(2, "big")
    head[38:40] = (8 + len(text)).to_bytes(2, "big")
    return replace(packet, data=bytes(head) + bytes(text))


def _write(packets: list[MadePacket], link: int, chance: random.Random) -> bytes:
    order = chance.choice("<<<>")
    if chance.random() < 0.3:
        return _pcapng(packets, link, order, chance)
    nano = chance.random() < 0.5
    out = [struct.pack(order + "IHHiIII", 0xA1B23C4D if nano else 0xA1B2C3D4, 2, 4, 0, 0, 262144, link)]
    for packet in packets:
        seconds, rest = divmod(packet.time_ns, 10**9)
        out += [
            struct.pack(order + "IIII", seconds, rest if nano else rest // 1000, len(packet.data), len(packet.data))
        ]
        out.append(packet.data)
    return b"".join(out)


def _pcapng(packets: list[MadePacket], link: int, order: str, chance: random.Random) -> bytes:
    resolution = chance.choice((6, 9, 3, 0, 12, 0x80 | 20, 0x80 | 63, 0xFF))
    options = struct.pack(
        order + "HHBxxxHHqHH", 9, 1, resolution, 14, 8, chance.choice((0, 0, 0, 3600, -(2**40))), 0, 0
    )
    out = [tblock(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), order)]
    out.append(tblock(1, struct.pack(order + "HHI", link, 0, 262144) + options, order))
    for packet in packets:
        if chance.random() < 0.05:  # something nobody knows, secrets, or another section
            out.append(tblock(chance.choice((4, 5, 10, 0xBAD)), chance.randbytes(chance.randrange(40)), order))
        ticks, size = packet.time_ns // 1000 & 0xFFFFFFFFFFFFFFFF, len(packet.data)
        head = struct.pack(order + "IIIII", 0, ticks >> 32, ticks & 0xFFFFFFFF, size, size)
        out.append(tblock(6, head + packet.data, order))
    return b"".join(out)


def _change_bytes(whole: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, a piece cut out or put in, or the end cut off; the beginning of the file stays."""
    data = bytearray(whole)
    for _ in range(chance.randrange(1, 12)):
        if len(data) <= _HEADER:
            break
        at = chance.randrange(_HEADER, len(data))
        kind = chance.randrange(6)
        if kind < 3:
            data[at] = chance.choice((*_EXTREMES, chance.randrange(256)))
        elif kind == 3:
            data[at : at + 4] = chance.choice(_LONGS)
        elif kind == 4:
            del data[at : at + chance.randrange(40)]
        else:
            data[at:at] = chance.randbytes(chance.randrange(40))
    return bytes(data[: chance.randrange(_HEADER, len(data) + 1)]) if chance.random() < 0.3 else bytes(data)
