"""What a file was taken for, and what is in it."""

from __future__ import annotations

from pathlib import Path

import xivolab
from xivolab.machine.files import facts
from xivolab.testing import START, tpcap, tudp


def test_a_capture(tmp_path: Path) -> None:
    path = tpcap(tmp_path / "a.bin", [tudp("10.0.0.1:5060", "10.0.0.2:5060", b"hello", at=second) for second in (0, 2)])
    (fact,) = facts(xivolab.open(path))
    lines = dict(fact.lines)
    assert fact.path == str(path)
    assert (lines["taken for"], lines["packets"], lines["link types"]) == ("capture", "2", "Ethernet")
    assert float(lines["last packet"]) - float(lines["first packet"]) == 2
    assert float(lines["first packet"]) == START


def test_a_capture_without_packets(tmp_path: Path) -> None:
    (fact,) = facts(xivolab.open(tpcap(tmp_path / "a.pcap", [])))
    assert dict(fact.lines)["packets"] == "0"
    assert "first packet" not in dict(fact.lines)
