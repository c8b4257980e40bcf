"""Papermill reports and batches of them: `run_report` makes one, `run_batch` one for each capture of a folder.

- `Report`: what a report shows, part by part, for the cells of a notebook
- `run_report`: one report in this process
- `run_all`: each of several reports in a process of its own, with a deadline
- `run_batch`: the reports of folders and files, with an index
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xivolab.report.batch import BatchResult as BatchResult
    from xivolab.report.batch import run_batch as run_batch
    from xivolab.report.isolated import run_all as run_all
    from xivolab.report.ranking import worst_first as worst_first
    from xivolab.report.report import Report as Report
    from xivolab.report.run import run_report as run_report
    from xivolab.report.spec import ReportSpec as ReportSpec
    from xivolab.report.spec import Result as Result

_PLACES = {
    "BatchResult": "batch",
    "Report": "report",
    "ReportSpec": "spec",
    "Result": "spec",
    "run_all": "isolated",
    "run_batch": "batch",
    "run_report": "run",
    "worst_first": "ranking",
}

__all__ = sorted(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
