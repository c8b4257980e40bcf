"""The commands `record` and `scenarios` of the group `xivolab pbx`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the recorder's commands to a group."""
    app.command("record", help="Play real calls and keep what they leave, as case folders.")(_record)
    app.command("scenarios", help="List what can be recorded.")(_scenarios)


def _record(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME...", help="Scenarios, see `scenarios`.")] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the case folders go.")] = Path(),
    samples: Annotated[bool, typer.Option("--samples", help="Renew the samples of this repository instead.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Record every scenario.")] = False,
) -> None:
    from xivolab.bench.recorder import record
    from xivolab.bench.scenarios import list_scenarios
    from xivolab.errors import UsageError

    chosen = [scenario.name for scenario in list_scenarios()] if everything else names or []
    if not chosen:
        raise UsageError("no scenario named", "pbx record", "name one of `xivolab pbx scenarios`, or give --all")
    for folder in record(chosen, out, samples=samples, on_progress=lambda text: typer.echo(text, err=True)):
        typer.echo(folder)


def _scenarios() -> None:
    from xivolab.bench.scenarios import list_scenarios

    scenarios = list_scenarios()
    width = max(len(scenario.name) for scenario in scenarios)
    for scenario in scenarios:
        typer.echo(f"{scenario.name:<{width}}  {scenario.title.en}")
