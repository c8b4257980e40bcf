"""The commands about this machine and about the records: doctor, schema."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.language import language
from xivolab.cli.opening import Source
from xivolab.cli.options import Language
from xivolab.cli.status import BAD_INPUT
from xivolab.cli.times import show_time, zone
from xivolab.errors import UsageError

_DOCTOR = ("xivolab doctor", "xivolab doctor trace.pcap")
_SCHEMA = ("xivolab schema", "xivolab schema calls", "xivolab schema --markdown > docs/schema.md")


@command(_DOCTOR)
def doctor(
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE", help="Say what these were taken for.")] = None,
    lang: Language = None,
    *,
    source: Source,
) -> int:
    """Say what is missing on this machine and how to mend it; of a file, what it was taken for and what is in it.

    The exit status is 2 when something is missing without which nothing works.
    """
    if files:
        _files(files, source, language(lang))
        return 0
    return _machine()


def _machine() -> int:
    from rich.console import Console
    from rich.text import Text

    from xivolab.machine.doctor import checks

    console = Console(highlight=False, soft_wrap=True)
    unfit = False
    for check in checks():
        mark, style = ("ok", "green") if check.ok else ("missing", "bold red" if check.needed else "yellow")
        console.print(Text.assemble((f"{mark:8}", style), f"{check.what}: {check.found}"))
        if not check.ok:
            console.print(Text(f"        → {check.remedy}"))
            unfit |= check.needed
    return BAD_INPUT if unfit else 0


def _files(files: list[str], source: Source, lang: str) -> None:
    from xivolab.cli.people import Painter
    from xivolab.machine.files import facts

    place = zone(source.tz)
    painter = Painter(lang, place)
    case = source.open(files)
    for fact in facts(case):
        painter.heading(fact.path)
        for what, value in fact.lines:
            shown = show_time(value, place, with_date=True, digits=3) if isinstance(value, float) else value
            painter.line(f"  {what:14}{shown}")
    problems = case.table("problems")
    if len(problems):
        painter.problems(problems)


@command(_SCHEMA)
def schema(
    record: Annotated[str | None, typer.Argument(metavar="RECORD", help="calls, dialogs, streams, …")] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="All records as a page of documentation.")] = False,
) -> None:
    """Print the records as JSON Schema (draft 2020-12): one, or an object of all of them."""
    import json

    from xivolab.json_schema import json_schema
    from xivolab.json_schema import markdown as page
    from xivolab.schema import ALL_RECORDS

    if markdown:
        sys.stdout.write(page())
        return
    names = {**{r.plural: r for r in ALL_RECORDS.values()}, **{r.name: r for r in ALL_RECORDS.values()}}
    if record is not None and record not in names:
        raise UsageError(f"no record {record!r}", "schema", f"it is one of {', '.join(ALL_RECORDS)}")
    found = json_schema(names[record]) if record else {name: json_schema(r) for name, r in ALL_RECORDS.items()}
    print(json.dumps(found, ensure_ascii=False, indent=2))
