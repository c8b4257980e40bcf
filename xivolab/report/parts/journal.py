"""The journal, each row with the steps that made it; and the channels of each call over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xivolab.asterisk.cel.call_log_words import in_words
from xivolab.report.html import Block, Cell, Html, join, table, tag

if TYPE_CHECKING:
    from xivolab.report.report import Report

_COLUMNS = ("date", "source", "number", "source_exten", "destination_exten", "answered", "duration_s", "why")


def block(report: Report, at_most: int) -> Block | None:
    """The rows of the journal, `at_most` of them; nothing where there is none."""
    rows = list(report.case.table("journal").records())
    if not rows:
        return None
    record = report.case.table("journal").record
    lang = report.words.lang
    head = [record.field(name).fr if lang == "fr" else record.field(name).en for name in _COLUMNS]
    body: list[object] = [tag("h2", report.words("journal"))]
    body.append(table(head, [[_cell(report, row, name) for name in _COLUMNS] for row in rows[:at_most]]))
    if len(rows) > at_most:
        more = report.words("more-rows", count=report.words.number(len(rows) - at_most))
        body.append(tag("p", more, class_="xl-muted"))
    lines = [f"{row['source']} {row['source_exten']} → {row['destination_exten']}" for row in rows[:at_most]]
    return Block(join(body), "\n".join(lines))


def _cell(report: Report, row: dict[str, Any], name: str) -> object:
    value = row[name]
    if name == "why":
        return _why(report, row)
    if name == "date":
        return "" if value is None else report.words.moment(value)
    if name == "answered":
        return "" if value is None else report.words("yes" if value else "no")
    if name == "duration_s":
        return Cell("" if value is None else report.words.number(value, 1), numeric=True)
    if name == "source_exten":
        return value or row["source_name"] or ""
    if name == "destination_exten":
        return value or row["destination_name"] or ""
    return "" if value is None else value


def _why(report: Report, row: dict[str, Any]) -> Html:
    """The steps, folded."""
    if not row["why"]:
        return Html("")
    steps = join(tag("li", in_words(step, report.words.lang)) for step in row["why"])
    return tag("details", join([tag("summary", report.words("steps", count=len(row["why"]))), tag("ol", steps)]))


def channels(report: Report, at_most: int) -> Block | None:
    """The channels of the calls that CEL tells, `at_most` of them; nothing without CEL."""
    calls = [call for call in report.case.call_list() if call.linkedids][:at_most]
    if not calls:
        return None
    body: list[object] = [tag("h2", report.words("channels"))]
    lines: list[str] = []
    for call in calls:
        picture = call.channels(lang=report.words.lang, tz=report.case.tz)
        body.append(Html(picture.html()))
        lines.append(picture.text())
    return Block(join(body), "\n".join(lines))


def queues(report: Report) -> Block | None:
    """The queues over time; nothing without calls in queues."""
    found = report.case.queues()
    if not found.queue_calls:
        return None
    picture = found.plots(report.words.lang, report.case.tz)
    return Block(join([tag("h2", report.words("queues")), Html(picture.html())]), picture.text())
