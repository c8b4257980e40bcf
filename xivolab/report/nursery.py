"""The process that reports are forked from: `python -m xivolab.report.nursery`, an order on its standard input.

Papermill and what it needs take seconds to import. This process imports them once and forks a child for each report,
so that a report that crashes, hangs or is killed takes nobody with it. It has one thread only (a fork copies just
the thread that calls it, and the locks of the others as they are). Each child leads a process group of its own, and
what a notebook started ends with it.

The order is one JSON object {"jobs": N, "specs": [ReportSpec, …]}; the answer one line of JSON for each report as it
ends: {"index": N, "result": Result}.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
import tempfile
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xivolab._kernel import warm
from xivolab.errors import XivolabError
from xivolab.report.spec import ReportSpec, Result, Status

_PRELOAD = (
    "papermill",
    "papermill.execute",
    "nbconvert.exporters",
    "xivolab.report.inline_engine",
    "xivolab.report.export",
    "xivolab.report.report",
    "xivolab.calls",
    "xivolab.views.ladder",
    "xivolab.views.quality",
)
_TICK_S = 0.02


@dataclass(slots=True)
class _Child:
    """A report under way: its process leads a group of the same number."""

    index: int
    spec: ReportSpec
    begun: float
    answer: Path
    late: bool = False


def main() -> None:
    """Read the order, run the reports, `jobs` at a time, answer as each ends."""
    order = json.load(sys.stdin)
    # Jsonschema would build a parser of internationalised URIs for 1.3 s, to check a format no notebook's schema has;
    # it does without where the package is missing.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    for name in _PRELOAD:
        importlib.import_module(name)
    warm()
    gc.collect()
    gc.freeze()  # else the first collection in each child would copy every page of what was imported
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    specs = [ReportSpec.from_json(data) for data in order["specs"]]
    running: dict[int, _Child] = {}
    try:
        with tempfile.TemporaryDirectory(prefix="xivolab-") as folder:
            _serve(specs, order["jobs"], running, Path(folder))
    finally:
        for pid in running:
            _kill(pid)


def _serve(specs: list[ReportSpec], jobs: int, running: dict[int, _Child], folder: Path) -> None:
    """Keep `jobs` children running until all reports are answered, or nobody is left to answer."""
    parent = os.getppid()
    waiting = deque(enumerate(specs))
    while (waiting or running) and os.getppid() == parent:
        while waiting and len(running) < jobs:
            index, spec = waiting.popleft()
            child = _Child(index, spec, time.monotonic(), folder / f"{index}.json")
            running[_start(child)] = child
        _collect(running)
        _end_late(running)
        time.sleep(_TICK_S)


def _start(child: _Child) -> int:
    """Fork the child of one report: its process id."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with child.answer.with_suffix(".log").open("wb") as log:  # what it says last may tell why it died
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        with Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        child.answer.write_text(json.dumps(_report(child.spec).to_json()), encoding="utf-8")
        status = 0
    finally:
        os._exit(status)  # the parent's clean-up is not ours to do


def _report(spec: ReportSpec) -> Result:
    """Run it; every failure becomes a Result, as there is nobody here to catch it."""
    from xivolab.report.inline_engine import NAME
    from xivolab.report.run import run_report

    try:
        return run_report(spec, engine=NAME)
    except XivolabError as error:
        return Result("failed", spec.name, error=str(error), error_kind=type(error).__name__)
    except Exception as error:
        return Result("failed", spec.name, error=f"{type(error).__name__}: {error}", error_kind=type(error).__name__)


def _collect(running: dict[int, _Child]) -> None:
    """Answer for the children that have ended."""
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        child = running.pop(pid)
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)  # what it left behind
        answer = {"index": child.index, "result": _result(child, status).to_json()}
        print(json.dumps(answer), flush=True)


def _end_late(running: dict[int, _Child]) -> None:
    """Kill what is over its deadline; it is collected like any other."""
    for pid, child in running.items():
        if not child.late and time.monotonic() - child.begun > child.spec.deadline_s:
            child.late = True
            _kill(pid)


def _result(child: _Child, status: int) -> Result:
    """What the child answered, or why it could not."""
    seconds = time.monotonic() - child.begun
    if child.late:
        return _without_answer(child, "timeout", f"not finished after {child.spec.deadline_s:g} s", seconds)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        return _without_answer(child, "killed", f"its process was ended by {signal.Signals(-code).name}", seconds)
    if code or not child.answer.exists():
        return _without_answer(child, "failed", f"its process ended with status {code}", seconds)
    return Result.from_json(json.loads(child.answer.read_text(encoding="utf-8")))


def _without_answer(child: _Child, status: Status, why: str, seconds: float) -> Result:
    said: list[str] = []
    with suppress(OSError):
        said = child.answer.with_suffix(".log").read_text(encoding="utf-8", errors="replace").split("\n")
    last = next((line.strip() for line in reversed(said) if line.strip()), "")
    ipynb = child.spec.path(".ipynb")
    return Result(
        status,
        child.spec.name,
        ipynb=str(ipynb) if ipynb.exists() else None,
        error=f"{why}; its last words: {last}" if last else why,
        seconds=seconds,
    )


def _kill(leader: int) -> None:
    """End a process group, or the process that has not made itself one yet."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
        return
    with suppress(ProcessLookupError):
        os.kill(leader, signal.SIGKILL)


if __name__ == "__main__":
    main()
