"""Counters below nought, and honest ones."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.captures import ROOT
from tests.findings.kit import codes

HEAD = """                                             ...........Receive......... .........Transmit..........
 BridgeId ChannelId ........ UpTime.. Codec.   Count    Lost Pct  Jitter   Count    Lost Pct  Jitter RTT....
 ===========================================================================================================

"""


def test_a_loss_of_minus_one(tmp_path: Path) -> None:
    row = " 3e3ba5a9 knax1wql-0000c6e6  00:00:12 alaw      322       0    0   0.004    572   16777K 2933079   0.032   0.000\n"
    (tmp_path / "stats.txt").write_text("xivo*CLI> pjsip show channelstats\n\n" + HEAD + row + "\nObjects found: 1\n\n")

    found = list(xivolab.open(tmp_path / "stats.txt").table("findings").records())

    assert [(one["code"], one["severity"]) for one in found] == [("counter-wrapped", "info")]


def test_real_ones() -> None:
    assert codes(xivolab.open(ROOT / "sample_logs/clean-call/channelstats.txt")) == []
