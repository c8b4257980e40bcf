"""A worker for the test of the fuzzer: it dies of one case, and another fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import fuzzing.worker

DEADLY, FAILING = b"case 3", b"case 6"


def examine(path: Path, *, deep: bool = False) -> None:
    data = path.read_bytes()
    if data == DEADLY:
        os.abort()
    if data == FAILING:
        raise ZeroDivisionError("made to fail")


if __name__ == "__main__":
    fuzzing.worker.examine = examine
    fuzzing.worker.make_case = lambda number, seed: b"case %d" % number
    fuzzing.worker.warm = lambda: None
    fuzzing.worker.run(Path(sys.argv[1]), *map(int, sys.argv[2:]))
