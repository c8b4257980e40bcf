"""The command `xivolab pbx impair`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from xivolab.bench.plant.state import DEFAULT

if TYPE_CHECKING:
    from xivolab.bench.impair.ledger import Entry, Ledger
    from xivolab.bench.impair.scene import Scene


def register(app: typer.Typer) -> None:
    """Add the command to a group."""
    app.command("impair", help="Put a fault into a bench, look whether it shows, take it out.")(_impair)


def _impair(
    fault: Annotated[str | None, typer.Argument(metavar="FAULT", help="Which, see --list.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="What can be wrong.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Whether the faults that are in still show.")] = False,
    revert: Annotated[bool, typer.Option("--revert", help="Take the faults out.")] = False,
    sealed: Annotated[
        str | None,
        typer.Option(
            "--sealed", metavar="SEED", help="One drawn by lot, and not told; with --check, --revert: that one."
        ),
    ] = None,
    name: Annotated[
        str,
        typer.Option("--bench", metavar="NAME", envvar="XIVOLAB_BENCH", help="Which bench, where there are several."),
    ] = DEFAULT,
) -> None:
    from xivolab.errors import UsageError

    if listed:
        _list()
        return
    if fault is None and sealed is None and not (check or revert):
        raise UsageError(
            "nothing is asked for", "pbx impair", "name a fault (--list), or --sealed SEED, --check, --revert"
        )
    from xivolab.bench.impair.ledger import Ledger
    from xivolab.bench.impair.scene import Scene
    from xivolab.bench.plant import Bench

    with Bench(name, lambda text: typer.echo(text, err=True)) as bench:
        ledger = Ledger(bench.state.folder)
        scene = Scene(bench)
        try:
            if revert:
                _revert(scene, ledger, sealed)
            elif check:
                _check(scene, ledger, sealed)
            else:
                _put_in(scene, ledger, fault, sealed)
        finally:
            scene.dismiss()


def _list() -> None:
    from xivolab.bench.impair.catalogue import FAULTS

    width = max(len(name) for name in FAULTS)
    for name, fault in FAULTS.items():
        typer.echo(f"{name:<{width}}  {fault.title.en}")


def _put_in(scene: Scene, ledger: Ledger, name: str | None, seed: str | None) -> None:
    from xivolab.bench.impair.catalogue import draw, find
    from xivolab.bench.impair.ledger import Entry
    from xivolab.errors import LabError

    fault = find(name) if name is not None else draw(seed or "")
    before = fault.symptom(scene)
    if before is not None:
        what = before if seed is None else "something is wrong already"
        raise LabError(f"{what}, before anything was put in", "pbx impair", "xivolab pbx impair --revert, or pbx reset")
    undo = fault.inject(scene)
    ledger.add(Entry(fault.name, undo), seed)
    seen = fault.symptom(scene)
    if seen is None:
        _take_out(scene, ledger, Entry(fault.name, undo), seed)
        raise LabError("the fault does not show on this bench: it was taken out again", "pbx impair", "take another")
    typer.echo(f"{fault.name}: {seen}" if seed is None else "a fault is in, and it shows")


def _check(scene: Scene, ledger: Ledger, seed: str | None) -> None:
    from xivolab.bench.impair.catalogue import find

    entries = _entries(ledger, seed)
    for entry in entries:
        seen = find(entry.fault).symptom(scene)
        if seed is not None:
            typer.echo("the fault is mended" if seen is None else "the fault still shows")
        else:
            typer.echo(f"{entry.fault}: {'mended' if seen is None else seen}")
    _tell_of_others(ledger, entries, seed)


def _revert(scene: Scene, ledger: Ledger, seed: str | None) -> None:
    entries = _entries(ledger, seed)
    for entry in entries:
        _take_out(scene, ledger, entry, seed)
        # Now it is no secret any more.
        typer.echo(f"{entry.fault}: taken out")
    _tell_of_others(ledger, entries, seed)


def _entries(ledger: Ledger, seed: str | None) -> list[Entry]:
    return ledger.named() if seed is None else ledger.sealed(seed)


def _take_out(scene: Scene, ledger: Ledger, entry: Entry, seed: str | None) -> None:
    from xivolab.bench.impair.catalogue import find

    find(entry.fault).revert(scene, entry.undo)
    ledger.forget(entry, seed)


def _tell_of_others(ledger: Ledger, entries: list[Entry], seed: str | None) -> None:
    if seed is None and not entries:
        typer.echo("no fault is in" if not ledger.secrets() else "no fault is in that is told")
    if seed is None and ledger.secrets():
        typer.echo(f"{ledger.secrets()} sealed: give the seed with --sealed", err=True)
