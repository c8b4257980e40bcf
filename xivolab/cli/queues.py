"""The command for queues: what queue_log tells of calls, queues and agents, over time."""

from __future__ import annotations

import shutil
import sys
from typing import Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.language import language
from xivolab.cli.machine_readable import write
from xivolab.cli.opening import Source, tell_problems, within
from xivolab.cli.options import Csv, Evidence, Json, JsonLines, Language, Since, Until
from xivolab.cli.pictures import SUFFIXES, Output, Width
from xivolab.cli.reading import reading
from xivolab.cli.tables import format_of
from xivolab.cli.times import parse_time, zone
from xivolab.cli.traffic import Every, seconds
from xivolab.errors import UsageError
from xivolab.schema import QUEUE_RECORDS

TableOption = Annotated[
    str | None,
    typer.Option(
        "--table", metavar="calls|queues|agents|series", help="One table: each call, queue, agent, or over time."
    ),
]
Queue = Annotated[str | None, typer.Option("--queue", metavar="NAME", help="One queue; a,b for both.")]
Within = Annotated[str, typer.Option("--within", metavar="TIME", help="How soon an answer is in time: 20s.")]


@command(
    (
        "xivolab queues queue_log --tz Europe/Paris",
        "xivolab queues queue_log --table agents --since 09:00",
        "xivolab queues postgresql://pbx/asterisk --every 1h -o queues.html",
    )
)
def queues(
    evidence: Evidence,
    table: TableOption = None,
    queue: Queue = None,
    every: Every = None,
    answered_within: Within = "20s",
    output: Output = None,
    json: Json = False,
    jsonl: JsonLines = False,
    csv: Csv = False,
    width: Width = None,
    since: Since = None,
    until: Until = None,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """Measure the queues: answered, abandoned, waiting and talking, by queue and agent, over time."""
    form = format_of(json, jsonl, csv)
    if table is not None and table not in QUEUE_RECORDS:
        raise UsageError(f"no table {table!r}", "--table", f"it is one of {', '.join(QUEUE_RECORDS)}")
    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageError("cannot draw into such a file", f"-o {output}", f"end its name in {', '.join(SUFFIXES)}")
    with reading(evidence) as progress:
        case = source.open(within(evidence, since, until, source.tz), progress)
        found = case.queues(seconds(every) if every is not None else None, seconds(answered_within))
        day = found.events[0].time if found.events else None
        first, last = (
            None if value is None else parse_time(value, f"{option} {value}", zone(source.tz), day)
            for option, value in (("--since", since), ("--until", until))
        )
        found = found.chosen(first, last, None if queue is None else frozenset(queue.split(",")))
    if form is not None:
        write(case, found.table(table or "queues"), form, source.tz, sys.stdout)
    elif output is not None:
        found.plots(language(lang), source.tz).save(output)
        print(output, file=sys.stderr)
    elif table is not None:
        from xivolab.cli.people import Painter

        Painter(language(lang), zone(source.tz)).table(found.table(table))
    else:
        print(found.plots(language(lang), source.tz).text(width or shutil.get_terminal_size().columns), end="")
    tell_problems(case)
