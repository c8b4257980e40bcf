"""A batch: a report for each capture, an index of them, and how bad it was."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from xivolab.findings.thresholds import thresholds as checked_thresholds
from xivolab.report.discover import discover
from xivolab.report.isolated import run_all
from xivolab.report.output import output_folder
from xivolab.report.spec import ReportSpec, Result
from xivolab.report.words import Lang

FailOn = Literal["error", "warning"]
Runner = Callable[[Sequence[ReportSpec], int, Callable[[Result], None]], object]
"""Runs specs, so many at a time, and tells each result as it comes."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The results in the order of the index, and where the index is."""

    index: str
    results: tuple[Result, ...]

    def found(self, fail_on: FailOn) -> bool:
        """Whether something that bad was found.

        error: a report that could not be made, a call that failed or was refused, a registration never accepted.
        warning: also a call with a figure over a threshold, and evidence that could not be read to its end.
        """
        keys = ("failures",) if fail_on == "error" else ("failures", "degraded", "problems")
        return any(result.status != "ok" or any(result.summary.get(key) for key in keys) for result in self.results)


def run_batch(
    places: Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    jobs: int | None = None,
    lang: Lang = "en",
    deadline_s: float = 300.0,
    thresholds: Mapping[str, float] | None = None,
    tz: str | None = None,
    year: int | None = None,
    keylog: str | None = None,
    on_start: Callable[[Sequence[ReportSpec]], None] | None = None,
    on_result: Callable[[Result], None] | None = None,
    runner: Runner = run_all,
) -> BatchResult:
    """One report for each case folder, capture and log in `places`, then `out`/index.html and `out`/batch.json.

    `jobs` reports at a time, as many as there are cores unless told. `on_start` is told what will be made, `on_result`
    each report as it ends. Raises UsageError when there is nothing to report on, or for an unknown threshold.
    """
    figures = checked_thresholds(thresholds)
    specs = [
        ReportSpec(
            evidence,
            str(out),
            name,
            lang=lang,
            thresholds=figures,
            tz=tz,
            year=year,
            keylog=keylog,
            deadline_s=deadline_s,
        )
        for name, evidence in discover(places).items()
    ]
    return run_specs(specs, out, jobs=jobs, lang=lang, tz=tz, on_start=on_start, on_result=on_result, runner=runner)


def run_specs(
    specs: Sequence[ReportSpec],
    out: str | PathLike[str],
    *,
    jobs: int | None = None,
    lang: Lang = "en",
    tz: str | None = None,
    on_start: Callable[[Sequence[ReportSpec]], None] | None = None,
    on_result: Callable[[Result], None] | None = None,
    runner: Runner = run_all,
) -> BatchResult:
    """The reports of `specs` and their index; `run_batch` makes the specs from folders."""
    from xivolab.report.index import write_index

    folder = output_folder(out)
    if on_start:
        on_start(specs)
    done: dict[str, Result] = {}

    def collect(result: Result) -> None:
        done[result.name] = result
        if on_result:
            on_result(result)

    runner(specs, jobs or len(os.sched_getaffinity(0)), collect)
    results = tuple(done[spec.name] for spec in specs)
    _write_json(folder / "batch.json", {"lang": lang, "results": [_relative(result, folder) for result in results]})
    return BatchResult(str(write_index(results, folder, lang, tz)), results)


def _relative(result: Result, folder: Path) -> dict[str, Any]:
    """The result with paths that stay right when the folder is moved."""
    places = {
        key: value and os.path.relpath(value, folder) for key, value in (("html", result.html), ("ipynb", result.ipynb))
    }
    return {**asdict(result), **places}


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
