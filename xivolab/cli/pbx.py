"""The group `xivolab pbx`: the commands are the bench's own, but for the one that shows what is captured."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xivolab.bench import cli as recorder
from xivolab.bench.plant import cli as plant
from xivolab.bench.plant.state import DEFAULT
from xivolab.cli.app import PlainCommand, new_app
from xivolab.cli.options import JsonLines, KeyLogFile, Language, Zone

app = new_app(
    no_args_is_help=True, help="A PBX and its phones in containers: bring it up, work with it, record real calls."
)
plant.register(app)


@app.command("capture", help="Capture at a part of a bench and show the calls as they happen; Ctrl-C stops.")
def capture(
    part: Annotated[str, typer.Argument(metavar="PART", help="pbx, operator, phones, router, db, mail.")] = "pbx",
    interface: Annotated[
        str, typer.Option("--interface", "-i", metavar="NAME", help="eth0, eth1, or any for all of them.")
    ] = "any",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Keep the capture in FILE (pcapng).")
    ] = None,
    capture_filter: Annotated[
        str, typer.Option("--filter", metavar="FILTER", help="What to capture, as for tcpdump: udp or port 5060.")
    ] = "",
    limit: Annotated[
        float, typer.Option("--limit", metavar="MB", min=0.001, help="Stop when the file has become so large.")
    ] = 1000,
    ring: Annotated[
        int, typer.Option("--ring", metavar="N", min=0, help="Keep the last N files of --limit MB instead of stopping.")
    ] = 0,
    seconds: Annotated[
        float | None, typer.Option("--for", metavar="SECONDS", min=0, help="Stop after so long.")
    ] = None,
    jsonl: JsonLines = False,
    lang: Language = None,
    tz: Zone = None,
    keylog: KeyLogFile = None,
    name: plant.BenchName = DEFAULT,
) -> None:
    """The capture runs in the network of the part; the live view follows its file."""
    from xivolab.bench.plant.bench import Bench
    from xivolab.bench.tap import enter
    from xivolab.cli.language import language
    from xivolab.cli.live import show
    from xivolab.work.live import live

    where = enter(Bench(name).has(part))
    found = live(
        interface,
        filter=capture_filter,
        out=output,
        limit_mb=limit,
        ring=ring,
        lang=language(lang),
        tz=tz,
        keylog=keylog,
        enter=where,
    )
    show(found, seconds, jsonl, lang, tz)


recorder.register(app)
for command in app.registered_commands:
    command.cls = PlainCommand
