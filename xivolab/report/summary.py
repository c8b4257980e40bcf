"""A report in a few figures, as JSON: what the index of a batch shows and a NOC sorts by.

| key                    | meaning                                                                  |
| ---------------------- | ------------------------------------------------------------------------ |
| `title`                | the report's title                                                       |
| `evidence`             | the files, as given                                                      |
| `start`, `end`         | first and last packet or message, else call; epoch seconds, or null      |
| `calls`                | how many                                                                 |
| `failures`             | calls that failed (`Level.FAILURE`) and registrations never accepted     |
| `refused`              | these registrations alone                                                |
| `degraded`             | calls, and streams without a call, with a figure over a threshold        |
| `worst_mos`            | the lowest MOS of these, narrow-band where there is one, null without    |
| `messages`, `streams`  | how many                                                                 |
| `registrations`        | how many                                                                 |
| `problems`             | what is missing because it could not be read, one line each              |
| `worst`                | the worst call: id, caller, callee, state, status; null without calls    |
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xivolab.errors import Problem
from xivolab.report.concerns import poor_streams
from xivolab.report.ranking import Level, failed_registrations, streams_without_call, surely_rtp
from xivolab.schema import NULL_INT

if TYPE_CHECKING:
    from xivolab.case import Case
    from xivolab.report.report import Report


def summary(report: Report) -> dict[str, Any]:
    """The figures of one report."""
    case, ranked = report.case, report.ranked
    levels = [one.level for one in ranked]
    refused = len(failed_registrations(case))
    lone = [stream for stream in streams_without_call(case) if surely_rtp(stream)]
    poor = sum(any(poor_streams([stream], report.thresholds)) for stream in lone)
    scores = [(one.call["mos_min"], one.call["mos_scale"]) for one in ranked]
    scores += [(stream["mos"], stream["mos_scale"]) for stream in lone]
    start, end = period(case)
    return {
        "title": report.title,
        "evidence": [str(file.path) for file in case.files],
        "start": start,
        "end": end,
        "calls": len(ranked),
        "failures": levels.count(Level.FAILURE) + refused,
        "refused": refused,
        "degraded": levels.count(Level.DEGRADED) + poor,
        "worst_mos": _worst_mos(scores),
        "messages": len(case.table("messages")),
        "streams": len(case.table("streams")),
        "registrations": len(case.table("registrations")),
        "problems": [problem_line(row) for row in case.table("problems").records() if row["severity"] == "warning"],
        "worst": {key: ranked[0].call[key] for key in ("id", "caller", "callee", "state", "status")}
        if ranked
        else None,
    }


def write_summary(report: Report, path: Path) -> None:
    """Write it whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(summary(report), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(path)


def period(case: Case) -> tuple[float | None, float | None]:
    """When the evidence begins and ends, in epoch seconds: its messages and its streams, else the calls that others tell of."""
    messages, streams, calls = case.table("messages"), case.table("streams"), case.table("calls")
    for columns in ((messages["time"], streams["start"], streams["end"]), (calls["start"], calls["end"])):
        known = [values[values != NULL_INT] for values in columns]
        times = [int(bound) for values in known if len(values) for bound in (values.min(), values.max())]
        if times:
            return min(times) / 1e9, max(times) / 1e9
    return None, None


def problem_line(row: dict[str, Any]) -> str:
    """A problem record as the line people see."""
    return str(Problem(row["file"], row["place"], row["what"], row["remedy"]))


def _worst_mos(scores: Sequence[tuple[float | None, str | None]]) -> float | None:
    """The lowest MOS on one scale: narrow-band where there is any, as figures of two scales do not compare."""
    for wanted in ("nb", "wb"):
        values = [mos for mos, scale in scores if mos is not None and scale == wanted]
        if values:
            return min(values)
    return None
