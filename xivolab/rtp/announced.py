"""What SDP announced: for each endpoint the payload types it expects, and since when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xivolab.net.endpoints import Endpoints
from xivolab.rtp.state import EVENT, NOT_RTP

Formats = Mapping[int, tuple[str | None, int | None]]
"""Payload type → (encoding name, RTP clock), as SDP announces them."""

TYPES = 128

_NO_TYPES = np.zeros(TYPES, np.bool_)

TIME, FRAME, ENTRY, ENDPOINT = range(4)


class _Named(NamedTuple):
    """Name and clock of one payload type, each with when (ns) it was told, in order."""

    times: list[int]
    formats: list[tuple[str | None, int | None]]


class _History(NamedTuple):
    """Announcements (n, 4), those of each endpoint together by time, and where these are.

    `events` and `named` have, of the endpoints that were asked for, the types of events, and names by payload type.
    """

    rows: NDArray[np.int64]
    places: dict[int, tuple[int, int]]
    events: dict[int, NDArray[np.bool_]]
    named: dict[int, dict[int, _Named]]


class Announced:
    """The media announced so far. Entries are numbered; the kernel reads their clocks, Python their names."""

    def __init__(self, endpoints: Endpoints) -> None:
        self.endpoints = endpoints
        self._parts: list[NDArray[np.int64]] = []
        self._ordered: _History | None = None
        self._formats: list[Formats] = []
        self._known: dict[tuple[tuple[int, tuple[str | None, int | None]], ...], int] = {}
        self._clocks = np.zeros((16, TYPES), np.int64)

    @property
    def clocks(self) -> NDArray[np.int64]:
        """Shape (m, 128): ticks per second, EVENT, or 0 where nobody said."""
        return self._clocks

    def add(
        self,
        endpoint: NDArray[np.int64],
        line: NDArray[np.int64],
        formats: Sequence[Formats],
        time: NDArray[np.int64],
        frame: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Take media lines, shape (n,): formats[line[k]] are announced for endpoint[k]. Their entries.

        Without formats its media is no RTP: what was announced before stays, and nothing new is expected.
        """
        entries = np.array([self._entry(told) if told else NOT_RTP for told in formats], np.int64)[line]
        self._parts.append(np.stack([time, frame, entries, endpoint], axis=1)[entries != NOT_RTP])
        self._ordered = None
        return entries

    @property
    def _history(self) -> _History:
        """All that was announced so far, in order."""
        if self._ordered is None:
            found = np.concatenate([np.empty((0, 4), np.int64), *self._parts])
            found = found[np.lexsort((found[:, ENTRY], found[:, FRAME], found[:, TIME], found[:, ENDPOINT]))]
            self._parts = [found]
            bounds = np.flatnonzero(np.diff(found[:, ENDPOINT], prepend=-1, append=-1)).tolist()
            places = dict(zip(found[bounds[:-1], ENDPOINT].tolist(), pairwise(bounds), strict=True))
            self._ordered = _History(found, places, {}, {})
        return self._ordered

    def _told(self, endpoint: int) -> NDArray[np.int64]:
        """The announcements for an endpoint, by time."""
        first, last = self._history.places.get(endpoint, (0, 0))
        return self._history.rows[first:last]

    def first_entries(self) -> list[tuple[int, int]]:
        """Each announced endpoint with the earliest entry it had."""
        rows = self._history.rows
        return [(endpoint, int(rows[first, ENTRY])) for endpoint, (first, _) in self._history.places.items()]

    def any_for(self, endpoint: int) -> bool:
        """Whether anything was announced for it."""
        return endpoint in self._history.places

    def events(self, endpoint: int) -> NDArray[np.bool_]:
        """The types of telephone events that an endpoint announced, (128,)."""
        if not self.any_for(endpoint):
            return _NO_TYPES
        known = self._history.events
        if endpoint not in known:
            known[endpoint] = (self._clocks_of(endpoint) == EVENT).any(axis=0)
        return known[endpoint]

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
        if not self.any_for(endpoint):
            return {}
        known = self._history.named
        if endpoint not in known:
            found = known[endpoint] = {}
            for time, _, entry, _ in self._told(endpoint).tolist():
                for payload_type, told in self._formats[entry].items():
                    if told[0]:
                        named = found.setdefault(payload_type, _Named([], []))
                        named.times.append(time)
                        named.formats.append(told)
        return known[endpoint]

    def knows(self, payload_type: int, endpoint: int) -> bool:
        """Whether the endpoint ever announced the type, with its clock."""
        return bool(self._clocks_of(endpoint)[:, payload_type].any())

    def _clocks_of(self, endpoint: int) -> NDArray[np.int64]:
        """The clocks of all entries that an endpoint had, (k, 128)."""
        return self._clocks[sorted(set(self._told(endpoint)[:, ENTRY].tolist()))]

    def _entry(self, formats: Formats) -> int:
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
