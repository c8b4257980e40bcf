"""What the console of the server said: each of its tables, and what the media counters mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xivolab.asterisk.cli.words import note, title
from xivolab.report.html import Block, Cell, Html, join, table, tag
from xivolab.table import Table
from xivolab.views.clean import one_line

if TYPE_CHECKING:
    from xivolab.report.report import Report

# Where a row was printed, and what only a program wants.
_LEFT_OUT = {"id", "output", "file", "line", "printed", "notes", "call", "form", "cut"}


def block(report: Report, at_most: int) -> Block | None:
    """The tables that have rows; nothing when there is none."""
    say = report.words
    body: list[Html] = []
    text: list[str] = []
    for name in report.case.cli:
        found = report.case.cli.table(name)
        body += [tag("h2", f"{title(name, say.lang)} ({len(found)})"), _rows(found, say.lang, at_most)]
        text.append(f"{title(name, say.lang)}: {len(found)}")
        if len(found) > at_most:
            body.append(tag("p", say("more-rows", count=say.number(len(found) - at_most)), class_="xl-muted"))
        if name == "channelstats":
            codes = dict.fromkeys(code for notes in found["notes"] for code in notes)
            body += [tag("p", note(code, say.lang), class_="xl-muted") for code in codes]
    return Block(join(body), "\n".join(text)) if body else None


def _rows(found: Table, lang: str, at_most: int) -> Html:
    """The first rows, without the columns in which nothing stands."""
    rows = list(found.select(range(min(len(found), at_most))).records())
    fields = [
        field
        for field in found.record.fields
        if field.name not in _LEFT_OUT and any(row[field.name] not in (None, []) for row in rows)
    ]
    heads = [(field.fr if lang == "fr" else field.en) + (f", {field.unit}" if field.unit else "") for field in fields]
    return table(heads, [[_cell(row[field.name], field.kind, lang) for field in fields] for row in rows])


def _cell(value: Any, kind: str, lang: str) -> Cell:
    if value is None:
        return Cell("", kind in ("int", "float"))
    if kind == "time":
        from datetime import UTC, datetime

        return Cell(f"{datetime.fromtimestamp(value, UTC):%H:%M:%S}")
    if kind == "bool":
        return Cell({"fr": ("non", "oui")}.get(lang, ("no", "yes"))[bool(value)])
    if kind == "list":
        return Cell(one_line(", ".join(map(str, value))))
    if kind == "float":
        text = f"{value:.1f}"
        return Cell(text.replace(".", ",") if lang == "fr" else text, numeric=True)
    return Cell(value, numeric=True) if kind == "int" else Cell(one_line(str(value)))
