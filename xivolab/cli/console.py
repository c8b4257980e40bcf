"""The command that reads the output of Asterisk's command line: cli."""

from __future__ import annotations

import json as json_of
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.language import language
from xivolab.cli.machine_readable import Format, header, write
from xivolab.cli.opening import Source, tell_warnings
from xivolab.cli.options import Csv, Json, JsonLines, Language, Where
from xivolab.cli.pictures import SUFFIXES, Output
from xivolab.cli.status import tell
from xivolab.cli.tables import format_of
from xivolab.cli.times import zone
from xivolab.cli.traffic import seconds
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
    "xivolab cli --fetch 'ssh pbx asterisk -rx' --command 'queue show'",
    "xivolab cli --fetch 'asterisk -rx' --every 5s --for 2m -o quality.html",
)
MOST_ROUNDS = 10_000
_LOOKED_AT = ("pjsip show channelstats", "pjsip show endpoints", "core show channels concise")
_POLLED = "pjsip show channelstats"

MaybeEvidence = Annotated[
    list[str] | None,
    typer.Argument(metavar="[EVIDENCE...]", help="Files and folders; - is standard input.", show_default=False),
]
By = Annotated[
    str | None,
    typer.Option("--fetch", metavar="WORDS", help="Ask a server: 'ssh pbx asterisk -rx'. No shell is used here."),
]
Commands = Annotated[
    list[str] | None,
    typer.Option("--command", metavar="COMMAND", help="What is asked; may be given several times.", show_default=False),
]
Every = Annotated[str | None, typer.Option("--every", metavar="TIME", help="Ask again and again: 5s.")]
For = Annotated[str | None, typer.Option("--for", metavar="TIME", help="For how long: 60s, 5m (1m without).")]
Save = Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Keep what was fetched: evidence for later.")]

Chosen = Annotated[
    str | None,
    typer.Option("--table", metavar="TABLE", help="One table, by its name or its command.", show_default=False),
]


@command(_EXAMPLES)
def cli(
    evidence: MaybeEvidence = None,
    table: Chosen = None,
    json: Json = False,
    jsonl: JsonLines = False,
    csv: Csv = False,
    where: Where = None,
    output: Output = None,
    by: By = None,
    commands: Commands = None,
    every: Every = None,
    duration: For = None,
    save: Save = None,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """Read the output of Asterisk's command line, pasted with whatever stands around it, as tables.

    Or ask a server for it, once or again and again: -o then draws the media counters over time.
    """
    form = format_of(json, jsonl, csv)
    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageError("cannot draw into such a file", f"-o {output}", f"end its name in {', '.join(SUFFIXES)}")
    with _fetched(by, commands, every, duration, save) as fetched:
        given = [*(evidence or []), *fetched]
        told = [*(source.kinds or []), *(f"cli:{path}" for path in fetched)]
        case = replace(source, kinds=told).open(given)
        tables = _tables(case, table, where, zone(source.tz))
        if form is not None:
            _write(case, tables, table is not None, form, source.tz)
        elif output is None:
            _show(tables, language(lang), zone(source.tz))
            _plot(case, language(lang), source.tz)
        if output is not None:
            case.counters(lang=language(lang)).save(output)
            print(output, file=sys.stderr)
        tell_warnings(case)


@contextmanager
def _fetched(
    by: str | None, commands: list[str] | None, every: str | None, duration: str | None, save: Path | None
) -> Iterator[list[str]]:
    """A file with what a server answered, as evidence; no file when nothing is to be fetched. Raises UsageError."""
    if by is None:
        for option, value in (("--command", commands), ("--every", every), ("--for", duration), ("--save", save)):
            if value:
                raise UsageError("there is no server to ask", option, "say how: --fetch 'ssh pbx asterisk -rx'")
        yield []
        return
    from xivolab.asterisk.cli.fetch import poll

    asked = commands or ([_POLLED] if every else list(_LOOKED_AT))
    every_s = seconds(every) if every else 0.0
    for_s = seconds(duration) if duration else 60.0 if every else 0.0
    if every and (every_s < 0.2 or for_s / every_s > MOST_ROUNDS):
        raise UsageError("that is too often", f"--every {every}", f"at most {MOST_ROUNDS} rounds, 0.2 s or more apart")
    with tempfile.TemporaryDirectory(prefix="xivolab-") as folder:
        path = save or Path(folder) / "fetched.txt"
        told: set[tuple[str, ...]] = set()
        try:
            with path.open("w", encoding="utf-8") as out:
                for answer in poll(by, asked, every_s, for_s):
                    out.write(answer.told)
                    out.flush()
                    if answer.words not in told:
                        tell(f"ran: {shlex.join(answer.words)}")
                        told.add(answer.words)
        except OSError as error:
            raise UsageError(
                f"cannot write: {error.strerror}", f"--save {path}", "name a file that can be written"
            ) from None
        yield [str(path)]


def _plot(case: Case, lang: str, tz: str | None) -> None:
    """The media counters over time, where there are several outputs of one channel."""
    picture = case.counters(lang=lang)
    if any(len(track.points) > 1 for track in picture.tracks):
        print()
        print(picture.text(shutil.get_terminal_size().columns), end="")


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
