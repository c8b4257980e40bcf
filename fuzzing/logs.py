"""Damaged logs: records of the samples, cut, joined, wrapped, quoted, with odd dates, call ids and bytes.

python -m fuzzing.logs [--cases N] [--seed N] [--first N]: each case is read whole, as a capture is, and its calls are traced.
"""

from __future__ import annotations

import argparse
import faulthandler
import html
import os
import random
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import xivolab
from fuzzing.examine import examine
from xivolab.errors import XivolabError
from xivolab.warm import warm

LIMIT_S = 20.0
"""A case takes some hundredths of a second."""

_DEEP_EVERY = 20
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
    b"res_rtp_asterisk.c: Got  RTP packet from    10.0.0.1:4000 (type 08, seq 065535, ts 4294967295, len 000160)\n",
    b"Got  RTP packet from    [::1]:4000 (type 127, seq 99999, ts 9999999999, len 99999)\n",
    b"Sent RTP P2P packet to 10.0.0.2:4002 (via ICE) (type 08, len 000160)\n",
    b"Got  RTP RFC2833 from   10.0.0.1:4000 (type 101, seq 1, ts 1, len 4, mark 1, event ffffffff, end 9, duration 99999) \n",
    b"* Sent RTCP SR to 10.0.0.1:4001\n  Our SSRC: 99999999999\n  Cumulative loss: 16777215\n  IA jitter: nan\n",
    b"RTCP from 10.0.0.1:4001\nSSRC of sender: 1\n  Packets lost so far: 5\n  RTT: 99999999.9(sec)\n",
    b"&lt;--- ",
    b"```\n",
    b"**",
    b"<br>\n",
    b"\xc2\xa0",
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
    if chance.random() < 0.1:
        data = html.escape(data.decode("latin-1")).encode("latin-1")
    if chance.random() < 0.2:
        data = b"\n".join(b"> " + line for line in data.split(b"\n"))
    return b"[Nov 23 07:00:00] NOTICE[1] a.c: begun\n" + data if chance.random() < 0.9 else data


def examine_log(path: Path, *, deep: bool = False) -> None:
    """Everything that is made of a log: what is made of any evidence, and the traces of its first calls."""
    examine(path, deep=deep)
    with suppress(XivolabError):
        for call in xivolab.open(str(path)).call_list()[:2]:
            with suppress(XivolabError):
                call.log_lines().to_json()
                call.trace().text(80)


def main(arguments: list[str] | None = None) -> int:
    """0 when every case came through."""
    parser = argparse.ArgumentParser(prog="python -m fuzzing.logs")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    slowest = (0.0, options.first)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="xivolab-") as folder:
        path = Path(folder) / "full"
        for number in range(options.first, options.first + options.cases):
            path.write_bytes(log_case(random.Random(f"{options.seed}:log:{number}")))  # noqa: S311 - not for secrets
            started = time.monotonic()
            faulthandler.dump_traceback_later(4 * LIMIT_S, exit=True, file=sys.__stderr__ or sys.stderr)
            try:
                examine_log(path, deep=number % _DEEP_EVERY == 0)
            except Exception as error:
                failed += 1
                print(f"case {number}, seed {options.seed}: {error!r}", file=sys.stderr)
            finally:
                faulthandler.cancel_dump_traceback_later()
            slowest = max(slowest, (time.monotonic() - started, number))
    spent = time.monotonic() - begun
    print(
        f"{options.cases} cases, seed {options.seed}, {spent:.0f} s, {failed} failed; the slowest, {slowest[1]}, took "
        f"{slowest[0]:.2f} s"
    )
    return 1 if failed or slowest[0] > LIMIT_S else 0


if __name__ == "__main__":
    os.environ["NUMBA_BOUNDSCHECK"] = "1"
    warm()  # compiling takes longer than any case
    examine_log(sorted(_SAMPLES.glob("*/full"))[0], deep=True)  # what has to be imported takes no case its time
    os.environ["PATH"] = ""  # tshark would take a hundred times as long, and its answer is not ours
    sys.exit(main())
