"""Calls that a phone made while another of its calls waited, and gave up: consultations that came to nothing.

A transfer that completes makes one call of the two. One that does not leaves them apart: the consultation then begins in the
other call, by the same phone under the same number, and ends before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xivolab._collector import collector_paused
from xivolab.calls.leg import Leg
from xivolab.calls.numbers import user_key
from xivolab.calls.tables import CallTables
from xivolab.schema import NULL_INT
from xivolab.sip.index import MessageIndex
from xivolab.sip.store import shown_place
from xivolab.table import Table

_REACHED = ("in-call", "completed")
_MOST = 16  # calls of one phone at a time: with more it is a trunk


@collector_paused
def with_related(told: CallTables, index: MessageIndex) -> CallTables:
    """The same calls, the ids of those that are related in each."""
    calls = told.calls
    ids, column = calls["id"], calls.columns["related"]
    for one, other in _Finder(calls, told.legs, index).pairs():
        column[one] = [*column[one], str(ids[other])]
        column[other] = [*column[other], str(ids[one])]
    return told


class _Finder:
    """Goes through the calls by their start, and remembers the calls that each phone is in."""

    def __init__(self, calls: Table, legs: Sequence[Sequence[Leg]], index: MessageIndex) -> None:
        self._legs = legs
        self._index = index
        names = ("start", "end", "connected_at", "state", "leg_details")
        self._start, self._end, self._connected, self._state, self._details = (calls[name].tolist() for name in names)
        self._calls = calls

    def pairs(self) -> list[tuple[int, int]]:
        """A call that waited and the consultation, by row."""
        found: list[tuple[int, int]] = []
        busy: dict[str, list[int]] = {}
        for row, details in enumerate(self._details):
            caller = _phone(details[0], calls=True) if details and details[0]["role"] == "caller" else None
            if caller in busy and NULL_INT not in (self._start[row], self._end[row]):
                found += [(other, row) for other in busy[caller] if self._is_consultation(row, other, caller)]
            if self._state[row] not in _REACHED:
                continue
            for leg in details:
                phone = caller if leg is details[0] and caller else _phone(leg, calls=False)
                if phone and leg["role"] != "attempt":
                    self._remember(busy, phone, row)
        return found

    def _remember(self, busy: dict[str, list[int]], phone: str, row: int) -> None:
        known = busy.setdefault(phone, [])
        known.append(row)
        if len(known) > _MOST:
            start = self._start[row]
            known[:] = [one for one in known if self._end[one] == NULL_INT or self._end[one] >= start][-_MOST:]

    def _is_consultation(self, row: int, other: int, phone: str) -> bool:
        """Whether a call was made while the parties of the other talked, under the same number, and ended before they did."""
        since = self._connected[other]  # with nobody to wait for it, it is no consultation
        end = self._end[other]
        if since == NULL_INT or since > self._start[row] or (end != NULL_INT and self._end[row] > end):
            return False
        return bool(self._names(row, phone) & self._names(other, phone)) and self._on_hold(
            other, phone, self._start[row]
        )

    def _names(self, row: int, phone: str) -> set[str]:
        """What a phone is called in a call."""
        names: set[str | None] = set()
        for place, leg in enumerate(self._details[row]):
            calls = place == 0 and leg["role"] == "caller"
            if _phone(leg, calls=calls) == phone:
                side = ("caller", "from_user") if calls else ("callee",)
                names.update(user_key(self._calls[name][row]) for name in side)
                names.update((user_key(leg.get("number")), None if calls else user_key(leg["to_user"])))
        return {name for name in names if name}

    def _on_hold(self, row: int, phone: str, time: int) -> bool:
        """Whether the phone had put that call on hold by then; believed of calls that SIP does not tell."""
        legs = self._legs[row]
        own = [leg for leg in legs if phone in (shown_place(leg.src), shown_place(leg.dst))]
        return not legs or any(_held(self._index, leg, phone, time) for leg in own)


def _phone(leg: Mapping[str, Any], *, calls: bool) -> str | None:
    """What a phone is known by: the endpoint of its channel, else its address."""
    channel: str | None = leg.get("channel")
    if channel:
        return channel.rpartition("-")[0]
    place: str | None = leg["src"] if calls else leg["dst"]
    return place


def _held(index: MessageIndex, leg: Leg, phone: str, time: int) -> bool:
    """Whether the last offer of the phone by then was one of hold."""
    held = False
    for row in leg.messages:
        if index.time[row] > time:
            break
        if index.method[row] in ("INVITE", "UPDATE") and index.is_request(row):
            offer = index.sdp(row) if shown_place(index.place(index.src[row])) == phone else None
            held = held if offer is None else offer.on_hold
    return held
