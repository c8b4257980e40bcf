"""Pick-up: which named groups a line belongs to, and which it may take calls of."""

from __future__ import annotations

from collections.abc import Iterable

from xivolab.bench.model import Configuration
from xivolab.bench.model.people import Line


def named_groups(configuration: Configuration, line: Line) -> tuple[str, str]:
    """The call groups of a line and its pick-up groups, as Asterisk's comma-separated names."""
    called, picks = [], []
    for pickup in configuration.pickups:
        name = f"pickup{pickup.id}"
        if _holds(configuration, line, pickup.picked, pickup.picked_groups):
            called.append(name)
        if _holds(configuration, line, pickup.pickers, pickup.picker_groups):
            picks.append(name)
    return ",".join(called), ",".join(picks)


def _holds(configuration: Configuration, line: Line, users: Iterable[str], groups: Iterable[str]) -> bool:
    members = list(users)
    for group in configuration.groups:
        if group.name in groups:
            members += group.users
    return any(line in configuration.user(reference).lines for reference in members)
