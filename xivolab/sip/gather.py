"""SIP messages as a scan finds them: their bytes in one growing piece, the rest in columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.net.datagrams import DESTINATION, FRAME, IP_ID, LENGTH, SOURCE, TIME, TTL
from xivolab.net.tcp import Mark
from xivolab.sip.arena import MessageBytes
from xivolab.sip.fields import Fields, FieldScanner
from xivolab.sip.growing import Growing
from xivolab.sip.store import RawMessages

_FILE, _FRAME, _TIME, _IP_ID, _TTL, _SOURCE, _DESTINATION, _TRANSPORT, _START, _END = range(10)
_DTYPES = (np.int32, np.int64, np.int64, np.int32, np.uint8, np.int32, np.int32, np.uint8, np.int64, np.int64)

Columns = list[NDArray[Any]]
"""Some messages: an array for each of the columns above."""


class GatheredMessages:
    """Messages in the order they were found."""

    def __init__(self) -> None:
        self._bytes = Growing(np.uint8)
        self._columns = [Growing(dtype) for dtype in _DTYPES]
        self._single: list[tuple[int, ...]] = []
        self._scanner = FieldScanner()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, mark: Mark, flow: tuple[int, int], transport: int, data: bytes) -> None:
        """One message. `flow` are the numbers of its ends."""
        start = len(self._bytes)
        self._bytes.add(np.frombuffer(data, np.uint8))
        file, frame, time, ip_id, ttl = mark[:_SOURCE]
        self._single.append((file, frame, time, ip_id & 0x7FFFFFFF, ttl, *flow, transport, start, len(self._bytes)))
        self._count += 1

    def add_datagrams(
        self, file: int, transports: NDArray[np.uint8] | int, marks: NDArray[np.int64], payloads: NDArray[np.uint8]
    ) -> None:
        """Messages of a datagram each: marks (n, MARKS) of `xivolab.net.datagrams`, payloads one behind the other."""
        self._close()
        ends = len(self._bytes) + np.cumsum(marks[:, LENGTH])
        columns = (
            np.full(len(marks), file),
            marks[:, FRAME],
            marks[:, TIME],
            marks[:, IP_ID] & 0x7FFFFFFF,
            marks[:, TTL],
            marks[:, SOURCE],
            marks[:, DESTINATION],
            np.full(len(marks), transports),
            ends - marks[:, LENGTH],
            ends,
        )
        self._bytes.add(payloads)
        self._take(columns)
        self._count += len(marks)

    def since(self, first: int) -> RawMessages:
        """Those from `first` on, in the order they were found, without addresses. Nothing may be added while this is in use."""
        self._close()
        return self._raw(self._from(first), self._scanner.fields(first), ())

    def all(self, name: Callable[[int], str]) -> RawMessages:
        """All by time, then file and frame; `name` names their ends. Nothing may be added while this is in use."""
        self._close()
        columns = self._from(0)
        # Most endpoints are announced for media; no message came from there.
        used = np.flatnonzero(np.bincount(np.concatenate([columns[_SOURCE], columns[_DESTINATION]])))
        numbers = np.zeros(int(used.max(initial=-1)) + 1, np.int32)
        numbers[used] = np.arange(len(used))
        for column in (_SOURCE, _DESTINATION):
            columns[column] = numbers[columns[column]]
        addresses = [name(number) for number in used.tolist()]
        order = np.lexsort((columns[_FRAME], columns[_FILE], columns[_TIME]))
        if (order[1:] > order[:-1]).all():
            return self._raw(columns, self._scanner.fields(), addresses)
        # The numbers of values count in order of first appearance.
        columns = [column[order] for column in columns]
        return self._raw(columns, Fields.of(self._data(columns)), addresses)

    def _close(self) -> None:
        """Single messages become columns like the others, in their place."""
        if self._single:
            single, self._single = self._single, []
            self._take(list(np.array(single, np.int64).T))

    def _take(self, columns: Sequence[NDArray[Any]]) -> None:
        """The columns of the messages whose bytes were added last."""
        first = len(self._columns[_FILE])
        for column, values in zip(self._columns, columns, strict=True):
            column.add(values)
        data = self._data(self._from(first))
        self._scanner.add(data.buffer, data.starts, data.ends)

    def _from(self, first: int) -> Columns:
        return [column.array(first) for column in self._columns]

    def _data(self, columns: Columns) -> MessageBytes:
        return MessageBytes(self._bytes.array(), columns[_START], columns[_END])

    def _raw(self, columns: Columns, fields: Fields, addresses: Sequence[str]) -> RawMessages:
        return RawMessages(
            file=columns[_FILE],
            frame=columns[_FRAME],
            time=columns[_TIME],
            src=columns[_SOURCE],
            dst=columns[_DESTINATION],
            transport=columns[_TRANSPORT],
            ip_id=columns[_IP_ID],
            ttl=columns[_TTL],
            data=self._data(columns),
            fields=fields,
            addresses=list(addresses),
        )
