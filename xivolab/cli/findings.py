"""`xivolab findings`: what is wrong, why, what to do, and where that is seen."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.filters import Filters
from xivolab.cli.language import language
from xivolab.cli.machine_readable import write
from xivolab.cli.opening import Source, tell_problems, within
from xivolab.cli.options import (
    Csv,
    Evidence,
    Host,
    Json,
    JsonLines,
    Language,
    Number,
    OneCall,
    Since,
    State,
    Status,
    Until,
    Where,
)
from xivolab.cli.reading import reading
from xivolab.cli.tables import format_of
from xivolab.cli.times import zone

Everything = Annotated[bool, typer.Option("--all", help="Consequences of other findings, and mere facts, too.")]


@command(
    (
        "xivolab findings trace.pcap full --lang fr",
        "xivolab findings captures/ --where 'severity = error' --json",
        "xivolab findings trace.pcap --number 1002 --all",
    ),
    summary="List what is wrong: why, what to do, and the proof.",
)
def findings(
    evidence: Evidence,
    json: Json = False,
    jsonl: JsonLines = False,
    csv: Csv = False,
    everything: Everything = False,
    number: Number = None,
    since: Since = None,
    until: Until = None,
    state: State = None,
    status: Status = None,
    host: Host = None,
    where: Where = None,
    call: OneCall = None,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """What `xivolab findings` does."""
    from xivolab.cli.people import Painter
    from xivolab.cli.totals import totals

    form = format_of(json, jsonl, csv)
    filters = Filters(number, since, until, state, status, host, where, zone(source.tz), call)
    with reading(evidence) as progress:
        case = source.open(within(evidence, since, until, source.tz), progress)
        case = case.in_language(language(lang))
        rows = filters.rows(case, "findings")
    table = case.table("findings").select(rows)
    if form is not None:
        write(case, table, form, source.tz, sys.stdout)
    else:
        if not everything:
            table = table.select(table["role"] == "cause")
        painter = Painter(language(lang), filters.place)
        calls = case.table("calls")
        fields = ("id", "caller", "from_user", "callee", "to_user")
        parties = zip(*(calls[field].tolist() for field in fields), strict=True)
        painter.findings(table, {key: f"{a or b or '?'} → {c or d or '?'}" for key, a, b, c, d in parties})
        painter.note(totals(table, len(rows), language(lang)))
    tell_problems(case)
