"""The command that measures traffic: rates, concurrent calls, and the figures of RFC 6076."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.filters import Filters
from xivolab.cli.language import language
from xivolab.cli.machine_readable import write
from xivolab.cli.opening import Source, tell_problems
from xivolab.cli.options import (
    Csv,
    Evidence,
    Host,
    Json,
    JsonLines,
    Language,
    Number,
    Since,
    State,
    Status,
    Until,
    Where,
)
from xivolab.cli.pictures import SUFFIXES, Output, Width
from xivolab.cli.reading import reading
from xivolab.cli.tables import format_of
from xivolab.cli.times import parse_time, zone
from xivolab.errors import UsageError

if TYPE_CHECKING:
    from xivolab.case import Case
    from xivolab.work.traffic import Chosen

TABLES = ("summary", "series", "by")

_EXAMPLES = (
    "xivolab traffic trace.pcap",
    "xivolab traffic captures/ --every 1m -o traffic.html",
    "xivolab traffic trace.pcap --since 09:00 --until 10:00 --json",
    "xivolab traffic trace.pcap --table series --every 10s --csv",
    "xivolab traffic trace.pcap --table by --host trunk",
)

Every = Annotated[
    str | None,
    typer.Option("--every", metavar="TIME", help="Length of an interval: 10s, 5m, 1h; without, as fits."),
]
TableOption = Annotated[
    str | None,
    typer.Option("--table", metavar="summary|series|by", help="One table: figures, over time, or told apart."),
]


@command(_EXAMPLES)
def traffic(
    evidence: Evidence,
    table: TableOption = None,
    every: Every = None,
    output: Output = None,
    json: Json = False,
    jsonl: JsonLines = False,
    csv: Csv = False,
    width: Width = None,
    number: Number = None,
    since: Since = None,
    until: Until = None,
    state: State = None,
    status: Status = None,
    host: Host = None,
    where: Where = None,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """Measure the traffic: calls and registrations over time, how many at once, delays and success (RFC 6076)."""
    from xivolab.work.traffic import traffic as traffic_of

    form = format_of(json, jsonl, csv)
    _check(table, output)
    every_s = seconds(every) if every is not None else None
    filters = Filters(number, since, until, state, status, host, where, zone(source.tz))
    with reading(evidence) as progress:
        case = source.open(evidence, progress)
        found = traffic_of(case, every_s, _chosen(case, filters))
        if form is not None:
            write(case, found.table(table or "summary"), form, source.tz, sys.stdout)
        elif output is not None:
            found.plots(language(lang), source.tz).save(output)
            print(output, file=sys.stderr)
        elif table in ("series", "by"):
            from xivolab.cli.people import Painter

            Painter(language(lang), zone(source.tz)).table(found.table(table))
        else:
            columns = width or shutil.get_terminal_size().columns
            print(found.plots(language(lang), source.tz).text(columns), end="")
    tell_problems(case)


def seconds(text: str) -> float:
    """A length of time such as 10s, 5m, 1h, 1d, or a number of seconds. Raises UsageError."""
    found = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(ms|s|m|min|h|d|)", text)
    if not found:
        raise UsageError(f"{text!r} is no length of time", "--every", "write 10s, 5m or 1h")
    unit = {"ms": 0.001, "s": 1, "": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}[found[2]]
    return float(found[1]) * unit


def _check(table: str | None, output: Path | None) -> None:
    if table is not None and table not in TABLES:
        raise UsageError(f"no table {table!r}", "--table", f"it is one of {', '.join(TABLES)}")
    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageError("cannot draw into such a file", f"-o {output}", f"end its name in {', '.join(SUFFIXES)}")


def _chosen(case: Case, filters: Filters) -> Chosen:
    """The part of the case that the filters leave. Those about calls leave no registration."""
    from xivolab.work.traffic import Chosen

    firsts = [fact.first_time for fact in case.reading.facts if fact.first_time is not None]
    first = min(firsts, default=None)
    since, until = (
        None if value is None else parse_time(value, f"{option} {value}", filters.place, first)
        for option, value in (("--since", filters.since), ("--until", filters.until))
    )
    untimed = replace(filters, since=None, until=None)
    if untimed == Filters(place=filters.place):
        return Chosen(since=since, until=until)
    calls = untimed.rows(case, "calls").tolist()
    ids = {case.table("calls")["id"][row] for row in calls}
    streams = [row for row, call in enumerate(case.table("streams")["call"]) if call in ids]
    accounts: frozenset[tuple[str, str]] = frozenset()
    if filters.state is None and filters.where is None:
        table = case.table("registrations").select(untimed.rows(case, "registrations"))
        accounts = frozenset(zip(table["aor"], table["src"], strict=True))
    return Chosen(calls, streams, accounts, since, until)
