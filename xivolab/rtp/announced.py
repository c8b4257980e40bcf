"""What SDP announced: for each endpoint the payload types it expects, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from xivolab.net.endpoints import Endpoints
from xivolab.rtp.state import EVENT, NOT_RTP

Formats = Mapping[int, tuple[str | None, int | None]]
"""Payload type → (encoding name, RTP clock), as SDP announces them."""

TYPES = 128


class Announced:
    """The media announced so far. Entries are numbered; the kernel reads their clocks, Python their names."""

    def __init__(self, endpoints: Endpoints) -> None:
        self.endpoints = endpoints
        self.history: dict[int, list[tuple[int, int, int]]] = {}  # endpoint → (time, frame, entry), by time
        self._formats: list[Formats] = []
        self._known: dict[tuple[tuple[int, tuple[str | None, int | None]], ...], int] = {}
        self._seen: dict[int, tuple[Formats, int]] = {}  # by identity, which lasts as long as the object is kept here
        self._clocks = np.zeros((16, TYPES), np.int64)

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
        self.history.setdefault(endpoint, []).append((time, frame, entry))
        return endpoint, entry

    def first_entries(self) -> Iterable[tuple[int, int]]:
        """Each announced endpoint with the earliest entry it had."""
        for endpoint, told in self.history.items():
            yield endpoint, min(told)[2]

    def name(self, payload_type: int, receiver: int, sender: int, start: int, end: int) -> str | None:
        """The encoding name of a type in a stream that passed from `start` to `end` (ns).

        The receiver's announcement counts (RFC 3264, 5.1), the latest before the end of the stream; else the
        sender's; else one that came later.
        """
        for endpoint in (receiver, sender):
            told = sorted(self.history.get(endpoint, ()))
            ordered = [t for t in reversed(told) if t[0] <= end] + [t for t in told if t[0] > end]
            for _, _, entry in ordered:
                name = self._formats[entry].get(payload_type, (None, None))[0]
                if name:
                    return name
        return None

    def knows(self, payload_type: int, endpoint: int) -> bool:
        """Whether the endpoint ever announced the type."""
        return any(self._clocks[entry, payload_type] for _, _, entry in self.history.get(endpoint, ()))

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
