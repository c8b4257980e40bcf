"""A capture played again: every packet, in its time, into a file that grows."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import xivolab
from xivolab import resources
from xivolab.errors import EvidenceError, UsageError
from xivolab.testing import tpcap, trtp
from xivolab.work.live_replay import LONGEST_PAUSE_S, Replay

SAMPLES = resources.captures()


def play(capture: Path, out: Path, speed: float = 0) -> Replay:
    replay = Replay(capture, out, speed)
    deadline = time.monotonic() + 60
    while replay.running and time.monotonic() < deadline:
        time.sleep(0.01)
    return replay


@pytest.mark.parametrize("name", ["clean-call", "hold-resume", "trunk-call"])
def test_the_same_tables_come_out(name: str, tmp_path: Path) -> None:
    """hold-resume is a pcapng file, trunk-call is of Linux cooked frames."""
    capture = next((SAMPLES / name).glob("capture.pcap*"))
    play(capture, tmp_path / "again.pcap")
    before, after = xivolab.open(capture), xivolab.open(tmp_path / "again.pcap")
    for table in ("calls", "streams", "registrations"):
        assert list(after.table(table).records()) == list(before.table(table).records())


def test_packets_come_when_they_are_due(tmp_path: Path) -> None:
    packets = [trtp("10.0.0.1:4000", "10.0.0.2:4000", n, 160 * n, 0.2 * n) for n in range(11)]
    begun = time.monotonic()
    replay = Replay(tpcap(tmp_path / "in.pcap", packets), tmp_path / "out.pcap", 4.0)
    time.sleep(0.25)
    half = (tmp_path / "out.pcap").stat().st_size
    while replay.running:
        time.sleep(0.01)
    assert 0.45 < time.monotonic() - begun < 3
    whole = (tmp_path / "out.pcap").stat().st_size
    assert 0.2 * whole < half < 0.95 * whole


def test_a_long_silence_is_cut_short(tmp_path: Path) -> None:
    packets = [trtp("10.0.0.1:4000", "10.0.0.2:4000", n, 160 * n, 86400.0 * n) for n in range(3)]
    begun = time.monotonic()
    play(tpcap(tmp_path / "in.pcap", packets), tmp_path / "out.pcap", 20 * LONGEST_PAUSE_S)
    assert time.monotonic() - begun < 5


def test_it_stops_when_told(tmp_path: Path) -> None:
    packets = [trtp("10.0.0.1:4000", "10.0.0.2:4000", n, 160 * n, 4.0 * n) for n in range(3)]
    replay = Replay(tpcap(tmp_path / "in.pcap", packets), tmp_path / "out.pcap")
    replay.stop()
    replay.stop()
    assert not replay.running
    assert xivolab.open(replay.files()[0]).table("problems")["severity"].tolist() == []


def test_what_cannot_be_played_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="no packet to play"):
        Replay(tpcap(tmp_path / "empty.pcap", []), tmp_path / "out.pcap")
    capture = SAMPLES / "busy" / "capture.pcap"
    with pytest.raises(UsageError, match="a speed of 0 or more"):
        Replay(capture, tmp_path / "out.pcap", -1)
    with pytest.raises(UsageError, match="cannot be written"):
        Replay(capture, tmp_path / "no" / "out.pcap")
