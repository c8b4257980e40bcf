"""SIP without media: calls through a PBX, registrations, OPTIONS."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure import compare, made
from benchmarks.programs import SNGREP, TSHARK_SIP, xivolab
from benchmarks.sip_captures import sip_capture

_MESSAGES = 200_000


def sip(folder: Path, full: bool) -> None:
    """The tables of 200 000 messages beside tshark that writes the fields of a dialog, and sngrep without its screen."""
    path = made(sip_capture, folder / "sip.pcap", _MESSAGES)
    rivals = [[*TSHARK_SIP, str(path)], [*SNGREP, str(path)]]
    compare(f"{_MESSAGES} messages", rivals[:1], *(xivolab(t, path) for t in ("calls", "registrations", "messages")))
    compare(f"{_MESSAGES} messages", rivals, xivolab("dialogs", path))
    path.unlink()


def traffic(folder: Path, full: bool) -> None:
    """The figures of traffic over some thousand calls."""
    path = made(sip_capture, folder / "sip.pcap", _MESSAGES)
    compare(f"{_MESSAGES} messages", [[*TSHARK_SIP, str(path)]], xivolab("traffic", path))
    path.unlink()
