"""What a log tells of one call: in a line what became of it, what the dialplan decided, and its lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xivolab.asterisk.trace.line import Line
from xivolab.asterisk.trace.outline import Row
from xivolab.asterisk.trace.verdict import verdict
from xivolab.asterisk.trace.words import sentence
from xivolab.report.html import Html, join, tag
from xivolab.views.clean import one_line, shorten
from xivolab.views.trace_rows import pins_of, without_secrets

if TYPE_CHECKING:
    from xivolab.report.report import Report
    from xivolab.views.trace import Trace

_LONGEST = 400  # characters of a line in the list of lines


def verdict_of(report: Report, trace: Trace) -> str:
    """What became of the call, in a line; "" where its dialplan does not tell."""
    told = [sentence(row.code, row.fields, report.words.lang) for row in verdict(trace.rows)]
    line = one_line(" → ".join(told))
    return line[:1].upper() + line[1:]


def lines(report: Report, trace: Trace) -> Html:
    """Every record of the call, folded, in the order of the log, under the decision it belongs to; each has its line's number."""
    rows = trace.in_order()
    count = sum(len(row.lines) for row in rows)
    if not count:
        return Html("")
    say = report.words
    files = list(dict.fromkeys(line.file for row in rows for line in row.lines))
    fine = any(line.time is not None and line.time % 1_000_000_000 for row in rows for line in row.lines)
    pins = pins_of(line for row in rows for line in row.lines)
    body = join(_step(report, row, pins, many=len(files) > 1, fine=fine) for row in rows)
    summary = say("log-lines", count=say.number(count), files=", ".join(files))
    return tag("details", join([tag("summary", summary), tag("div", body)]), class_="xl-stream xl-lines")


def _step(report: Report, row: Row, pins: frozenset[str], *, many: bool, fine: bool) -> Html:
    """One decision and the records from it to the next."""
    words = one_line(sentence(row.code, row.fields, report.words.lang))
    return join(
        [
            tag("h5", words),
            tag("pre", join((_record(report, line, pins, many=many, fine=fine) for line in row.lines), "\n")),
        ]
    )


def _record(report: Report, line: Line, pins: frozenset[str], *, many: bool, fine: bool) -> Html:
    """A record as one line: where it stands, when (to the millisecond if `fine`), and its text; of one of several lines the first."""
    first, _, rest = line.text.strip("\r\n").partition("\n")
    place = "" if line.number is None else f"{Path(line.file).name}:{line.number}" if many else str(line.number)
    time = "" if line.time is None else report.words.clock(line.time / 1e9)[: None if fine else 8]
    text = shorten(one_line(without_secrets(first, pins).rstrip()), _LONGEST)
    more = rest.count("\n") + 1 if rest.strip() else 0
    note = tag("i", f" (+{more})") if more else ""
    level = {"WARNING": "xl-warn", "ERROR": "xl-bad"}.get(line.level, "")
    return join([tag("b", f"{place:>7}"), f"  {time}  " if time else "  ", tag("span", text, class_=level), note])
