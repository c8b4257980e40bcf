"""`xivolab triage`: failures grouped by what they have in common, since when."""

from __future__ import annotations

import sys

from xivolab.cli.app import command
from xivolab.cli.language import language
from xivolab.cli.machine_readable import write
from xivolab.cli.opening import Source, tell_problems, within
from xivolab.cli.options import Csv, Evidence, Json, JsonLines, Language, Since, Until
from xivolab.cli.reading import reading
from xivolab.cli.tables import format_of
from xivolab.cli.times import parse_time, zone


@command(
    (
        "xivolab triage trace.pcap full",
        "xivolab triage captures/ --lang fr",
        "xivolab triage trace.pcap --since 09:00 --json",
    ),
    summary="Group the failures: by trunk, number, endpoint, user agent, network, direction; since when.",
)
def triage(
    evidence: Evidence,
    json: Json = False,
    jsonl: JsonLines = False,
    csv: Csv = False,
    since: Since = None,
    until: Until = None,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """What `xivolab triage` does."""
    from datetime import UTC

    import numpy as np

    from xivolab.cli.people import Painter
    from xivolab.work.triage import triage as grouped

    form = format_of(json, jsonl, csv)
    place = zone(source.tz)
    with reading(evidence) as progress:
        case = source.open(within(evidence, since, until, source.tz), progress)
        table = grouped(case, language(lang), place or UTC)
    first = int(table["since"].min()) if len(table) else None
    for option, value, column in (("--since", since, "until"), ("--until", until, "since")):
        if value is not None:
            limit = parse_time(value, f"{option} {value}", place, first)
            table = table.select(
                np.flatnonzero(table[column] >= limit if option == "--since" else table[column] <= limit)
            )
    if form is not None:
        write(case, table, form, source.tz, sys.stdout)
    else:
        painter = Painter(language(lang), place)
        painter.groups(table)
        calls = len(case.table("calls"))
        failed = sum(table["failed"].tolist())
        note = (
            f"{failed} échecs sur {calls} appels" if language(lang) == "fr" else f"{failed} failures of {calls} calls"
        )
        painter.note(note)
    tell_problems(case)
