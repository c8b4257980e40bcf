"""What a ladder with two capture points shows: lanes on both sides of the points, and what each message met between them."""

from __future__ import annotations

from dataclasses import dataclass

from xivolab.views.flow import Arrow, Flow, Voice
from xivolab.views.subjects import Message


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was rewritten between the points: what, by which kind of box, and how it read before and after."""

    name: str
    kind: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Crossing(Arrow):
    """A message that passes the points: `seen` tells at which; `lost` that it never reached the second.

    `received` is the message as it arrived, `delay_ms` how long it took; both None unless both points saw it. `note` says
    what became of one that only one point saw.
    """

    seen: tuple[bool, bool] = (True, True)
    lost: bool = False
    received: Message | None = None
    delay_ms: float | None = None
    changes: tuple[Change, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CrossingVoice(Voice):
    """A stream that passes the points, in two lines: what it is and lost, and what else is known."""

    first: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class CrossingFlow(Flow):
    """The rows of a ladder with two points; `points` are the lanes of A and B, side by side."""

    points: tuple[int, int] = (1, 2)

    def passes(self, arrow: Arrow) -> bool:
        """Whether an arrow goes from one side of the points to the other."""
        low, high = sorted((arrow.source, arrow.target))
        return low < self.points[0] and high > self.points[1]
