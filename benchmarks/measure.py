"""Whole processes, side by side: how long they take, and what memory they need."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

TIMES = 3


@dataclass(frozen=True)
class Measured:
    """Wall time of the very first run and of the best of the others (s), processor time of the best (s), memory (MB)."""

    first: float
    best: float
    processor: float
    memory: int


def made(make: Callable[..., Path], *arguments: object) -> Path:
    """A capture, made in a process of its own: the memory of this one would be counted with that of those it starts."""
    process = get_context("spawn").Process(target=make, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit("a capture could not be made")
    return Path(str(arguments[0]))


def measure(command: Sequence[str]) -> Measured:
    """Run a command once, then `TIMES` times more. Raises SystemExit when it fails."""
    runs = [_run(command) for _ in range(TIMES + 1)]
    later = runs[1:]
    return Measured(runs[0][0], min(run[0] for run in later), min(run[1] for run in later), max(run[2] for run in runs))


def _run(command: Sequence[str]) -> tuple[float, float, int]:
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def head() -> None:
    """The head of the table of `compare`, in Markdown."""
    print(
        "| what | xivolab | first | processor | memory | rival | first | processor | memory | faster | by processor |"
    )
    print("| --- |" + " ---: |" * 4 + " --- |" + " ---: |" * 5)


def compare(what: str, rivals: Sequence[Sequence[str]], *ours: Sequence[str]) -> None:
    """A row for each of our commands beside each rival: best wall time, the first run, processor time and memory of both."""
    told = [(rival, measure(rival) if shutil.which(rival[0]) else None) for rival in rivals]
    for command in ours:
        own = measure(command)
        for rival, other in told:
            _row(f"`{command[1]} {command[2]}`, {what}", own, rival, other)


def _row(what: str, own: Measured, rival: Sequence[str], other: Measured | None) -> None:
    if other is None:
        print(f"| {what} | {_cells(own)} | {rival[0]}: not on this machine | | | | | |", flush=True)
        return
    name = "pyshark" if "pyshark" in rival[-2] else Path(rival[0]).name
    ratios = f"{other.best / own.best:.1f} × | {other.processor / own.processor:.1f} ×"
    print(f"| {what} | {_cells(own)} | {name} {_cells(other)} | {ratios} |", flush=True)


def _cells(found: Measured) -> str:
    return f"{found.best:.2f} s | {found.first:.2f} s | {found.processor:.2f} s | {found.memory} MB"
