"""Free memory goes back to the system."""

from __future__ import annotations

import subprocess
import sys

_START = """
import numpy as np
from pathlib import Path
from xivolab._memory import LARGE, return_large_arrays, return_the_rest

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])

def kept(size, act):
    before = resident()
    pieces = [np.ones(size, np.uint8) for _ in range(20 * LARGE // size)]
    del pieces[:-1]  # the last one holds the end of the heap
    act()
    return (resident() - before) * 4096 / LARGE

"""


def kept(code: str) -> float:
    """How many of 20 MB, all but the last of which were freed, a process keeps."""
    done = subprocess.run([sys.executable, "-c", _START + code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_what_is_large_is_given_back() -> None:
    before = "np.ones(30 * LARGE, np.uint8)  # from now on glibc keeps what is smaller\n"
    assert kept(before + "return_large_arrays(); print(kept(LARGE + 4096, lambda: None))") < 3


def test_so_is_what_is_small_when_asked_for() -> None:
    assert kept("print(kept(100_000, return_the_rest))") < 3
