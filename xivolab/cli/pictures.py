"""The command that draws one call: ladder."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.choose import Key, one_call
from xivolab.cli.language import language
from xivolab.cli.opening import open_case, tell_problems
from xivolab.cli.options import Evidence, KeyLogFile, Kinds, Language, WithFilters, Year, Zone
from xivolab.cli.reading import reading
from xivolab.errors import UsageError
from xivolab.views.clean import one_line

if TYPE_CHECKING:
    pass

SUFFIXES = (".svg", ".html", ".png", ".pdf", ".txt")

Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help=f"Write FILE: {', '.join(SUFFIXES)}.")
]
Width = Annotated[int | None, typer.Option("--width", metavar="N", min=40, help="Columns of the text.")]
Secrets = Annotated[
    bool, typer.Option("--secrets", help="Show digest responses, passwords and media keys in the messages.")
]

_EXAMPLES = (
    "xivolab ladder captures/busy",
    "xivolab ladder trace.pcap --call 1002",
    "xivolab ladder trace.pcap --call 9f2c41d07a55 -o call.html",
)


@command(_EXAMPLES)
def ladder(
    evidence: Evidence,
    key: Key = None,
    output: Output = None,
    width: Width = None,
    secrets: Secrets = False,
    wireshark: WithFilters = False,
    lang: Language = None,
    tz: Zone = None,
    year: Year = None,
    kinds: Kinds = None,
    keylog: KeyLogFile = None,
) -> None:
    """Draw the SIP ladder of one call: as text here, or into a file."""
    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageError("cannot draw into such a file", f"-o {output}", f"end its name in {', '.join(SUFFIXES)}")
    with reading(evidence) as progress:
        case = open_case(evidence, tz, year, kinds, progress, keylog)
        call = one_call(case, key)
    picture = call.ladder(lang=language(lang), tz=tz, secrets=secrets)
    if output is None:
        print(picture.text(width or shutil.get_terminal_size().columns), end="")
        if wireshark:
            print(f"\n{one_line(call.display_filter)}")
    else:
        picture.save(output)
        print(output, file=sys.stderr)
    tell_problems(case)
