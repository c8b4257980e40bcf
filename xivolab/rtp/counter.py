"""The tables that the RTP kernel fills, and their growth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.net.endpoints import Endpoints
from xivolab.rtp import engine
from xivolab.rtp.announced import TYPES, Announced
from xivolab.rtp.bursts import GAPS, HISTOGRAM
from xivolab.rtp.state import (
    NOT_RTP,
    OTHER,
    OTHERS,
    PACKET_FIELDS,
    RECENT,
    RECENT_PACKET,
    SECOND,
    STREAM,
    UNANNOUNCED,
    WINDOW,
)
from xivolab.rtp.udptl import FAX_FIELDS

_CANDIDATES = 1 << 12


def _doubled(table: NDArray[Any]) -> NDArray[Any]:
    """Twice the room; what is not used yet takes no memory."""
    larger = np.zeros((2 * len(table), *table.shape[1:]), table.dtype)
    larger[: len(table)] = table
    return larger


class RtpCounter:
    """Counts the RTP of one capture (or of several that follow each other in time), block by block.

    `streams` (n,) STREAM, `types` (n, 128) packets per payload type, `bursts` (n, HISTOGRAM) runs of loss by length,
    `seconds` (s,) SECOND and `others` (endpoints, OTHERS) are what it found.
    """

    def __init__(self, endpoints: Endpoints, announced: Announced, streams: int = 256) -> None:
        self._endpoints = endpoints
        self._announced = announced
        self._streams = np.zeros(streams, STREAM)
        self._windows = np.zeros((streams, WINDOW // 64), np.int64)
        self._recents = np.zeros((streams, RECENT), RECENT_PACKET)
        self._types = np.zeros((streams, TYPES), np.int32)
        self._gaps = np.zeros((streams, GAPS, 2), np.int64)
        self._bursts = np.zeros((streams, HISTOGRAM), np.int32)
        self._slots = np.full(streams * 2, -1, np.int32)
        self._used = np.zeros(1, np.int64)
        self._seconds = np.zeros(4096, SECOND)
        self._seconds_used = np.zeros(1, np.int64)
        self._media_of = np.full(len(endpoints.table), UNANNOUNCED, np.int32)
        self._candidates = np.full((_CANDIDATES, 3), -1, np.int64)
        self._candidate_packets = np.zeros((_CANDIDATES, PACKET_FIELDS), np.int64)
        self._packet = np.zeros(PACKET_FIELDS, np.int64)
        self._control = np.zeros(1024, np.int32)
        self._noted = np.zeros((1024, 4), np.int32)
        self._others = np.zeros((len(endpoints.table), OTHERS), np.int32)
        self._faxing = False  # whether other media than RTP was announced
        self._expected = np.zeros(len(endpoints.table), np.int32)  # NOT_RTP where that was
        self._fax = np.zeros((len(endpoints.table), FAX_FIELDS), np.int64)

    @property
    def streams(self) -> NDArray[Any]:
        """The states of the streams so far: (n,) STREAM."""
        return self._streams[: self._used[0]]

    @property
    def types(self) -> NDArray[np.int32]:
        """Packets per stream and payload type: (n, 128), complete when closed."""
        return self._types[: self._used[0]]

    @property
    def bursts(self) -> NDArray[np.int32]:
        """Runs of loss per stream, by their length: (n, HISTOGRAM), complete when closed."""
        return self._bursts[: self._used[0]]

    @property
    def others(self) -> NDArray[np.int32]:
        """Packets of STUN, DTLS and ZRTP to each endpoint: (e, OTHERS)."""
        return self._others

    @property
    def fax(self) -> NDArray[np.int64]:
        """Packets of UDPTL to each endpoint, and what is missing of them: (e, FAX_FIELDS)."""
        return self._fax

    @property
    def seconds(self) -> NDArray[Any]:
        """The seconds that ended: (s,) SECOND."""
        return self._seconds[: self._seconds_used[0]]

    def expect(self, endpoint: int, entry: int) -> None:
        """An announcement that holds from the beginning."""
        self._follow_endpoints()
        self._media_of[endpoint] = entry

    def count(
        self,
        buffer: NDArray[np.uint8],
        rows: NDArray[Any],
        count: int,
        file: int,
        first_time: int,
        updates: NDArray[np.int64],
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Count rows[:count] of a block; `updates` (u, 3) = frame, endpoint, entry, sorted.

        The indexes of RTCP rows, and (n, 4) = kind, index, stream, value of those of which more is to be known.
        """
        at = 0
        noted_used = np.zeros(1, np.int64)
        updates_used = np.zeros(1, np.int64)
        control_used = np.zeros(1, np.int64)
        self._follow_endpoints()
        other_media = updates[updates[:, 2] == NOT_RTP, 1]
        self._expected[other_media] = NOT_RTP
        self._faxing = self._faxing or bool(len(other_media))
        while True:
            at, why = engine.count_rtp(
                buffer,
                rows,
                at,
                count,
                file,
                first_time,
                self._faxing,
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
                self._gaps,
                self._bursts,
                self._noted,
                noted_used,
            )
            if why == engine.FINISHED:
                return self._control[: control_used[0]].copy(), self._take_noted(buffer, rows, int(noted_used[0]))
            if why == engine.GROW_ENDPOINTS:
                self._endpoints.grow()
                self._follow_endpoints()
            elif why == engine.GROW_STREAMS:
                self._grow_streams()
            elif why == engine.GROW_SECONDS:
                self._seconds = _doubled(self._seconds)
            elif why == engine.GROW_CANDIDATES:
                self._grow_candidates()
            elif why == engine.GROW_NOTED:
                self._noted = _doubled(self._noted)
            else:
                self._control = _doubled(self._control)

    def _take_noted(self, buffer: NDArray[np.uint8], rows: NDArray[Any], used: int) -> NDArray[np.int32]:
        """Count the packets of other protocols among what was noted, now that the endpoints are known; the rest of it."""
        slots, table = self._endpoints.slots, self._endpoints.table
        fax = self._faxing, self._expected, self._fax
        engine.count_others(buffer, rows, self._noted, used, slots, table, self._others, *fax)
        noted = self._noted[:used]
        return np.compress(noted[:, 0] != OTHER, noted, axis=0)

    def close(self) -> None:
        """Write the seconds and the counts of types that had not ended."""
        while len(self._seconds) - self._seconds_used[0] < self._used[0]:
            self._seconds = _doubled(self._seconds)
        count = int(self._used[0])
        tables = (self._types, self._seconds, self._seconds_used, self._gaps, self._bursts)
        engine.close_streams(self._streams, count, *tables)
        # What only serves to count goes.
        self._windows, self._recents = self._windows[:0].copy(), self._recents[:0].copy()
        self._gaps, self._candidate_packets = self._gaps[:0].copy(), self._candidate_packets[:0].copy()

    def _follow_endpoints(self) -> None:
        room = len(self._endpoints.table)
        if len(self._media_of) < room:
            grown = np.full(room, UNANNOUNCED, np.int32)
            grown[: len(self._media_of)] = self._media_of
            self._media_of = grown
        while len(self._others) < room:
            self._others = _doubled(self._others)
            self._expected = _doubled(self._expected)
            self._fax = _doubled(self._fax)

    def _grow_candidates(self) -> None:
        kept, packets = self._candidates, self._candidate_packets
        self._candidates = np.full((4 * len(kept), 3), -1, np.int64)
        self._candidate_packets = np.zeros((4 * len(kept), PACKET_FIELDS), np.int64)
        engine.place_candidates(kept, packets, self._candidates, self._candidate_packets)

    def _grow_streams(self) -> None:
        self._streams = _doubled(self._streams)
        self._windows = _doubled(self._windows)
        self._recents = _doubled(self._recents)
        self._types = _doubled(self._types)
        gaps = np.zeros((2 * len(self._gaps), GAPS, 2), np.int64)
        lossy = np.flatnonzero(self._streams["gaps"])  # the others have none, and need no memory
        gaps[lossy] = self._gaps[lossy]
        self._gaps = gaps
        self._bursts = _doubled(self._bursts)
        self._slots = np.full(len(self._streams) * 2, -1, np.int32)
        engine.place_streams(self._slots, self._streams, int(self._used[0]))
