"""The command that reads the output of Asterisk's command line: cli."""

from __future__ import annotations

import json as json_of
import sys
from datetime import tzinfo
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.language import language
from xivolab.cli.machine_readable import Format, header, write
from xivolab.cli.opening import open_case, tell_warnings
from xivolab.cli.options import Csv, Evidence, Json, JsonLines, Kinds, Language, Where, Year, Zone
from xivolab.cli.tables import format_of
from xivolab.cli.times import zone
from xivolab.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xivolab.case import Case
    from xivolab.table import Table

_EXAMPLES = (
    "xivolab cli paste.txt",
    "asterisk -rx 'pjsip show channelstats' | xivolab cli -",
    "xivolab cli paste.txt --table endpoints --where 'state = Unavailable'",
    "xivolab cli paste.txt --json",
)

Chosen = Annotated[
    str | None,
    typer.Option("--table", metavar="TABLE", help="One table, by its name or its command.", show_default=False),
]


@command(_EXAMPLES)
def cli(
    evidence: Evidence,
    table: Chosen = None,
    json: Json = False,
    jsonl: JsonLines = False,
    csv: Csv = False,
    where: Where = None,
    lang: Language = None,
    tz: Zone = None,
    year: Year = None,
    kinds: Kinds = None,
) -> None:
    """Read the output of Asterisk's command line, pasted with whatever stands around it, as tables."""
    form = format_of(json, jsonl, csv)
    case = open_case(evidence, tz, year, kinds)
    tables = _tables(case, table, where, zone(tz))
    if form is None:
        _show(tables, language(lang), zone(tz))
    else:
        _write(case, tables, table is not None, form, tz)
    tell_warnings(case)


def _tables(case: Case, chosen: str | None, where: str | None, place: tzinfo | None) -> dict[str, Table]:
    """The tables to show: the one chosen, else those with rows. Raises UsageError."""
    from xivolab.asterisk.cli import table_of_command
    from xivolab.cli.where import matching
    from xivolab.schema import CLI_RECORDS

    if chosen is None and where is not None:
        raise UsageError("a test needs one table", "--where", f"choose it: --table {', '.join(CLI_RECORDS)}")
    name = None if chosen is None else table_of_command(chosen)
    if chosen is not None and name is None:
        raise UsageError(f"no table {chosen!r}", "--table", f"it is one of {', '.join(CLI_RECORDS)}")
    shown = {name: case.cli.table(name) for name in ([name] if name else case.cli)}
    return {n: t.select(matching(t, where, place)) if where is not None else t for n, t in shown.items()}


def _write(case: Case, tables: Mapping[str, Table], one: bool, form: Format, tz: str | None) -> None:
    """One table as every command prints it; of several, a JSON object by name, or their lines one after the other."""
    if one or (form == "csv" and len(tables) == 1):
        write(case, next(iter(tables.values())), form, tz, sys.stdout)
    elif form == "json":
        parts = (f"{json_of.dumps(name)}: {table.to_json()}" for name, table in tables.items())
        sys.stdout.write("{\n" + ",\n".join(parts) + "\n}\n")
    elif form == "jsonl":
        for table in tables.values():
            sys.stdout.write(json_of.dumps(header([case], table, tz), ensure_ascii=False) + "\n")
            sys.stdout.writelines(table.json_rows("\n"))
            sys.stdout.write("\n")
    else:
        raise UsageError("CSV holds one table", "--csv", f"choose it: --table {', '.join(tables) or 'NAME'}")


def _show(tables: Mapping[str, Table], lang: str, place: tzinfo | None) -> None:
    from xivolab.asterisk.cli.words import note, title
    from xivolab.cli.people import Painter

    painter = Painter(lang, place)
    if not tables:
        painter.note("aucune sortie de la console d'Asterisk" if lang == "fr" else "no output of Asterisk's console")
    for number, (name, table) in enumerate(tables.items()):
        if number:
            painter.line("")
        painter.heading(f"{title(name, lang)} ({len(table)})")
        if len(table):
            painter.table(table)
        if name == "channelstats":
            for code in dict.fromkeys(code for notes in table["notes"] for code in notes):
                painter.remark(note(code, lang))
