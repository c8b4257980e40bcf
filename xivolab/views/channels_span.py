"""What a channel did over time, as stretches: not answered, answered, in a bridge, in a queue, parked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xivolab.asterisk.cel.channels import HOLDING, Channel


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch from `start` to `end` (ns); `bridge` names the one it was in. `held`: in a bridge where callers wait."""

    kind: Literal["waiting", "up", "bridge", "queue", "parked"]
    start: int
    end: int
    bridge: str = ""
    held: bool = False


def spans(channel: Channel, last: int) -> list[Span]:
    """The stretches of a channel, those that lie over others last; a channel that lasts goes on to `last`."""
    begun = channel.start if channel.start is not None else channel.first.time
    if begun <= 0:
        return []
    end = channel.end if channel.end is not None else last
    answered = channel.answered
    if answered is None:
        answered = next((stay.enter for stay in channel.talks if stay.enter > 0), None)
    found = [Span("waiting", begun, end if answered is None else min(answered, end))]
    if answered is not None:
        found.append(Span("up", answered, max(end, answered)))
    found += [
        Span("queue" if kind == "queue" else "parked", a, end if b is None else b) for kind, a, b in channel.waits
    ]
    for stay in channel.stays:
        held = stay.technology == HOLDING
        found.append(Span("bridge", stay.enter, end if stay.exit is None else stay.exit, stay.bridge, held))
    # An event without a time begins and ends nothing that could be drawn.
    return [one for one in found if 0 < one.start <= one.end]
