"""SIP without media: calls through a PBX, registrations, OPTIONS."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import compare, made
from benchmarks.programs import SNGREP, TSHARK_SIP, xivolab
from benchmarks.sip_captures import long_dialog, short_dialogs, sip_capture

_MESSAGES = 200_000
_SMALL = 1_500
_PYSHARK = "import pyshark, sys; [packet.sip for packet in pyshark.FileCapture(sys.argv[1], display_filter='sip')]"


def sip(folder: Path, full: bool) -> None:
    """The tables of 200 000 messages beside tshark that writes the fields of a dialog, and sngrep without its screen.

    Then 1 MB (and pyshark, which takes minutes for more), and whether time grows faster than what there is to read: twice as
    many messages, a Call-ID with 100 000, 100 000 dialogs.
    """
    path = made(sip_capture, folder / "sip.pcap", _MESSAGES)
    rivals = [[*TSHARK_SIP, str(path)], [*SNGREP, str(path)]]
    compare(f"{_MESSAGES} messages", rivals, xivolab("dialogs", path), xivolab("calls", path))
    compare(f"{_MESSAGES} messages", rivals[:1], xivolab("registrations", path), xivolab("messages", path))
    path.unlink()
    path = made(sip_capture, folder / "sip.pcap", _SMALL)
    rivals = [[*TSHARK_SIP, str(path)], [sys.executable, "-c", _PYSHARK, str(path)]]
    compare(f"{_SMALL} messages", rivals, xivolab("dialogs", path), xivolab("calls", path))
    path.unlink()
    for what, make, count in (
        (f"{2 * _MESSAGES} messages", sip_capture, 2 * _MESSAGES),
        ("a Call-ID with 50000 messages", long_dialog, 50_000),
        ("a Call-ID with 100000 messages", long_dialog, 100_000),
        ("50000 dialogs", short_dialogs, 50_000),
        ("100000 dialogs", short_dialogs, 100_000),
    ):
        path = made(make, folder / "sip.pcap", count)
        compare(what, [[*SNGREP, str(path)]], xivolab("dialogs", path), xivolab("calls", path))
        path.unlink()


def traffic(folder: Path, full: bool) -> None:
    """The figures of traffic over some thousand calls."""
    path = made(sip_capture, folder / "sip.pcap", _MESSAGES)
    compare(f"{_MESSAGES} messages", [[*TSHARK_SIP, str(path)]], xivolab("traffic", path))
    path.unlink()
