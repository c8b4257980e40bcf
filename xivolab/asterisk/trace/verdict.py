"""The rows of a trace that say by themselves what became of the call: what stopped it or who took it, and where it went then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xivolab.asterisk.trace.outline import Row

_Rule = Callable[[Mapping[str, Any]], bool]


def _always(fields: Mapping[str, Any]) -> bool:
    return True


def _state(*states: str) -> _Rule:
    return lambda fields: fields.get("state") in states


# What stops a call, the plainest reason first.
_STOPS: tuple[tuple[str, _Rule], ...] = (
    ("agi", _state("failed", "timeout", "unreachable", "unfinished")),
    ("dialplan-failure", _always),
    ("no-application", _always),
    ("forward-limit", _always),
    ("right", _state("denied", "error")),
    ("schedule", _state("closed")),
    ("do-not-disturb", _state("on")),
    ("unconditional-forward", _state("on")),
    ("simultaneous-calls", _state("on")),
    ("queue-diversion", _state("on")),
    ("no-extension", _always),
    ("special-extension", _always),
)
_SERVED = (
    "voicemail-read",
    "conference",
    "paging",
    "parked",
    "unparked",
    "pickup",
    "echo-test",
    "voicemail",
    "announcement",
)
_SERVICES = frozenset({"phone_set_feature", "fwdundoall", "agent_login", "agent_logoff", "agent_pause"})
_ENDS = ("no-more-trunks", "voicemail", "busy-tone", "congestion-tone", "announcement")


def verdict(rows: Sequence[Row]) -> list[Row]:
    """At most three of these rows, in their order: why the call went as it did, and where it ended. Empty when nothing tells."""
    taken = next((row for row in rows if _taken(row)), None)
    if taken is not None:
        talk = next((row for row in rows[rows.index(taken) :] if row.code == "talk"), None)
        return [taken] if talk is None else [taken, talk]
    why = _why(rows)
    if why is None:
        forward = next((row for row in reversed(rows) if row.code == "forward"), None)
        served = next((row for row in rows if row.code in _SERVED or _is_service(row)), None)
        found = [row for row in (forward, served) if row is not None]
        return found or [row for row in rows if row.code == "notice"][:1]
    after = rows[rows.index(why) + 1 :]
    forward = next((row for row in after if row.code == "forward"), None)
    end = next((row for row in after if row.code in _ENDS), None)
    return [row for row in (why, forward, end) if row is not None]


def _why(rows: Sequence[Row]) -> Row | None:
    """What stopped the call, else the last attempt to reach somebody."""
    for code, holds in _STOPS:
        found = next((row for row in rows if row.code == code and holds(row.fields)), None)
        if found is not None:
            return found
    return next((row for row in reversed(rows) if row.code in ("dial", "queue")), None)


def _is_service(row: Row) -> bool:
    """Whether a service of XiVO was asked for there: a feature code, an agent who logs in."""
    return row.code == "agi" and row.fields["handler"] in _SERVICES


def _taken(row: Row) -> bool:
    """Whether somebody took the call there."""
    return (
        row.fields.get("outcome") == "answered"
        if row.code == "dial"
        else row.code == "queue" and bool(row.fields["by"])
    )
