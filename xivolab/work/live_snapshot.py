"""What is known at one moment of evidence that grows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xivolab.case import Case
    from xivolab.objects import Call

OPEN = frozenset({"setup", "ringing", "in-call"})
"""States that may still change."""

_STEADY = ("state", "status", "answered_by", "released_by", "start", "end", "answered_at", "callee", "codecs", "legs")
_MOS_STEP = 0.1


@dataclass(frozen=True, slots=True)
class LiveCall:
    """One call as it stands: its record; how long it lasts (s), from the answer on where there was one; its worst loss (%)."""

    record: Mapping[str, Any]
    lasted_s: float | None
    lost_pct: float | None

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.record["state"] in OPEN

    def differs(self, before: LiveCall | None) -> bool:
        """Whether somebody who saw it before should be told: another state, party or leg, or a MOS that is not the same."""
        if before is None:
            return True
        if any(self.record[name] != before.record[name] for name in _STEADY):
            return True
        mine, other = self.record["mos_min"], before.record["mos_min"]
        if mine is None or other is None:
            return mine is not other
        return bool(abs(mine - other) >= _MOS_STEP)


class Snapshot:
    """A case as it stood when `size` bytes of its captures were there; `calls` are the newest first."""

    def __init__(self, case: Case, size: int) -> None:
        self.case = case
        self.size = size

    def read(self) -> None:
        """Read it now: the files may grow, or be gone, before somebody asks."""
        _ = self.calls

    @cached_property
    def time(self) -> float | None:
        """When the last packet was captured, in epoch seconds."""
        times = [facts.last_time for facts in self.case.reading.facts if facts.last_time is not None]
        return max(times) / 1e9 if times else None

    @cached_property
    def packets(self) -> int:
        """How many packets there are, whatever they are."""
        return sum(facts.packets for facts in self.case.reading.facts)

    @cached_property
    def calls(self) -> list[LiveCall]:
        """The calls, the newest first."""
        losses = self.case.table("streams")["lost_pct"]
        found = [
            LiveCall(record, self._lasted(record), max((float(losses[row]) for row in record["streams"]), default=None))
            for record in self.case.table("calls").records()
        ]
        return found[::-1]

    def call(self, key: str | None = None) -> Call | None:
        """The call of that id, else the newest that goes on, else the newest; None without any."""
        chosen = next((call for call in self.calls if call.record["id"] == key), None)
        chosen = chosen or next((call for call in self.calls if call.open), None) or next(iter(self.calls), None)
        return None if chosen is None else self.case.call(chosen.record["id"])

    def changes(self, before: Snapshot | None) -> Iterator[LiveCall]:
        """The calls that are new or not the same as in an earlier snapshot, the oldest first."""
        known = {call.record["id"]: call for call in before.calls} if before else {}
        for call in reversed(self.calls):
            if call.differs(known.get(call.record["id"])):
                yield call

    def _lasted(self, record: Mapping[str, Any]) -> float | None:
        begun = record["answered_at"] if record["answered_at"] is not None else record["start"]
        end = record["end"] if record["end"] is not None else self.time
        return None if begun is None or end is None else max(end - begun, 0.0)
