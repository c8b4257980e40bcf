"""The command that shows the journal, and how each of its fields came about."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.filters import Filters
from xivolab.cli.language import language
from xivolab.cli.machine_readable import write
from xivolab.cli.opening import Source, tell_problems, within
from xivolab.cli.options import (
    Csv,
    Evidence,
    Json,
    JsonLines,
    Language,
    Number,
    Since,
    Sort,
    Until,
    Where,
)
from xivolab.cli.order import ordered
from xivolab.cli.reading import reading
from xivolab.cli.tables import format_of
from xivolab.cli.times import parse_time, show_time, zone
from xivolab.errors import UsageError

if TYPE_CHECKING:
    from xivolab.table import Table

_AROUND_S = 300

Around = Annotated[
    str | None,
    typer.Option("--around", metavar="TIME", help="Five minutes before and after: 2025-08-27T17:40, 17:40 (today)."),
]
Why = Annotated[bool, typer.Option("--why", help="Each step by which XiVO made the fields from channel events.")]
Sql = Annotated[bool, typer.Option("--sql", help="The queries for psql that find the same: the journal, then CEL.")]


@command(
    (
        "xivolab journal postgresql://pbx/asterisk --around 17:40 --number 2000",
        "xivolab journal cel.csv --why --lang fr",
        "xivolab journal Master.csv --since 09:00 --json",
    )
)
def journal(
    evidence: Evidence,
    around: Around = None,
    why: Why = False,
    sql: Sql = False,
    json: Json = False,
    jsonl: JsonLines = False,
    csv: Csv = False,
    sort: Sort = None,
    number: Number = None,
    since: Since = None,
    until: Until = None,
    where: Where = None,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """List the journal: rows of call_log, its export, Master.csv, and those that XiVO makes of CEL."""
    form = format_of(json, jsonl, csv)
    if around is not None:
        if since is not None or until is not None:
            raise UsageError("a time around which, or limits", "--around", "leave --since and --until out")
        middle = parse_time(around, f"--around {around}", zone(source.tz), None) // 10**9
        since, until = str(middle - _AROUND_S), str(middle + _AROUND_S)
    filters = Filters(number, since, until, None, None, None, where, zone(source.tz))
    with reading(evidence) as progress:
        case = source.open(within(evidence, since, until, source.tz), progress)
        rows = ordered(case, "journal", filters.rows(case, "journal"), sort)
    chosen = case.table("journal").select(rows)
    if form is not None:
        write(case, chosen, form, source.tz, sys.stdout)
    else:
        _show(chosen, len(case.table("journal")), filters, language(lang), why=why, sql=sql)
    tell_problems(case)


def _show(rows: Table, count: int, filters: Filters, lang: str, *, why: bool, sql: bool) -> None:
    from xivolab.asterisk.cel.call_log_words import in_words
    from xivolab.calls.journal import queries
    from xivolab.cli.people import Painter
    from xivolab.cli.totals import totals

    painter = Painter(lang, filters.place)
    if len(rows):
        painter.table(rows)
    for row in rows.records() if why else ():
        if row["why"]:
            painter.heading(f"{show_time(row['date'], filters.place, True, 3)}  {row['linkedid'] or ''}")
            for step in row["why"]:
                painter.line(f"  {in_words(step, lang)}")
    if sql:
        for query in queries(rows, filters.place):
            painter.line(query)
    painter.note(totals(rows, count, lang))
