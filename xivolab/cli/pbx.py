"""The group `xivolab pbx`: the commands are the bench's own, but for the one that shows what is captured."""

from __future__ import annotations

from typing import Annotated

import typer

from xivolab.bench import cli as recorder
from xivolab.bench.impair import cli as impair
from xivolab.bench.plant import cli as plant
from xivolab.bench.plant.state import DEFAULT
from xivolab.cli.app import PlainCommand, new_app
from xivolab.cli.options import CaptureFile, CaptureFilter, JsonLines, KeyLogFile, Language, Limit, Ring, Seconds, Zone

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
    output: CaptureFile = None,
    capture_filter: CaptureFilter = "",
    limit: Limit = 1000,
    ring: Ring = 0,
    seconds: Seconds = None,
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


impair.register(app)
recorder.register(app)
for command in app.registered_commands:
    command.cls = PlainCommand
