"""A short capture at the PBX, and what xivolab itself reads in it."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xivolab.bench.impair import probe
from xivolab.bench.impair.scene import Scene
from xivolab.bench.phone.link import root

_FILE = "/tmp/look.pcap"  # noqa: S108  # in the container


@dataclass(frozen=True, slots=True)
class Voice:
    """One RTP stream: its source (IP address), packets, loss in percent, mean jitter (RFC 3550), packets out of order."""

    source: str
    packets: int
    lost_pct: float
    jitter_ms: float
    out_of_order: int


class Taken:
    """A capture; what is in it is there once its `with` block is left."""

    def __init__(self) -> None:
        self.tables: dict[str, Any] = {}

    def read(self, file: Path) -> None:
        """Read the file, which need not stay."""
        import xivolab

        with tempfile.TemporaryDirectory(prefix="xivolab-look-") as folder:
            copy = shutil.copyfile(file, Path(folder) / "look.pcap")
            case = xivolab.open(str(copy))
            self.tables = {"streams": case.streams, "messages": case.messages, "calls": case.calls}

    def streams(self, but: str) -> list[Voice]:
        """The RTP streams in it, those of all hosts but one."""
        table = self.tables["streams"]
        figures = table[["packets", "lost_pct", "jitter_rfc_ms", "out_of_order"]].astype("Float64").fillna(0.0)
        return [
            Voice(source.rpartition(":")[0], int(packets), float(lost), float(jitter), int(disorder))
            for source, (packets, lost, jitter, disorder) in zip(table["src"], figures.to_numpy(), strict=True)
            if not source.startswith(f"{but}:")
        ]

    def answers(self, sent_by: str) -> list[int]:
        """The statuses of 200 and above that one host sent, retransmissions left out, in the order of time."""
        table = self.tables["messages"]
        mine = table[table["src"].str.startswith(f"{sent_by}:") & ~table["retransmission"].astype(bool)]
        return [int(status) for status in mine["status"].dropna() if status >= 200]

    def sent_again(self, first: str) -> int:
        """How many SIP messages whose first line begins so are retransmissions."""
        table = self.tables["messages"]
        return int((table["first_line"].str.startswith(first) & table["retransmission"].astype(bool)).sum())


@contextmanager
def at_pbx(scene: Scene) -> Iterator[Taken]:
    """Capture SIP and RTP at the PBX while the block runs."""
    container = scene.bench.container("pbx")
    taken = Taken()
    scene.engine.start(container, "tcpdump", "-i", "any", "-U", "-s", "0", "-w", _FILE, "udp")
    time.sleep(0.5)
    try:
        yield taken
    finally:
        time.sleep(0.3)
        scene.bench.execute("pbx", "pkill", "-INT", "tcpdump")
        time.sleep(0.3)
        taken.read(root(scene.engine, container) / _FILE.lstrip("/"))


def first_voice_after_answer(scene: Scene) -> float:
    """How long after the answer of a call the first packet of its caller's voice comes, in s."""
    with at_pbx(scene) as taken:
        look = probe.call_inside(scene)
    del look
    calls, streams = taken.tables["calls"], taken.tables["streams"]
    if not len(calls) or not len(streams):
        return 0.0
    answered = calls["answered_at"].dropna().min()
    first = streams[streams["src"].str.startswith(scene.lan) & ~streams["src"].str.startswith(f"{scene.pbx_address}:")][
        "start"
    ].min()
    return float((first - answered).total_seconds()) if answered is not None else 0.0
