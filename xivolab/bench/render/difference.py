"""What the configuration says beside what runs: `pjsip show endpoints` and `dialplan show`, read by our own readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from xivolab.asterisk.cli import CliText, cli_tables
from xivolab.asterisk.dialplan.patterns import tidy
from xivolab.bench.model import Configuration
from xivolab.bench.model.references import waiting
from xivolab.bench.render.extensions import pattern_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that stands on one side only: a kind ("endpoint", "extension", "queue"), its name, and which side has it."""

    kind: str
    name: str
    missing: bool

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: " + ("not running" if self.missing else "runs, but is not configured")


def difference(configuration: Configuration, ask: Callable[[str], str]) -> list[Difference]:
    """What is configured and does not run, or runs and is not configured; `ask` gives the output of a CLI command."""
    wanted = expected(configuration)
    there = running(ask, [context.name for context in configuration.contexts])
    found: list[Difference] = []
    for kind, names in wanted.items():
        found += [Difference(kind, name, missing=True) for name in sorted(names - there[kind])]
        found += [Difference(kind, name, missing=False) for name in sorted(there[kind] - names)]
    return found


def expected(configuration: Configuration) -> dict[str, set[str]]:
    """What should run."""
    endpoints = {line.name for _, line in configuration.lines() if line.interface is None}
    endpoints |= {trunk.name for trunk in configuration.trunks}
    if configuration.sip.allowguest:
        endpoints.add("anonymous")
    numbers = {f"{line.number}@{line.context}" for _, line in configuration.lines()}
    numbers |= {f"{item.number}@{item.context}" for item in waiting(configuration) if item.number}
    numbers |= {f"{room.number}@{room.context}" for room in configuration.conferences}
    numbers |= {f"{tidy(pattern_of(incall.exten))}@{incall.context}" for incall in configuration.incalls}
    for route in configuration.outcalls:
        numbers |= {f"{tidy(pattern_of(entry.exten))}@{route.context}" for entry in route.patterns}
    code = configuration.features.paging
    for context in configuration.contexts:
        if context.contexttype == "internal" and code:
            numbers |= {f"{code}{paging.number}@{context.name}" for paging in configuration.pagings}
    queues = {item.name for item in waiting(configuration)}
    return {"endpoint": endpoints, "extension": numbers, "queue": queues}


def running(ask: Callable[[str], str], contexts: Iterable[str]) -> dict[str, set[str]]:
    """What runs, of the same kinds."""
    endpoints = {str(row["endpoint"]) for row in _rows(ask, "pjsip show endpoints", "endpoints")}
    numbers = set()
    for context in contexts:
        for row in _rows(ask, f"dialplan show {context}", "dialplan"):
            if row["context"] == context and row["kind"] == "priority":
                numbers.add(f"{row['exten']}@{context}")
    queues = {str(row["queue"]) for row in _rows(ask, "queue show", "queues")}
    return {"endpoint": endpoints, "extension": numbers, "queue": queues}


def _rows(ask: Callable[[str], str], command: str, table: str) -> list[dict[str, object]]:
    shown = [f"*CLI> {command}", *ask(command).splitlines()]
    return list(cli_tables([CliText(command, shown)])[table].records())
