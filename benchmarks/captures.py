"""Captures of RTP for benchmarks, of any size. Made up, and never used as samples."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.sip_captures import PCAP_HEADER, START, Leg, Packet, records

RECORD_BYTES = 230
"""Of a G.711 packet of 20 ms in a pcap: 160 bytes of sound, RTP, UDP, IP, Ethernet, and the header of the record."""

_RECORD = np.dtype(
    [
        ("sec", "<u4"),
        ("usec", "<u4"),
        ("captured", "<u4"),
        ("wire", "<u4"),
        ("ethernet", "V14"),
        ("ip", "V12"),
        ("src", ">u4"),
        ("dst", ">u4"),
        ("sport", ">u2"),
        ("dport", ">u2"),
        ("length", ">u2"),
        ("checksum", ">u2"),
        ("first", "u1"),
        ("second", "u1"),
        ("sequence", ">u2"),
        ("timestamp", ">u4"),
        ("ssrc", ">u4"),
        ("payload", "V160"),
    ]
)
_AT_ONCE = 1 << 18
_RTP_BEGINS = 2  # s after the first INVITE


def rtp_capture(path: Path, size: int, streams: int, signalled: bool = True) -> Path:
    """A pcap of `size` bytes of G.711 packets: `streams` at a time, two of each call, which SIP announces when `signalled`."""
    packets = size // RECORD_BYTES
    calls = [_call(number) for number in range(streams // 2)] if signalled else []
    ends = _RTP_BEGINS + packets // streams * 0.02 + 1
    with path.open("wb") as out:
        out.write(PCAP_HEADER)
        out.writelines(records(packet for call in calls for packet in _begun(call)))
        for first in range(0, packets, _AT_ONCE):
            out.write(_media(np.arange(first, min(packets, first + _AT_ONCE)), streams).tobytes())
        out.writelines(records(packet for call in calls for packet in _ended(call, ends)))
    return path


def _media(number: np.ndarray, streams: int) -> np.ndarray:
    """The records of some packets, by their number."""
    stream, turn = number % streams, number // streams
    call, backwards = stream // 2, stream % 2
    rows = np.zeros(len(number), _RECORD)
    micros = turn * 20_000 + stream * 20_000 // streams
    rows["sec"], rows["usec"] = START + _RTP_BEGINS + micros // 1_000_000, micros % 1_000_000
    rows["captured"] = rows["wire"] = total = RECORD_BYTES - 16
    rows["ethernet"] = np.void(bytes(12) + b"\x08\x00")
    rows["ip"] = np.void(bytes([0x45, 0, (total - 14) >> 8, (total - 14) & 255, 0, 0, 0, 0, 64, 17, 0, 0]))
    ends = [0x0A000000 + call, 0x0A010000 + call], [_port(call), _port(call) + 2]
    for names, (one, other) in zip((("src", "dst"), ("sport", "dport")), ends, strict=True):
        rows[names[0]] = np.where(backwards, other, one)
        rows[names[1]] = np.where(backwards, one, other)
    rows["length"] = total - 34
    rows["first"], rows["second"] = 0x80, 8
    rows["sequence"], rows["timestamp"] = turn & 0xFFFF, turn * 160 & 0xFFFFFFFF
    rows["ssrc"] = 0x10000 + stream
    return rows


def _port(call: np.ndarray) -> np.ndarray:
    return 10_000 + 4 * (call % 10_000)


def _call(number: int) -> Leg:
    places = (10, 0, number >> 8, number & 255), (10, 1, number >> 8, number & 255)
    users = f"1{number:05d}", f"2{number:05d}"
    tags = f"a{number:x}", f"b{number:x}"
    port = int(_port(np.array(number)))
    return Leg(f"{number:x}@bench", tags, users, places, ("Yealink SIP-T46U", "snom870"), port, True)


def _begun(call: Leg) -> list[Packet]:
    return [
        call.request(0.0, "INVITE", 1, tagged=False),
        call.reply(0.5, "200 OK", "INVITE", 1),
        call.request(1.0, "ACK", 1),
    ]


def _ended(call: Leg, time: float) -> list[Packet]:
    return [call.request(time, "BYE", 2), call.reply(time, "200 OK", "BYE", 2)]
