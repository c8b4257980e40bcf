"""Each of several reports in a process of its own, with a deadline."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from xivolab.report.spec import ReportSpec, Result


def run_isolated(spec: ReportSpec) -> Result:
    """One report in a process of its own: what a scheduler's worker should call."""
    return run_all([spec])[0]


def run_all(
    specs: Sequence[ReportSpec], jobs: int = 1, on_result: Callable[[Result], None] | None = None
) -> list[Result]:
    """Run the reports, `jobs` at a time: the results in the order of `specs`, never fewer.

    `on_result` is called as each ends. A report that is killed, hangs or fails gives a Result that says so. An
    exception in `on_result` or an interrupt ends what is running.
    """
    results: dict[int, Result] = {}
    order = json.dumps({"jobs": max(1, jobs), "specs": [spec.to_json() for spec in specs]})
    # A session of its own: Ctrl-C in the terminal reaches us alone, and we end the others in order.
    process = subprocess.Popen(
        [sys.executable, "-m", "xivolab.report.nursery"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with suppress(BrokenPipeError):  # it died before it read its order
            process.stdin.write(order)
            process.stdin.close()
        for line in process.stdout:
            answer = json.loads(line)
            result = _checked(specs[answer["index"]], Result.from_json(answer["result"]))
            results[answer["index"]] = result
            if on_result:
                on_result(result)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
    for index, spec in enumerate(specs):
        if index not in results:
            results[index] = Result("killed", spec.name, error="the process that runs the reports ended before it")
            if on_result:
                on_result(results[index])
    return [results[index] for index in range(len(specs))]


def _checked(spec: ReportSpec, result: Result) -> Result:
    """A success that left no page is a failure."""
    missing = [suffix for suffix in (".html", ".json", ".ipynb") if not _written(spec, suffix)]
    if result.status != "ok" or not missing:
        return result
    return replace(result, status="failed", html=None, error=f"it ended well but left no {', '.join(missing)}")


def _written(spec: ReportSpec, suffix: str) -> bool:
    path = spec.path(suffix)
    return path.is_file() and path.stat().st_size > 0
