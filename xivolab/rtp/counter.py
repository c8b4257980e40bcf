"""The tables that the RTP kernel fills, and their growth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.net.endpoints import Endpoints
from xivolab.rtp import engine
from xivolab.rtp.announced import TYPES, Announced
from xivolab.rtp.state import PACKET_FIELDS, RECENT, RECENT_PACKET, SECOND, STREAM, UNANNOUNCED, WINDOW

_CANDIDATES = 1 << 14


def _doubled(table: NDArray[Any]) -> NDArray[Any]:
    """Twice the room; what is not used yet takes no memory."""
    larger = np.zeros((2 * len(table), *table.shape[1:]), table.dtype)
    larger[: len(table)] = table
    return larger


class RtpCounter:
    """Counts the RTP of one capture (or of several that follow each other in time), block by block.

    `streams` (n,) STREAM, `types` (n, 128) packets per payload type, `seconds` (s,) SECOND are what it found.
    """

    def __init__(self, endpoints: Endpoints, announced: Announced, streams: int = 256) -> None:
        self._endpoints = endpoints
        self._announced = announced
        self._streams = np.zeros(streams, STREAM)
        self._windows = np.zeros((streams, WINDOW // 64), np.int64)
        self._recents = np.zeros((streams, RECENT), RECENT_PACKET)
        self._types = np.zeros((streams, TYPES), np.int32)
        self._slots = np.full(streams * 2, -1, np.int32)
        self._used = np.zeros(1, np.int64)
        self._seconds = np.zeros(4096, SECOND)
        self._seconds_used = np.zeros(1, np.int64)
        self._media_of = np.full(len(endpoints.table), UNANNOUNCED, np.int32)
        self._candidates = np.full((_CANDIDATES, 4), -1, np.int64)
        self._candidate_packets = np.zeros((_CANDIDATES, PACKET_FIELDS), np.int64)
        self._packet = np.zeros(PACKET_FIELDS, np.int64)
        self._control = np.zeros(1024, np.int32)

    @property
    def streams(self) -> NDArray[Any]:
        """The states of the streams so far: (n,) STREAM."""
        return self._streams[: self._used[0]]

    @property
    def types(self) -> NDArray[np.int32]:
        """Packets per stream and payload type: (n, 128), complete when closed."""
        return self._types[: self._used[0]]

    @property
    def seconds(self) -> NDArray[Any]:
        """The seconds that ended: (s,) SECOND."""
        return self._seconds[: self._seconds_used[0]]

    def expect(self, endpoint: int, entry: int) -> None:
        """An announcement that holds from the beginning."""
        self._follow_endpoints()
        self._media_of[endpoint] = entry

    def count(
        self, buffer: NDArray[np.uint8], rows: NDArray[Any], count: int, first_time: int, updates: NDArray[np.int64]
    ) -> NDArray[np.int32]:
        """Count rows[:count] of a block; `updates` (u, 3) = frame, endpoint, entry, sorted. The indexes of RTCP rows."""
        at = 0
        updates_used = np.zeros(1, np.int64)
        control_used = np.zeros(1, np.int64)
        self._follow_endpoints()
        while True:
            at, why = engine.count_rtp(
                buffer,
                rows,
                at,
                count,
                first_time,
                self._endpoints.slots,
                self._endpoints.table,
                self._endpoints.used,
                updates,
                updates_used,
                self._media_of,
                self._announced.clocks,
                self._slots,
                self._streams,
                self._used,
                self._windows,
                self._recents,
                self._types,
                self._seconds,
                self._seconds_used,
                self._candidates,
                self._candidate_packets,
                self._packet,
                self._control,
                control_used,
            )
            if why == engine.FINISHED:
                return self._control[: control_used[0]].copy()
            if why == engine.GROW_ENDPOINTS:
                self._endpoints.grow()
                self._follow_endpoints()
            elif why == engine.GROW_STREAMS:
                self._grow_streams()
            elif why == engine.GROW_SECONDS:
                self._seconds = _doubled(self._seconds)
            else:
                self._control = _doubled(self._control)

    def close(self) -> None:
        """Write the seconds and the counts of types that had not ended."""
        while len(self._seconds) - self._seconds_used[0] < self._used[0]:
            self._seconds = _doubled(self._seconds)
        engine.close_streams(self._streams, int(self._used[0]), self._types, self._seconds, self._seconds_used)

    def _follow_endpoints(self) -> None:
        room = len(self._endpoints.table)
        if len(self._media_of) < room:
            grown = np.full(room, UNANNOUNCED, np.int32)
            grown[: len(self._media_of)] = self._media_of
            self._media_of = grown

    def _grow_streams(self) -> None:
        self._streams = _doubled(self._streams)
        self._windows = _doubled(self._windows)
        self._recents = _doubled(self._recents)
        self._types = _doubled(self._types)
        self._slots = np.full(len(self._streams) * 2, -1, np.int32)
        engine.place_streams(self._slots, self._streams, int(self._used[0]))
