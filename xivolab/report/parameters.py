"""Papermill parameters, checked before a notebook runs: papermill itself only warns of one it does not know."""

from __future__ import annotations

import zoneinfo
from typing import Any

from xivolab.errors import UsageError
from xivolab.findings.thresholds import thresholds
from xivolab.report.spec import ReportSpec

LANGS = ("en", "fr")


def parameters(spec: ReportSpec, notebook: str) -> dict[str, Any]:
    """The parameters to run `notebook` with. Raises UsageError for a value or a name it cannot take."""
    if not spec.evidence:
        raise UsageError("a report needs evidence", "evidence", "name a capture, a log or a case folder")
    if spec.lang not in LANGS:
        raise UsageError(f"no report in {spec.lang!r}", "lang", f"use {' or '.join(LANGS)}")
    if not spec.name or "/" in spec.name or spec.name.startswith("."):
        raise UsageError(f"{spec.name!r} is no file name", "name", "use a name without slashes and leading dots")
    if spec.tz is not None and spec.tz not in zoneinfo.available_timezones():
        raise UsageError(f"no such time zone: {spec.tz!r}", "tz", "use a name like Europe/Paris or UTC")
    values = {
        "evidence": list(spec.evidence),
        "lang": spec.lang,
        "title": spec.title,
        "thresholds": thresholds(spec.thresholds),
        "tz": spec.tz,
        "year": spec.year,
        "result_file": str(spec.path(".json")),
        **({"keylog": spec.keylog} if spec.keylog is not None else {}),
        **spec.parameters,
    }
    known = _declared(notebook)
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise UsageError(
            f"the notebook has no parameter {', '.join(unknown)}",
            notebook,
            f"its cell tagged 'parameters' declares {', '.join(known) or 'none'}",
        )
    return values


def _declared(notebook: str) -> list[str]:
    """The names in the notebook's cell tagged `parameters`."""
    from papermill import inspect_notebook

    return list(inspect_notebook(notebook.replace("{", "{{").replace("}", "}}")))
