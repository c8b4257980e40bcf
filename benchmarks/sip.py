"""SIP without media: calls through a PBX, registrations, OPTIONS."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure import compare
from benchmarks.programs import SNGREP, TSHARK_SIP, xivolab
from benchmarks.sip_captures import sip_capture

_MESSAGES = 200_000


def sip(folder: Path, full: bool) -> None:
    """The tables of 200 000 messages beside tshark that writes the fields of a dialog, and sngrep without its screen."""
    path = sip_capture(folder / "sip.pcap", _MESSAGES)
    tshark = [*TSHARK_SIP, str(path)]
    compare(f"`dialogs --json`, {_MESSAGES} messages", xivolab("dialogs", path), tshark, [*SNGREP, str(path)])
    for table in ("calls", "registrations", "messages"):
        compare(f"`{table} --json`, {_MESSAGES} messages", xivolab(table, path), tshark)
    path.unlink()


def traffic(folder: Path, full: bool) -> None:
    """The figures of traffic over some thousand calls."""
    path = sip_capture(folder / "sip.pcap", _MESSAGES)
    compare(f"`traffic --json`, {_MESSAGES} messages", xivolab("traffic", path), [*TSHARK_SIP, str(path)])
    path.unlink()
