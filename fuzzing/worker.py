"""Runs cases in this process, one after the other; the parent hears of a crash or a hang because the process is gone.

    python -m fuzzing.worker FOLDER SEED FIRST STEP COUNT

FOLDER/current holds the case being examined, FOLDER/failures those that failed, named after their number.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import sys
import traceback
from pathlib import Path

from fuzzing.examine import examine
from fuzzing.mutate import make_case
from xivolab.warm import warm

LIMIT_S = 20
"""A case takes some hundredths of a second: after this long it hangs, on the slowest machine."""

WARM_UP = 300
"""Cases after which the memory of the process is what it stays."""

DEEP_EVERY = 20


def run(folder: Path, seed: int, first: int, step: int, count: int) -> None:
    """Examines `count` cases, from `first` on every `step`th; writes FOLDER/result.json."""
    warm()  # compiling takes longer than any case
    current = folder / "current"
    failures = folder / "failures"
    failures.mkdir(parents=True, exist_ok=True)
    warm_size = peak = 0
    for done in range(count):
        number = first + done * step
        current.write_bytes(make_case(number, seed))
        (folder / "number").write_text(str(number))
        faulthandler.dump_traceback_later(LIMIT_S, exit=True)
        try:
            examine(current, deep=number % DEEP_EVERY == 0)
        except Exception:
            (failures / f"{number}").write_bytes(current.read_bytes())
            (failures / f"{number}.txt").write_text(traceback.format_exc())
        finally:
            faulthandler.cancel_dump_traceback_later()
        peak = max(peak, resident())
        if done % 100 == 99 or done == count - 1:
            forget()
            now = resident()
            warm_size = now if done < WARM_UP or not warm_size else warm_size
            told = {"done": done + 1, "warm": warm_size, "now": now, "peak": peak}
            (folder / "result.json").write_text(json.dumps(told))


def forget() -> None:
    """Empties the caches of the library, which are bounded but large: what is held after that is held by mistake."""
    for name, module in list(sys.modules.items()):
        if name.startswith("xivolab"):
            for thing in list(vars(module).values()):
                if hasattr(thing, "cache_clear"):
                    thing.cache_clear()
    gc.collect()


def resident() -> int:
    """Bytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    faulthandler.enable()
    run(Path(sys.argv[1]), *map(int, sys.argv[2:]))
