"""What SDP announced: for each endpoint the payload types it expects, and since when."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xivolab.net.endpoints import Endpoints
from xivolab.rtp.state import EVENT, NOT_RTP

Formats = Mapping[int, tuple[str | None, int | None]]
"""Payload type → (encoding name, RTP clock), as SDP announces them."""

TYPES = 128

_NO_TYPES = np.zeros(TYPES, np.bool_)


class Announcement(NamedTuple):
    """One media line for an endpoint: when (ns) and in which frame it was seen, and its entry."""

    time: int
    frame: int
    entry: int


class _Named(NamedTuple):
    """Name and clock of one payload type, each with when (ns) it was told, in order."""

    times: list[int]
    formats: list[tuple[str | None, int | None]]


class Announced:
    """The media announced so far. Entries are numbered; the kernel reads their clocks, Python their names.

    `history` has the announcements of each endpoint by time; `events` for each that announced some, the types of
    telephone events, (128,) bool.
    """

    def __init__(self, endpoints: Endpoints) -> None:
        self.endpoints = endpoints
        self.history: dict[int, list[Announcement]] = {}
        self.events: dict[int, NDArray[np.bool_]] = {}
        self._told: dict[int, NDArray[np.bool_]] = {}
        self._formats: list[Formats] = []
        self._known: dict[tuple[tuple[int, tuple[str | None, int | None]], ...], int] = {}
        self._seen: dict[int, tuple[Formats, int]] = {}  # by identity, which lasts as long as the object is kept here
        self._clocks = np.zeros((16, TYPES), np.int64)
        self._named: dict[int, dict[int, _Named]] = {}  # endpoint → payload type; made when it is first asked for

    @property
    def clocks(self) -> NDArray[np.int64]:
        """Shape (m, 128): ticks per second, EVENT, or 0 where nobody said."""
        return self._clocks

    def add(self, address: str, port: int, formats: Formats, time: int, frame: int) -> tuple[int, int] | None:
        """Take one media line: (endpoint, entry), None when its address is a host name.

        Without formats its media is no RTP: what was announced before stays, and nothing new is expected.
        """
        endpoint = self.endpoints.number(address, port)
        if endpoint is None:
            return None
        if not formats:
            return endpoint, NOT_RTP
        entry = self._entry(formats)
        self._named.pop(endpoint, None)
        insort(self.history.setdefault(endpoint, []), Announcement(time, frame, entry))
        self._told[endpoint] = self._told.get(endpoint, _NO_TYPES) | (self._clocks[entry] != 0)
        types = self._clocks[entry] == EVENT
        if types.any():
            self.events[endpoint] = self.events.get(endpoint, _NO_TYPES) | types
        return endpoint, entry

    def first_entries(self) -> Iterable[tuple[int, int]]:
        """Each announced endpoint with the earliest entry it had."""
        for endpoint, told in self.history.items():
            yield endpoint, told[0].entry

    def name(self, payload_type: int, receiver: int, sender: int, end: int) -> str | None:
        """The encoding name of a type in a stream whose last packet passed at `end` (ns).

        The receiver's announcement counts (RFC 3264, 5.1), the latest before the end of the stream; else the
        sender's; else one that came later.
        """
        found = self._format(payload_type, receiver, sender, end)
        return found[0] if found else None

    def clock(self, payload_type: int, receiver: int, sender: int, end: int) -> int | None:
        """The ticks per second of a type, of events too; found as its name is."""
        found = self._format(payload_type, receiver, sender, end)
        return found[1] if found else None

    def _format(self, payload_type: int, receiver: int, sender: int, end: int) -> tuple[str | None, int | None] | None:
        for endpoint in (receiver, sender):
            named = self._names_at(endpoint).get(payload_type)
            if named is not None:
                return named.formats[max(bisect_right(named.times, end) - 1, 0)]
        return None

    def _names_at(self, endpoint: int) -> dict[int, _Named]:
        """What each payload type was called by an endpoint, by time: one may have announced thousands of calls."""
        if endpoint not in self._named:
            found = self._named[endpoint] = {}
            for announcement in self.history.get(endpoint, ()):
                for payload_type, told in self._formats[announcement.entry].items():
                    if told[0]:
                        named = found.setdefault(payload_type, _Named([], []))
                        named.times.append(announcement.time)
                        named.formats.append(told)
        return self._named[endpoint]

    def knows(self, payload_type: int, endpoint: int) -> bool:
        """Whether the endpoint ever announced the type, with its clock."""
        return bool(self._told.get(endpoint, _NO_TYPES)[payload_type])

    def _entry(self, formats: Formats) -> int:
        seen = self._seen.get(id(formats))
        if seen is None:
            seen = self._seen[id(formats)] = formats, self._entry_of(formats)
        return seen[1]

    def _entry_of(self, formats: Formats) -> int:
        key = tuple(sorted(formats.items()))
        if key not in self._known:
            number = self._known[key] = len(self._formats)
            self._formats.append(dict(formats))
            if number == len(self._clocks):
                self._clocks = np.concatenate([self._clocks, np.zeros_like(self._clocks)])
            for payload_type, (name, clock) in formats.items():
                if 0 <= payload_type < TYPES:
                    event = (name or "").lower() == "telephone-event"
                    self._clocks[number, payload_type] = EVENT if event else clock or 0
        return self._known[key]
