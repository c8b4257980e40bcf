"""What can be recorded: one file per scenario, each with a `SCENARIO`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from xivolab.bench.scenario import Scenario
from xivolab.errors import UsageError


def list_scenarios() -> list[Scenario]:
    """Return every scenario, by name."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return sorted((module.SCENARIO for module in modules), key=lambda scenario: scenario.name)


def find(name: str) -> Scenario:
    """Return the scenario of this name; UsageError if there is none."""
    for scenario in list_scenarios():
        if scenario.name == name:
            return scenario
    raise UsageError("no such scenario", name, "`xivolab pbx scenarios` lists them")
