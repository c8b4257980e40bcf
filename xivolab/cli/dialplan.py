"""The command that says who takes a number: dialplan."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.language import language
from xivolab.cli.machine_readable import write
from xivolab.cli.opening import Source, tell_warnings
from xivolab.cli.options import Csv, Evidence, Json, JsonLines, Language
from xivolab.cli.tables import format_of
from xivolab.cli.times import parse_time, zone
from xivolab.errors import Problem, UsageError

if TYPE_CHECKING:
    from xivolab.asterisk.dialplan import Dialplan, Match

_EXAMPLES = (
    "xivolab dialplan /etc/asterisk --context default --number 1002",
    "xivolab dialplan paste.txt --context a --number 01 --caller 55 --at 22:00",
    "asterisk -rx 'dialplan show' | xivolab dialplan - --context a --number 1",
)

InContext = Annotated[
    str | None, typer.Option("--context", metavar="NAME", help="The context that is asked.", show_default=False)
]
Dialled = Annotated[str | None, typer.Option("--number", metavar="N", help="What is dialled.", show_default=False)]
Caller = Annotated[
    str | None, typer.Option("--caller", metavar="N", help="The caller's number; without, one who has none.")
]
At = Annotated[
    str | None, typer.Option("--at", metavar="TIME", help="When: 22:00, 2026-11-25T22:00. Includes may depend on it.")
]
Priority = Annotated[
    int | None, typer.Option("--priority", metavar="N", min=1, help="The priority that must be there; 1 without.")
]


@command(_EXAMPLES)
def dialplan(
    evidence: Evidence,
    context: InContext = None,
    number: Dialled = None,
    caller: Caller = None,
    at: At = None,
    priority: Priority = None,
    json: Json = False,
    jsonl: JsonLines = False,
    csv: Csv = False,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """Say which extension takes a number, through which contexts, and which would if that one did not.

    From extensions.conf with the files it includes, or from what `dialplan show` printed.
    """
    from xivolab.asterisk.dialplan import who_takes
    from xivolab.asterisk.dialplan.evidence import match_table
    from xivolab.cli.status import tell

    form = format_of(json, jsonl, csv)
    case = source.open(evidence)
    plan = case.dialplan
    if not plan.contexts:
        raise UsageError("no dialplan in this evidence", " ".join(evidence), "give extensions.conf or `dialplan show`")
    if context is None or number is None:
        missing = "--context" if context is None else "--number"
        raise UsageError("a context and a number are needed", missing, f"the contexts: {_names(plan)}")
    found = who_takes(plan, context, number, caller=caller, priority=priority or 1, at=_moment(at, source.tz))
    if form is None:
        _show(found, number, context, language(lang))
    else:
        write(case, match_table(found), form, source.tz, sys.stdout)
    for file, place, what in plan.problems:
        tell(str(Problem(file, place, what)))
    tell_warnings(case)


def _names(plan: Dialplan, most: int = 12) -> str:
    names = sorted(plan.contexts)
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _moment(text: str | None, tz: str | None) -> datetime | None:
    if text is None:
        return None
    place = zone(tz)
    return datetime.fromtimestamp(parse_time(text, f"--at {text}", place, None) / 1e9).astimezone(place)


def _show(found: list[Match], number: str, context: str, lang: str) -> None:
    from xivolab.asterisk.dialplan.evidence import match_table
    from xivolab.asterisk.dialplan.words import sentences
    from xivolab.cli.people import Painter

    painter = Painter(lang, None)
    told = sentences(found, number, context, lang)
    painter.heading(told[0])
    if found:
        painter.table(match_table(found))
    for sentence in told[1:]:
        painter.remark(sentence)
