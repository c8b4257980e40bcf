"""RTP: the lists of streams and calls beside tshark, from captures of any size."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.captures import rtp_capture
from benchmarks.measure import compare, made
from benchmarks.programs import TSHARK_RTP, TSHARK_RTP_GUESSED, xivolab

_MB = 1_000_000
_SIZES = ((1, 8), (10, 80), (100, 800), (1000, 2000))
_PYSHARK = "import pyshark, sys; [packet.rtp for packet in pyshark.FileCapture(sys.argv[1], display_filter='rtp')]"


def rtp(folder: Path, full: bool) -> None:
    """1 MB to 1 GB, with `full` 4 GB too; 100 000 streams; calls that last; pyshark."""
    for size, streams in (*_SIZES, (4000, 2000)) if full else _SIZES:
        path = made(rtp_capture, folder / "rtp.pcap", size * _MB, streams)
        what = f"{size} MB, {streams} streams" if size < 1000 else f"{size // 1000} GB, {streams} streams"
        rivals = [[*TSHARK_RTP, str(path)]]
        if size == 1:  # it takes minutes for more
            rivals.append([sys.executable, "-c", _PYSHARK, str(path)])
        compare(what, rivals, xivolab("streams", path), xivolab("calls", path))
        path.unlink()
    path = made(rtp_capture, folder / "rtp.pcap", 1000 * _MB, 100_000, False)
    compare("1 GB, 100000 streams", [[*TSHARK_RTP_GUESSED, str(path)]], xivolab("streams", path))
    path.unlink()
    path = made(rtp_capture, folder / "rtp.pcap", 1000 * _MB, 20)
    compare("1 GB, 20 streams of 72 min", [[*TSHARK_RTP, str(path)]], xivolab("streams", path))
    path.unlink()
