"""Damaged logs: records of the samples, cut, joined, wrapped, quoted, with odd dates, call ids and bytes."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

_SAMPLES = Path(__file__).parents[1] / "sample_logs"
_ODD = (
    b"[",
    b"]",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff\xfe",
    b"\x1b[1;31m",
    b"[Nov 23 07:51:49] ",
    b"[2026-02-29 25:61:61.9999999999] ",
    b"[Feb 29 00:00:00] NOTICE[1] a.c: x\n",
    b"[Dec 31 23:59:59] NOTICE[1] a.c: x\n[Jan  1 00:00:00] NOTICE[1] a.c: x\n",
    b"[9999999999] DEBUG[99999999999] a.c:1 f: x\n",
    b"VERBOSE[138][C-ffffffff] ",
    b"[C-0000001a]",
    b"[?] ",
    b"[!] ",
    b"> ",
    b"CLI> ",
    b'    -- Executing [s@x:1] Dial("Local/1@x-00000001;2", "a\nb") in new stack\n',
    b"asterisk.c: Asterisk Ready.\n",
    b"Everyone is busy/congested at this time (99999999999999999999:1/0/0)",
    b'{"hostname":"","timestamp":"x","identifiers":{"lwp":"y"},"logmsg":[]}\n',
    b"A" * 9000,
)


@cache
def _seeds() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(_SAMPLES.glob("*/full")))


def log_case(chance: random.Random) -> bytes:
    """A log of some lines of a sample, damaged in several ways."""
    lines = chance.choice(_seeds()).splitlines(keepends=True)
    start = chance.randrange(len(lines))
    data = b"".join(lines[start : start + chance.randrange(1, 200)])
    for _ in range(chance.choice((1, 2, 4, 8))):
        at, size = chance.randrange(len(data) + 1), chance.choice((0, 1, 5, 80, 500))
        odd = chance.choice(_ODD)
        data = data[:at] + odd + data[at + size :]
    if chance.random() < 0.2:
        width = chance.choice((40, 72, 80, 132))
        data = b"\n".join(line[k : k + width] for line in data.split(b"\n") for k in range(0, max(len(line), 1), width))
    if chance.random() < 0.2:
        data = b"\n".join(b"> " + line for line in data.split(b"\n"))
    return b"[Nov 23 07:00:00] NOTICE[1] a.c: begun\n" + data if chance.random() < 0.9 else data
