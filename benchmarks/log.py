"""A full log: its call table, and the lines of one call beside grep, lnav and a regular expression in Python."""

from __future__ import annotations

import re
import sys
from functools import partial
from pathlib import Path

from benchmarks.measure import compare, made
from benchmarks.programs import xivolab

_SAMPLES = Path(__file__).parents[1] / "sample_logs"
_MEGABYTES, _FULL_MEGABYTES = 100, 1000
_IDS = 2
"""Call ids of a recorded call: a transfer has two."""
_CHANNELS = 4
_COUNTED = re.compile(rb"(C)?-0000000([0-3])")
_BRIDGE = re.compile(rb"<[0-9a-f]{8}-")
_EXPRESSION = (
    "import re, sys; expression = re.compile(r'^\\[([^\\]]+)\\] (\\w+)\\[(\\d+)\\](?:\\[(C-[0-9a-f]{8})\\])? ([^:]+): (.*)');"
    "print(sum(bool(expression.match(line)) for line in open(sys.argv[1], errors='replace')))"
)


def log(folder: Path, full: bool) -> None:
    """The calls of a log of recorded calls, 100 MB or (`--full`) 1 GB, without the SIP logger as XiVO writes it, and one call's lines."""
    size = _FULL_MEGABYTES if full else _MEGABYTES
    path, wanted = made(full_log, folder / "full", size), "C-00000100"
    rivals = [[sys.executable, "-c", _EXPRESSION, str(path)], ["lnav", "-n", str(path)]]
    compare(f"{size} MB of log", rivals, xivolab("calls", path))
    one = [*xivolab("log", path), "--call", wanted]
    compare(f"{size} MB of log, one call", [["grep", "-F", wanted, str(path)]], one)
    path.unlink()


def full_log(path: Path, megabytes: int) -> Path:
    """A log of the recorded calls over and over: their dialplan alone, call ids, channels and seconds counted on."""
    calls = [steps for file in sorted(_SAMPLES.glob("*/full")) if (steps := _dialplan(file))]
    written = number = 0
    with path.open("wb") as out:
        while written < megabytes << 20:
            for steps in calls:
                number += 1
                written += out.write(_as(steps, number))
    return path


def _dialplan(path: Path) -> bytes:
    lines = [line for line in path.read_bytes().splitlines() if b"][C-" in line and line.startswith(b"[Nov ")]
    return b"\n".join(lines) + b"\n" if lines else b""


def _as(steps: bytes, number: int) -> bytes:
    """The same call with another number: of its id, of its channels, and seconds that go on through the day."""
    second = number // 8 % 86_000
    clock = b"%02d:%02d:%02d" % (second // 3600, second // 60 % 60, second % 60)
    lines = [line[:8] + clock + line[16:] for line in steps.splitlines()]
    text = _BRIDGE.sub(b"<%08x-" % number, b"\n".join(lines))
    return _COUNTED.sub(partial(_counted_on, number), text) + b"\n"


def _counted_on(number: int, found: re.Match[bytes]) -> bytes:
    if found[1]:
        return b"C-%08x" % (_IDS * number + int(found[2]) - 1)
    return b"-%08x" % (_CHANNELS * number + int(found[2]))
