"""The sound of a call, written as a file."""

from __future__ import annotations

from pathlib import Path

from benchmarks.captures import RECORD_BYTES, rtp_capture
from benchmarks.measure import compare, made
from benchmarks.programs import TSHARK_RTP, xivolab

_MINUTES = 10
_PACKETS = _MINUTES * 60 * 50


def audio(folder: Path, full: bool) -> None:
    """A call of ten minutes as WAV; tshark, beside it, does no more than count its packets."""
    path = made(rtp_capture, folder / "audio.pcap", 2 * _PACKETS * RECORD_BYTES, 2)
    ours = xivolab("audio", path, "-o", str(folder / "audio.wav"))
    compare(f"a call of {_MINUTES} min", [[*TSHARK_RTP, str(path)]], ours)
    path.unlink()
