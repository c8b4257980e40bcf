"""The command that plays nothing but writes what was heard: audio."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xivolab.cli.app import command
from xivolab.cli.choose import Key, one_call
from xivolab.cli.language import language
from xivolab.cli.opening import Source, tell_problems
from xivolab.cli.options import Evidence, Json, Language
from xivolab.cli.reading import reading
from xivolab.errors import UsageError

if TYPE_CHECKING:
    from xivolab.case import Case
    from xivolab.table import Table
    from xivolab.views.audio import CallAudio, StreamAudio

SUFFIXES = (".wav", ".flac", ".mp3", ".ogg", ".svg", ".html", ".png", ".pdf", ".txt")


class Side(StrEnum):
    """What is heard."""

    CALLER = "caller"
    CALLEE = "callee"
    MIXED = "mixed"
    STEREO = "stereo"


OneStream = Annotated[
    str | None, typer.Option("--stream", metavar="ID", help="One stream alone: its id, or its row in `streams`.")
]
WhichLeg = Annotated[
    str | None,
    typer.Option("--leg", metavar="LEG", help="caller, callee, …, its number or Call-ID; else the caller's."),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help=f"Write FILE: {', '.join(SUFFIXES)}.")
]
Which = Annotated[
    Side, typer.Option("--side", metavar="SIDE", help="caller, callee, mixed, or stereo with the caller on the left.")
]
Decrypt = Annotated[bool, typer.Option("--decrypt", help="Decrypt SRTP with the keys in the SDP.")]
MediaKeys = Annotated[
    list[str] | None, typer.Option("--key", metavar="SUITE:KEY", help="Decrypt SRTP with this key, in base64.")
]
Codecs = Annotated[
    list[str] | None, typer.Option("--codec", metavar="PT=NAME", help="What a payload type is: 96=opus/48000.")
]
Tones = Annotated[bool, typer.Option("--tones", help="Put RFC 4733 digits in as tones.")]
Digits = Annotated[
    bool, typer.Option("--digits", help="List the DTMF digits in the sound itself; with --json of all streams.")
]
Levels = Annotated[bool, typer.Option("--levels", help="A table of all streams: sound, silence, level.")]

_EXAMPLES = (
    "xivolab audio captures/clean-call",
    "xivolab audio trace.pcap --call 1002 -o call.wav",
    "xivolab audio trace.pcap --call 1002 --side callee -o heard.mp3",
    "xivolab audio trace.pcap --stream 3 --codec 96=opus/48000 -o stream.flac",
    "xivolab audio trace.pcap --levels --json",
)


@command(_EXAMPLES)
def audio(
    evidence: Evidence,
    key: Key = None,
    stream: OneStream = None,
    leg: WhichLeg = None,
    side: Which = Side.STEREO,
    output: Output = None,
    decrypt: Decrypt = False,
    keys: MediaKeys = None,
    codecs: Codecs = None,
    tones: Tones = False,
    digits: Digits = False,
    levels: Levels = False,
    json: Json = False,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """Decode the audio of one call or stream: into a file, or as an overview here."""
    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageError(
            "sound cannot be written into such a file", f"-o {output}", f"end its name in {', '.join(SUFFIXES)}"
        )
    if json and not (levels or digits):
        raise UsageError("only tables have JSON", "--json", "add --levels or --digits")
    how: dict[str, Any] = {"decrypt": decrypt, "keys": keys or (), "codecs": _codecs(codecs or ())}
    with reading(evidence) as progress:
        case = source.open(evidence, progress)
        if levels or (digits and json):
            _table(case, case.levels(**how) if levels else case.in_band_digits(**how), json, language(lang), source.tz)
        else:
            _sound(
                case,
                key,
                stream,
                leg,
                {**how, "tones": tones, "lang": language(lang), "tz": source.tz},
                side,
                output,
                digits,
            )
    tell_problems(case)


def _sound(
    case: Case,
    key: str | None,
    stream: str | None,
    leg: str | None,
    how: dict[str, Any],
    side: Side,
    output: Path | None,
    digits: bool,
) -> None:
    from xivolab.audio.sound import MIXES, Mix

    heard: CallAudio | StreamAudio
    if stream is not None:
        heard = case.stream(int(stream) if stream.isdigit() and len(stream) < 6 else stream).audio(**how)
        mix: Mix = "caller"
    else:
        heard = one_call(case, key).audio(leg=int(leg) if leg is not None and leg.isdigit() else leg, **how)
        mix = MIXES[list(Side).index(side)]
    if output is not None:
        heard.save(output, mix)
        print(output, file=sys.stderr)
        for note in heard.notes:
            print(f"xivolab: {note}", file=sys.stderr)
    else:
        print(heard.text(shutil.get_terminal_size().columns), end="")
    if digits:
        found = heard.digits()
        for name, those in found.items() if isinstance(found, dict) else (("", found),):
            for one in those:
                print(f"{name:8}{one.start:10.3f} s  {one.digit}  {round(one.duration * 1000)} ms".strip())


def _table(case: Case, table: Table, json: bool, lang: str, tz: str | None) -> None:
    from xivolab.cli.machine_readable import write
    from xivolab.cli.people import Painter
    from xivolab.cli.times import zone

    if json:
        write(case, table, "json", tz, sys.stdout)
    elif len(table):
        Painter(lang, zone(tz), names=case).table(table)


def _codecs(options: list[str] | tuple[str, ...]) -> dict[int, str]:
    """`PT=NAME` options as a mapping. Raises UsageError."""
    found: dict[int, str] = {}
    for option in options:
        number, equal, name = option.partition("=")
        if not equal or not number.strip().isdigit():
            raise UsageError("a payload type and a codec are expected", f"--codec {option}", "write 96=opus/48000")
        found[int(number)] = name
    return found
