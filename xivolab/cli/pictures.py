"""The commands that draw one call: ladder, trace, channels."""

from __future__ import annotations

import json as json_writer
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.choose import Key, one_call
from xivolab.cli.language import language
from xivolab.cli.opening import Source, tell_problems
from xivolab.cli.options import Evidence, Json, Language, WithFilters
from xivolab.cli.reading import reading
from xivolab.errors import UsageError
from xivolab.views.clean import one_line

if TYPE_CHECKING:
    from xivolab.views.picture import Picture

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
    *,
    source: Source,
) -> None:
    """Draw the SIP ladder of one call: as text here, or into a file."""
    _check(output)
    with reading(evidence) as progress:
        case = source.open(evidence, progress)
        call = one_call(case, key)
    picture = call.ladder(lang=language(lang), tz=source.tz, secrets=secrets)
    _put(picture, output, width)
    if wireshark and output is None:
        print(f"\n{one_line(call.display_filter)}")
    tell_problems(case)


@command(
    (
        "xivolab channels sample_logs/blind-transfer",
        "xivolab channels cel.csv --call 1002 -o call.svg",
    )
)
def channels(
    evidence: Evidence,
    key: Key = None,
    output: Output = None,
    width: Width = None,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """Draw the channels and bridges of one call over time, as CEL tells them: as text here, or into a file."""
    _check(output)
    with reading(evidence) as progress:
        case = source.open(evidence, progress)
        picture = one_call(case, key).channels(lang=language(lang), tz=source.tz)
    _put(picture, output, width)
    tell_problems(case)


@command(
    (
        "xivolab trace sample_logs/no-answer/full",
        "xivolab trace full --call C-00005477 --lang fr --tz Europe/Paris",
        "xivolab trace full --call 1002 -o call.html",
    )
)
def trace(
    evidence: Evidence,
    key: Key = None,
    output: Output = None,
    width: Width = None,
    json: Json = False,
    secrets: Secrets = False,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """Show what the dialplan decided for one call, out of Asterisk's log: as text here, or into a file."""
    _check(output)
    with reading(evidence) as progress:
        case = source.open(evidence, progress)
        picture = one_call(case, key).trace(lang=language(lang), tz=source.tz, secrets=secrets)
    if json:
        print(json_writer.dumps(picture.records(), ensure_ascii=False))
    else:
        _put(picture, output, width)
    tell_problems(case)


def _check(output: Path | None) -> None:
    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageError("cannot draw into such a file", f"-o {output}", f"end its name in {', '.join(SUFFIXES)}")


def _put(picture: Picture, output: Path | None, width: int | None) -> None:
    """The picture as text here, or into a file whose name is told."""
    if output is None:
        print(picture.text(width or shutil.get_terminal_size().columns), end="")
    else:
        picture.save(output)
        print(output, file=sys.stderr)
