"""One report: check the parameters, run the notebook, make the page, check that all of it is there."""

from __future__ import annotations

import json
import time
from typing import Any

from xivolab.errors import XivolabError
from xivolab.report.output import output_folder
from xivolab.report.spec import ReportSpec, Result

_TOLD = {XivolabError.__name__, *(error.__name__ for error in XivolabError.__subclasses__())}
"""Errors whose text says where they are and what to do: the cell is of no interest."""


def run_report(spec: ReportSpec, engine: str | None = None) -> Result:
    """Run one report to its end.

    A plain function of a plain value: any scheduler can call it. `engine` is a papermill engine; the default runs a
    kernel, which is safe anywhere; `xivolab.report.inline_engine.NAME` is faster in a process of its own.
    Raises UsageError for a wrong parameter and EvidenceError for evidence that cannot be read at all; a notebook that
    fails gives a Result that says so, its .ipynb stays as a trace.
    """
    import xivolab
    from xivolab import resources
    from xivolab.report.parameters import parameters

    begun = time.monotonic()
    notebook = spec.notebook or str(resources.notebook("report.ipynb"))
    values = parameters(spec, notebook)
    xivolab.open(
        *spec.evidence, tz=spec.tz, year=spec.year, keylog=spec.keylog
    )  # unreadable files fail here, in a few words
    output_folder(spec.out)
    for suffix in (".html", ".ipynb", ".json"):
        spec.path(suffix).unlink(missing_ok=True)  # what is there afterwards is of this run
    error, kind = _execute(notebook, spec, values, engine)
    summary = {} if error else _summary(spec)
    if not error and not summary:
        missing = XivolabError("the notebook ended without its result file", spec.name, "write it in the last cell")
        error, kind = str(missing), type(missing).__name__
    return Result(
        status="failed" if error else "ok",
        name=spec.name,
        html=None if error else str(spec.path(".html")),
        ipynb=str(spec.path(".ipynb")) if spec.path(".ipynb").exists() else None,
        summary=summary,
        error=error,
        error_kind=kind,
        seconds=time.monotonic() - begun,
    )


def _execute(notebook: str, spec: ReportSpec, values: dict[str, Any], engine: str | None) -> tuple[str, str]:
    """Run the notebook and write the page: what went wrong, and the name of its exception; both empty when nothing did."""
    import papermill
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError

    from xivolab.report import inline_engine
    from xivolab.report.export import write_html

    papermill_engines.register(inline_engine.NAME, inline_engine.InlineEngine)
    try:
        executed = papermill.execute_notebook(
            _literal(notebook),
            _literal(str(spec.path(".ipynb"))),
            parameters=values,
            engine_name=engine,
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=True,
        )
    except PapermillExecutionError as error:
        if error.ename in _TOLD:
            return str(error.evalue), error.ename
        return f"{spec.name}, cell {error.exec_count}: {error.ename}: {error.evalue}", error.ename
    write_html(executed, spec.path(".html"), lang=spec.lang, title=spec.title or spec.name)
    return "", ""


def _literal(path: str) -> str:
    """A path that papermill's `str.format` leaves as it is."""
    return path.replace("{", "{{").replace("}", "}}")


def _summary(spec: ReportSpec) -> dict[str, Any]:
    """What the notebook wrote for the index; empty when it did not, or something else than a JSON object."""
    try:
        summary = json.loads(spec.path(".json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return summary if isinstance(summary, dict) else {}
