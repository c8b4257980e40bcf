"""`make fuzz`: many damaged captures through the whole path, kernels compiled with bounds checks.

python -m fuzzing [--cases N] [--seed N] [--jobs N] [--first N] [--folder DIR]
python -m fuzzing --only NUMBER [--seed N]       that case again, with its traceback
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from fuzzing.examine import examine
from fuzzing.minimise import minimise
from fuzzing.mutate import make_case

ROOT = Path(__file__).parents[1]
GROWTH = 64 << 20
"""Bytes that the memory of a process may grow by between its first hundreds of cases and its last."""


@dataclass
class Job:
    """A process and its share of the cases; `restarts` after a crash or a hang."""

    folder: Path
    first: int
    count: int
    process: subprocess.Popen[bytes] | None = None
    done: int = 0
    growth: int = 0


def main(arguments: list[str] | None = None) -> int:
    """0 when every case came through."""
    options = _options(arguments)
    if options.only is not None:
        with tempfile.TemporaryDirectory(prefix="xivolab-fuzz-") as place:
            path = Path(place) / "case"
            path.write_bytes(make_case(options.only, options.seed))
            examine(path, deep=True)
        return 0
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    shares = [len(range(n, options.cases, options.jobs)) for n in range(options.jobs)]
    jobs = [Job(folder / f"job-{n}", options.first + n, share) for n, share in enumerate(shares) if share]
    crashes = _run(jobs, options)
    failures = sorted(path for job in jobs for path in (job.folder / "failures").glob("*") if path.suffix == "")
    growth = max(job.growth for job in jobs)
    spent = time.monotonic() - begun
    print(
        f"{sum(job.done for job in jobs)} cases, seed {options.seed}, from {options.first} on, {spent:.0f} s, "
        f"{len(jobs)} processes: {len(failures) - crashes} exceptions, {crashes} crashes or hangs, memory grew by "
        f"{growth >> 20} MB"
    )
    for path in failures[:20]:
        if options.worker == "fuzzing.worker":
            path.with_suffix(".small").write_bytes(minimise(path.read_bytes()))
        told = path.with_suffix(".txt")
        last = (told.read_text(errors="replace").strip().splitlines() or ["?"])[-1] if told.exists() else "gone"
        print(f"  {path}: {last}")
    return 1 if failures or growth > GROWTH else 0


def _run(jobs: list[Job], options: argparse.Namespace) -> int:
    """Keeps every job going until its share is done; how often a process went away."""
    crashes = 0
    for job in jobs:
        _start(job, options)
    while any(job.process for job in jobs):
        time.sleep(0.2)
        for job in jobs:
            if job.process is None or job.process.poll() is None:
                continue
            status, job.process = job.process.returncode, None
            told = job.folder / "result.json"
            result = json.loads(told.read_text()) if told.exists() else {"done": 0, "warm": 0, "now": 0}
            job.growth = max(job.growth, result["now"] - result["warm"])
            if status == 0:
                job.done += result["done"]
                continue
            crashes += 1
            number = int((job.folder / "number").read_text())
            (job.folder / "failures" / str(number)).write_bytes((job.folder / "current").read_bytes())
            (job.folder / "failures" / f"{number}.txt").write_bytes((job.folder / "log").read_bytes()[-20_000:])
            job.done += (number - job.first) // options.jobs + 1
            job.count -= (number - job.first) // options.jobs + 1
            job.first = number + options.jobs
            if job.count > 0:
                _start(job, options)
    return crashes


def _start(job: Job, options: argparse.Namespace) -> None:
    job.folder.mkdir(parents=True, exist_ok=True)
    (job.folder / "result.json").unlink(missing_ok=True)
    words = [str(job.folder), *(str(n) for n in (options.seed, job.first, options.jobs, job.count))]
    with (job.folder / "log").open("wb") as log:
        job.process = subprocess.Popen(
            [sys.executable, "-m", options.worker, *words],
            cwd=ROOT,
            stdout=log,
            stderr=log,
            # Without tshark: a case that wants it would take a hundred times as long, and its answer is not ours.
            env=os.environ | {"NUMBA_BOUNDSCHECK": "1", "PATH": "", "PYTHONPATH": str(ROOT)},
        )


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, 8))
    parser.add_argument("--folder", default="fuzz-failures", help="where failing cases are kept")
    parser.add_argument("--worker", default="fuzzing.worker", help="the module that runs the cases")
    parser.add_argument("--only", type=int, help="run this one case here")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
