"""The commands of the group `xivolab pbx` about a bench that stays."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.bench.plant.state import DEFAULT

if TYPE_CHECKING:
    from xivolab.bench.model import Configuration
    from xivolab.bench.plant.bench import Bench

BenchName = Annotated[
    str, typer.Option("--bench", metavar="NAME", envvar="XIVOLAB_BENCH", help="Which bench, where there are several.")
]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
_PASS_ON = {"ignore_unknown_options": True, "allow_interspersed_args": False}


def register(app: typer.Typer) -> None:
    """Add the commands to a group."""
    app.command("up", help="Bring a bench up, or what is missing of it.")(_up)
    app.command("down", help="Remove a bench, and what a recording that was killed left.")(_down)
    app.command("status", help="How each part of a bench is.")(_status)
    app.command("snapshot", help="Keep the state of a bench under a name, or list those that are kept.")(_snapshot)
    app.command("restore", help="Put back a state that was kept.")(_restore)
    app.command("reset", help="Back to the known state: as the bench came up, or as `snapshot known` left it.")(_reset)
    app.command("apply", help="Put a configuration into effect, or that of the database.")(_apply)
    app.command("compose", help="The bench as a compose file, for docker compose.")(_compose)
    app.command("doctor", help="What this machine lacks for a bench, and how to mend it.")(_doctor)
    app.command("exec", help="Run a command in a part of a bench.", context_settings=_PASS_ON)(_exec)


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _bench(name: str) -> Bench:
    from xivolab.bench.plant.bench import Bench

    return Bench(name, _say)


def _up(
    file: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="What to configure the first time (YAML).")
    ] = None,
    phones: Annotated[
        int | None, typer.Option("--phones", metavar="N", min=0, max=100, help="Switch on so many phones (6 at first).")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option("--expose", metavar="ADDRESS", help="Let the phones of a room register at this private address."),
    ] = None,
    duration: Annotated[str, typer.Option("--for", metavar="TIME", help="How long that is open: 4h, 90m.")] = "4h",
    name: BenchName = DEFAULT,
) -> None:
    from xivolab.bench.plant import exposure

    seconds = exposure.seconds_of(duration)
    if address is not None:
        exposure.private(address)
    with _bench(name) as bench:
        bench.up(_read(file) if file else None, phones)
        if address is not None:
            exposure.expose(bench, address, seconds)
            typer.echo(f"open at {exposure.told(bench.state.exposed)}, UDP; accounts for the room:")
            for one in exposure.sheets(bench):
                typer.echo(
                    f"  {one.name:20} {one.number:8} user {one.line}  password {one.password}  server {one.server}"
                )
    typer.echo(f"bench {name} is up: xivolab pbx status; xivolab pbx exec asterisk -rvvv")


def _read(file: Path) -> Configuration:
    from xivolab.bench.model import Configuration
    from xivolab.errors import UsageError

    try:
        return Configuration.read(file)
    except OSError as error:
        raise UsageError(f"it cannot be read ({error.strerror})", str(file), "name a YAML file") from error


def _apply(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A configuration (YAML); without one: what the database says.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say what differs from what runs.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Only print what the database says, as YAML.")] = False,
    name: BenchName = DEFAULT,
) -> None:
    with _bench(name) as bench:
        if show:
            typer.echo(bench.configuration.yaml(), nl=False)
            return
        if not check:
            for said in bench.apply(_read(file) if file else None):
                _say(f"xivo*CLI> {said}")
        differences = bench.difference()
    for one in differences:
        typer.echo(str(one))
    if not differences:
        typer.echo("what runs is what the database says")


def _down(
    name: BenchName = DEFAULT,
    everything: Annotated[bool, typer.Option("--all", help="Every bench of this user.")] = False,
) -> None:
    from xivolab.bench.plant import state
    from xivolab.bench.recorder import clear_leftovers

    for one in [*state.known()] if everything else [name]:
        _bench(one).down()
    if not clear_leftovers():
        _say("a recording is being made: it was left alone")


def _status(name: BenchName = DEFAULT, as_json: Json = False) -> None:
    from xivolab.bench.plant import report

    with _bench(name) as bench:
        typer.echo(report.as_json(bench) if as_json else report.as_text(bench))


def _exec(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="COMMAND...", help="One word is given to a shell; none is a shell.")
    ] = None,
    part: Annotated[
        str, typer.Option("--part", metavar="PART", help="pbx, db, phones, operator, router, mail.")
    ] = "pbx",
    user: Annotated[str, typer.Option("--user", metavar="USER", help="Who runs it.")] = "root",
    name: BenchName = DEFAULT,
) -> None:
    from xivolab.bench.plant.inside import attach

    raise typer.Exit(attach(_bench(name), part, words or [], user, {"TERM": os.environ.get("TERM", "dumb")}))


def _snapshot(
    snapshot: Annotated[str | None, typer.Argument(metavar="NAME", help="Without one: list them.")] = None,
    name: BenchName = DEFAULT,
) -> None:
    from datetime import datetime

    from xivolab.bench.plant.snapshots import listed

    bench = _bench(name)
    if snapshot is not None:
        typer.echo(bench.snapshot(snapshot))
        return
    for one in listed(bench.state):
        typer.echo(f"{one.name:20} {datetime.fromtimestamp(one.made):%Y-%m-%d %H:%M:%S} {one.size / 1e6:8.1f} MB")


def _restore(
    snapshot: Annotated[str, typer.Argument(metavar="NAME", help="See `xivolab pbx snapshot`.")],
    name: BenchName = DEFAULT,
) -> None:
    _bench(name).restore(snapshot)


def _reset(name: BenchName = DEFAULT) -> None:
    _bench(name).reset()


def _doctor(as_json: Json = False) -> None:
    import json
    from dataclasses import asdict

    from xivolab.bench.plant.doctor import checks

    found = []
    for check in checks():
        found.append(check)
        if not as_json:
            mark = "ok" if check.ok else "missing" if check.needed else "beware"
            typer.echo(f"{mark:8}{check.what}: {check.found}" + ("" if check.ok else f"\n        → {check.remedy}"))
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in found], indent=1))
    raise typer.Exit(2 if any(check.needed and not check.ok for check in found) else 0)


def _compose(
    output: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write it to FILE.")] = None,
    name: BenchName = DEFAULT,
) -> None:
    text = _bench(name).compose()
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text)
