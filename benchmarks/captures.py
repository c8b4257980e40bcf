"""Captures for benchmarks: as many RTP packets as asked for. Made up, and never used as samples."""

from __future__ import annotations

from pathlib import Path

import numpy as np

_PCAP_HEADER = np.array([0xA1B2C3D4, 0x00040002, 0, 0, 262144, 1], "<u4").tobytes()
_PAYLOAD = 160


def rtp_capture(path: Path, packets: int, streams: int = 100, start: int = 1_700_000_000) -> Path:
    """A pcap of G.711 packets of 214 bytes, `streams` at a time, 20 ms apart."""
    row = np.dtype(
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
    size = row.itemsize - 16
    ip = bytes([0x45, 0, (size - 14) >> 8, (size - 14) & 255, 0, 0, 0, 0, 64, 17, 0, 0])
    ethernet = bytes(12) + b"\x08\x00"
    with path.open("wb") as out:
        out.write(_PCAP_HEADER)
        for first in range(0, packets, 1 << 18):
            number = np.arange(first, min(packets, first + (1 << 18)))
            stream, turn = number % streams, number // streams
            rows = np.zeros(len(number), row)
            micros = turn * 20_000 + stream * (20_000 // max(streams, 1))
            rows["sec"], rows["usec"] = start + micros // 1_000_000, micros % 1_000_000
            rows["captured"] = rows["wire"] = size
            rows["ethernet"], rows["ip"] = np.void(ethernet), np.void(ip)
            rows["src"], rows["dst"] = 0x0A000000 + stream, 0x0A010000 + stream
            rows["sport"] = rows["dport"] = 10_000 + 2 * (stream % 10_000)
            rows["length"] = 8 + 12 + _PAYLOAD
            rows["first"], rows["second"] = 0x80, 8
            rows["sequence"], rows["timestamp"] = turn & 0xFFFF, turn * 160 & 0xFFFFFFFF
            rows["ssrc"] = 0x10000 + stream
            out.write(rows.tobytes())
    return path
