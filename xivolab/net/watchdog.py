"""Runs a program for as long as its own standard input stays open, then interrupts it: no child outlives its parent.

`python -I watchdog.py COMMAND...`: whoever started it ends the program by closing the pipe, and so does the kernel when
that process is killed. Imports nothing of xivolab, so that it starts at once.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence

_GRACE_S = 5.0


def run(command: Sequence[str]) -> int:
    """The exit status of the program; it is interrupted when standard input ends, and killed if that does not help."""
    # A Ctrl-C in the terminal is for whoever holds the pipe. (SIG_IGN would be inherited by the program.)
    signal.signal(signal.SIGINT, lambda *_: None)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
    while process.poll() is None:
        ready, _, _ = select.select([0], [], [], 0.1)
        if ready and not os.read(0, 1024):
            return _end(process)
    return process.returncode


def _end(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGINT)
    try:
        return process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
