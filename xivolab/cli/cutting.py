"""The command that cuts one call out: cut."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.cli.app import command
from xivolab.cli.choose import Key, one_call
from xivolab.cli.opening import Source, tell_problems
from xivolab.cli.options import Evidence, Language
from xivolab.cli.reading import reading
from xivolab.errors import UsageError

if TYPE_CHECKING:
    from xivolab.objects import Call

Output = Annotated[
    str,
    typer.Option("-o", "--output", metavar="FILE", help="The capture to write; a folder, or - for standard output."),
]
Margin = Annotated[
    float | None, typer.Option("--margin", metavar="S", min=0, help="Seconds of media before and after the call: 5.")
]
_EXAMPLES = (
    "xivolab cut trace.pcap --call 1002 -o call.pcap",
    "xivolab cut trace.pcap1 trace.pcap2 --call 9f2c41d07a55 -o call.pcapng",
    "xivolab cut trace.pcap --call 1002 -o - | tshark -r -",
)


@command(_EXAMPLES)
def cut(
    evidence: Evidence,
    output: Output,
    key: Key = None,
    margin: Margin = None,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """Write one call, with its media, as a capture of its own."""
    if output == "-" and sys.stdout.isatty():
        raise UsageError("a capture is nothing for a terminal", "-o -", "send it to a file or a program")
    with reading(evidence) as progress:
        case = source.open(evidence, progress)
        call = one_call(case, key)
    if output == "-":
        call.cut_to(sys.stdout.buffer, margin)
    else:
        _write(call, Path(output), output.endswith(("/", "\\")), margin)
    tell_problems(case)


def _write(call: Call, out: Path, folder: bool, margin: float | None) -> None:
    """Write a file and say how many packets it has; never over the evidence itself."""
    if any(file.path != "-" and out.exists() and out.samefile(file.path) for file in call.case.files):
        raise UsageError("this is the evidence itself", f"-o {out}", "name another file")
    if folder or out.is_dir():
        out.mkdir(parents=True, exist_ok=True)
    written = call.cut(out, margin)
    print(f"{written.path}: {written.packets} packets", file=sys.stderr)
