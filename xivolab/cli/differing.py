"""The command that compares two messages: diff."""

from __future__ import annotations

import json as json_writer
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.opening import Source, tell_problems
from xivolab.cli.options import Evidence, Json, Language
from xivolab.cli.pictures import Secrets, Width
from xivolab.cli.reading import reading
from xivolab.errors import UsageError

if TYPE_CHECKING:
    from xivolab.case import Case
    from xivolab.objects import Message

Old = Annotated[int, typer.Argument(metavar="N", help="A message, by its number in `xivolab messages`.")]
New = Annotated[int, typer.Argument(metavar="M", help="The other one.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write FILE: .html, .txt.")]
Html = Annotated[bool, typer.Option("--html", help="An HTML table instead of text.")]
OfCall = Annotated[
    str | None, typer.Option("--call", metavar="ID", help="Take N and M for numbers in the ladder of this call.")
]
_EXAMPLES = (
    "xivolab diff trace.pcap 4 17",
    "xivolab diff trace.pcap 1 4 --call 1002",
    "xivolab diff trace.pcap 4 17 -o invites.html",
)


@command(_EXAMPLES)
def diff(
    evidence: Evidence,
    old: Old,
    new: New,
    call: OfCall = None,
    json: Json = False,
    html: Html = False,
    output: Output = None,
    width: Width = None,
    secrets: Secrets = False,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """Show two messages side by side, and what differs."""
    with reading(evidence) as progress:
        case = source.open(evidence, progress)
        found = _message(case, old, call).diff(_message(case, new, call), secrets=secrets)
    if output is not None:
        found.save(output)
        print(output, file=sys.stderr)
    elif json:
        print(json_writer.dumps(found.record(), ensure_ascii=False))
    elif html:
        print(found.html())
    else:
        columns = width or shutil.get_terminal_size().columns
        print(found.text(columns, colour=sys.stdout.isatty()), end="")
    tell_problems(case)


def _message(case: Case, number: int, call: str | None) -> Message:
    """The message of that number, of the evidence or of a ladder. Raises UsageError."""
    if call is None:
        return case.message(number)
    messages = case.call(call).messages
    if not 1 <= number <= len(messages):
        raise UsageError(f"no message {number} in this ladder", f"--call {call}", f"there are 1 to {len(messages)}")
    return messages[number - 1]
