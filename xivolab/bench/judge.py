"""Does a recording hold what its scenario did? tshark answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xivolab.bench import oracle
from xivolab.bench.capture import Tap
from xivolab.bench.scenario import Scenario
from xivolab.bench.truth import Truth


def fault_of(captures: Mapping[Tap, Path], scenario: Scenario, truth: Truth) -> str | None:
    """Return why a recording must be made again, or None when it is good."""
    first = captures[scenario.tap]
    reason = _signalling(first, truth) or _media(first, scenario, truth)
    if reason is None and scenario.second:
        return _second(captures[scenario.second], scenario)
    return reason


def _second(capture: Path, scenario: Scenario) -> str | None:
    found = len(oracle.streams(capture))
    if found != scenario.second_streams:
        return f"{found} RTP streams instead of {scenario.second_streams} at the second point"
    return None


def _signalling(capture: Path, truth: Truth) -> str | None:
    dialogs = oracle.dialogs(capture)
    for call in truth.calls:
        found = [one for one in dialogs if (one.from_user, one.to_user) == (call.from_user, call.to_user)]
        if not found:
            return f"no INVITE of {call.from_user} to {call.to_user}"
        if found[0].status != (call.status or 0):
            return f"{call.from_user} to {call.to_user} got {found[0].status} instead of {call.status}"
    legs = sum(call.legs for call in truth.calls)
    if len(dialogs) != legs:
        return f"{len(dialogs)} legs instead of {legs}"
    answers = oracle.register_answers(capture)
    for registration in truth.registrations:
        user = registration.aor.removeprefix("sip:").partition("@")[0]
        if registration.accepted != sum(status == 200 for who, status in answers if who == user):
            return f"the registrations of {user} were not answered as expected"
    return None


def _media(capture: Path, scenario: Scenario, truth: Truth) -> str | None:
    streams = oracle.streams(capture)
    expected = sum(call.streams for call in truth.calls)
    if len(streams) != expected:
        return f"{len(streams)} RTP streams instead of {expected}"
    worst = max((stream.max_jitter_ms for stream in streams), default=0.0)
    if scenario.max_jitter_ms is not None and worst > scenario.max_jitter_ms:
        return f"jitter of {worst:.1f} ms, the machine was too busy"
    return scenario.media(streams)
