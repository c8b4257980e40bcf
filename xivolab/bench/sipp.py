"""SIPp in a phone's container, for what a real phone cannot be told to do."""

from __future__ import annotations

import shutil

from xivolab.bench.image import source
from xivolab.bench.lines import PBX, Line
from xivolab.bench.stage import Stage


def play(stage: Stage, line: Line, scenario: str, *, times: int = 1, interval_s: float = 1.0) -> None:
    """Play labs/pbx/sipp/SCENARIO.xml from the phone of `line` against the PBX; LabError if it goes otherwise."""
    folder = stage.folder / line.user
    if not folder.exists():
        stage.place(line)
    shutil.copy(source() / "sipp" / f"{scenario}.xml", folder)
    options = ["-nostdin", "-i", line.address, "-p", "5060", "-m", str(times), "-l", "1"]
    rate = ["-r", "1", "-rp", str(round(interval_s * 1000))]
    timeout = 30 + times * interval_s
    command = ["sipp", "-sf", f"/phone/{scenario}.xml", *options, *rate, f"{PBX}:5060"]
    stage.engine.execute(stage.container(line.user), *command, timeout=timeout)
