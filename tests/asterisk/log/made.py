"""Logs made to order."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.captures import ROOT
from xivolab.asterisk.log import LogFile, LogReader, Logs, Told, zone_named
from xivolab.asterisk.log.dates import LONGEST_DATE, compiled
from xivolab.asterisk.log.frame import LAST, STATE, frame_records
from xivolab.asterisk.log.rows import RECORD
from xivolab.evidence.source import Source

SAMPLES = sorted(ROOT.glob("sample_logs/*/full"))


def written(folder: Path, text: str | bytes, name: str = "full") -> Path:
    """A file with that text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def logs(*paths: Path, tz: str | None = "UTC", year: int | None = 2026) -> Logs:
    """The logs in some files."""
    return Logs([LogFile(str(path), Source(path)) for path in paths], Told(zone_named(tz), year))


def said(*lines: str, date: str = "Nov 23 07:51:", first: int = 10, callid: int = 1, thread: int = 138) -> str:
    """Records of one call, a second apart, each "file.c: message"; one with a header of its own stays as it is."""
    out = []
    for n, line in enumerate(lines):
        head = f"[{date}{first + n:02d}] VERBOSE[{thread}][C-{callid:08x}] "
        out.append((line if line.startswith("[") else head + line) + "\n")
    return "".join(out)


def step(
    application: str, arguments: str = "", channel: str = "PJSIP/alice-00000000", at: str = "1002@default:1"
) -> str:
    """A step of the dialplan."""
    return f'pbx.c: Executing [{at}] {application}("{channel}", "{arguments}") in new stack'


def left(channel: str = "PJSIP/alice-00000000") -> str:
    """A channel whose dialplan is over."""
    return f"pbx.c: Spawn extension (user, s, 1) exited non-zero on '{channel}'"


def bridge(way: str, channel: str, name: str = "4975e084") -> str:
    """A channel that joins or leaves a bridge."""
    return f"bridge_channel.c: Channel {channel} {way} 'simple_bridge' basic-bridge <{name}>"


def messages(path: Path, block: int = 4 << 20) -> list[tuple[str | None, int, str]]:
    """Level, call id and message of each record."""
    found = []
    for taken in LogReader(Source(path), block).blocks():
        for row in range(taken.count):
            record = taken.rows[row]
            text = taken.buffer[record["message"] : record["end"]].tobytes().decode("latin-1")
            found.append((taken.level(row), int(record["callid"]), text))
    return found


def framed(data: bytes, rows: int = 512) -> list[dict[str, object]]:
    """The records in some bytes, as the kernel gives them."""
    buffer = np.frombuffer(data + b"\0", np.uint8)
    table, state, found = np.zeros(rows, RECORD), np.zeros(STATE, np.int64), []
    state[LAST] = -1
    at, count = 0, -1
    while count:
        at, count = frame_records(
            buffer,
            at,
            len(data),
            True,
            compiled(),
            np.zeros(LONGEST_DATE, np.uint8),
            state,
            np.zeros((3, 12), np.int64),
            table,
        )
        found += [{name: row[name].item() for name in RECORD.names or ()} for row in table[:count]]
    return found
