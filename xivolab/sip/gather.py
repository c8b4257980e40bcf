"""SIP messages as a scan finds them: their bytes in one growing piece, the rest in columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xivolab.net.datagrams import DESTINATION, FRAME, IP_ID, LENGTH, SOURCE, TIME, TTL
from xivolab.net.tcp import Mark
from xivolab.sip.arena import MessageBytes
from xivolab.sip.store import RawMessages

_FILE, _FRAME, _TIME, _IP_ID, _TTL, _SOURCE, _DESTINATION, _TRANSPORT, _START, _END = range(10)
_COLUMNS = 10


class GatheredMessages:
    """Messages in the order they were found."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._parts: list[NDArray[np.int64]] = []
        self._single: list[tuple[int, ...]] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, mark: Mark, flow: tuple[int, int], transport: int, data: bytes) -> None:
        """One message. `flow` are the numbers of its ends."""
        start = len(self._bytes)
        self._bytes += data
        self._single.append((*mark[:_SOURCE], *flow, transport, start, len(self._bytes)))
        self._count += 1

    def add_datagrams(
        self, file: int, transports: NDArray[np.uint8] | int, marks: NDArray[np.int64], payloads: NDArray[np.uint8]
    ) -> None:
        """Messages of a datagram each: marks (n, MARKS) of `xivolab.net.datagrams`, payloads one behind the other."""
        self._close()
        part = np.empty((len(marks), _COLUMNS), np.int64)
        part[:, _FILE], part[:, _TRANSPORT] = file, transports
        for column, mark in (
            (_FRAME, FRAME),
            (_TIME, TIME),
            (_IP_ID, IP_ID),
            (_TTL, TTL),
            (_SOURCE, SOURCE),
            (_DESTINATION, DESTINATION),
        ):
            part[:, column] = marks[:, mark]
        part[:, _END] = len(self._bytes) + np.cumsum(marks[:, LENGTH])
        part[:, _START] = part[:, _END] - marks[:, LENGTH]
        self._bytes += memoryview(payloads)  # type: ignore[arg-type]  # an array gives its buffer
        self._parts.append(part)
        self._count += len(marks)

    def since(self, first: int, addresses: Sequence[str] = ()) -> RawMessages:
        """Those from `first` on, in the order they were found. Nothing may be added while this is in use."""
        self._close()
        parts: list[NDArray[np.int64]] = []
        missing = self._count - first
        for part in reversed(self._parts):
            if missing <= 0:
                break
            parts.insert(0, part[-missing:])
            missing -= len(part)
        return self._raw(np.concatenate(parts) if parts else np.empty((0, _COLUMNS), np.int64), addresses)

    def all(self, addresses: Sequence[str]) -> RawMessages:
        """All by time, then file and frame. Nothing may be added while this is in use."""
        self._close()
        columns = np.concatenate([np.empty((0, _COLUMNS), np.int64), *self._parts])
        self._parts = [columns]
        order = np.lexsort((columns[:, _FRAME], columns[:, _FILE], columns[:, _TIME]))
        return self._raw(columns[order], addresses)

    def _close(self) -> None:
        """Single messages become columns like the others, in their place."""
        if self._single:
            self._parts.append(np.array(self._single, np.int64))
            self._single = []

    def _raw(self, columns: NDArray[np.int64], addresses: Sequence[str]) -> RawMessages:
        buffer = np.frombuffer(self._bytes, np.uint8)
        return RawMessages(
            file=columns[:, _FILE].astype(np.int32),
            frame=columns[:, _FRAME].copy(),
            time=columns[:, _TIME].copy(),
            src=columns[:, _SOURCE].astype(np.int32),
            dst=columns[:, _DESTINATION].astype(np.int32),
            transport=columns[:, _TRANSPORT].astype(np.uint8),
            ip_id=(columns[:, _IP_ID] & 0x7FFFFFFF).astype(np.int32),
            ttl=columns[:, _TTL].astype(np.uint8),
            data=MessageBytes(buffer, columns[:, _START].copy(), columns[:, _END].copy()),
            addresses=list(addresses),
        )
