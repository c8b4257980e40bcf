"""The command that compares two capture points: compare."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.language import language
from xivolab.cli.machine_readable import write_of
from xivolab.cli.opening import tell_problems
from xivolab.cli.options import Csv, Json, JsonLines, KeyLogFile, Language, Zone
from xivolab.cli.pictures import SUFFIXES, Output, Secrets, Width
from xivolab.cli.reading import reading
from xivolab.cli.tables import format_of
from xivolab.cli.times import zone
from xivolab.errors import UsageError

if TYPE_CHECKING:
    from xivolab.table import Table
    from xivolab.work.compare.comparison import Comparison


class Tables(StrEnum):
    """The tables of a comparison."""

    CALLS = "calls"
    MESSAGES = "messages"
    STREAMS = "streams"
    REWRITES = "rewrites"
    OFFSET = "offset"


Points = Annotated[
    list[str],
    typer.Argument(
        metavar="A B", help="A capture or folder of each point; or one case folder with both.", show_default=False
    ),
]
Chosen = Annotated[
    Tables | None,
    typer.Option(
        "--table", metavar="TABLE", help=f"Print {', '.join(Tables)}; with --json, calls.", show_default=False
    ),
]
Key = Annotated[
    str | None, typer.Option("--call", metavar="ID", help="One call: an id of either point, a Call-ID or a number.")
]

_EXAMPLES = (
    "xivolab compare phone.pcap pbx.pcap",
    "xivolab compare phone.pcap pbx.pcap --table rewrites",
    "xivolab compare phone.pcap pbx.pcap --table streams --json",
    "xivolab compare phone.pcap pbx.pcap --call 1002 -o call.html",
)


@command(_EXAMPLES)
def compare(
    points: Points,
    table: Chosen = None,
    json: Json = False,
    jsonl: JsonLines = False,
    csv: Csv = False,
    key: Key = None,
    output: Output = None,
    width: Width = None,
    secrets: Secrets = False,
    lang: Language = None,
    tz: Zone = None,
    keylog: KeyLogFile = None,
) -> None:
    """Compare two captures of the same calls: what was lost and rewritten between them, and what each never saw.

    The ladder of one call with both points is written with -o.
    """
    form = format_of(json, jsonl, csv)
    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageError("cannot draw into such a file", f"-o {output}", f"end its name in {', '.join(SUFFIXES)}")
    if len(points) > 2:
        raise UsageError(f"{len(points)} captures", "compare", "give the captures of two points")
    place = zone(tz)
    with reading(points) as progress:
        from xivolab.work.compare.comparison import compare as of

        found = of(points[0], points[1] if len(points) > 1 else None, progress=progress, keylog=keylog)
        rows = _rows(found, table or Tables.CALLS, key)
    if output is not None:
        found.ladder(key, lang=language(lang), secrets=secrets, tz=tz).save(Path(output))
        print(output, file=sys.stderr)
    elif form is not None:
        write_of([found.a.case, found.b.case], rows, form, tz, sys.stdout)
    elif table is Tables.REWRITES:
        print(found.rewrites_text(language(lang), key), end="")
    elif table is not None:
        from xivolab.cli.people import Painter

        Painter(language(lang), place).table(rows)
    else:
        print(found.text(width or shutil.get_terminal_size().columns, language(lang), key), end="")
    for side in (found.a, found.b):
        tell_problems(side.case)


def _rows(found: Comparison, table: Tables, key: str | None) -> Table:
    return found.table(table) if key is None else found.rows_of_call(table, key)
