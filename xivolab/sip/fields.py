"""What the compiled pass notes of messages, block by block: where their fields are, and equal values as equal numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.sip import scan
from xivolab.sip.arena import MessageBytes
from xivolab.sip.growing import Growing
from xivolab.sip.interning import free_slots, plant

_NONE = 0xFFFF  # in 16 bits: no message that is kept so is that long


@dataclass(slots=True)
class Fields:
    """The fields of n messages.

    `spans` (n, FIELDS, 2) uint16, or int32 when a message is longer than that can tell: message k has field f at [start, end)
    of its bytes; both are `none` where it has none. `statuses` (n,) int64 is 0 for a request, `cseqs` -1 where there is none.
    `ids` (n,) int32 are for each of `scan.NUMBERED` the numbers of the values, -1 for none or an empty one; `values` (m, 2)
    int64 of each table say where in the buffer each number lies.
    """

    spans: NDArray[Any]
    statuses: NDArray[np.int64]
    cseqs: NDArray[np.int64]
    ids: list[NDArray[np.int32]]
    values: list[NDArray[np.int64]]

    @classmethod
    def of(cls, data: MessageBytes) -> Fields:
        """Those of some messages."""
        scanner = FieldScanner()
        scanner.add(data.buffer, data.starts, data.ends)
        return scanner.fields()

    @property
    def none(self) -> int:
        """What stands in `spans` where a message has no such field."""
        return _NONE if self.spans.dtype == np.uint16 else -1

    def having(self, field: int) -> NDArray[np.bool_]:
        """Which messages have a field, (n,)."""
        having: NDArray[np.bool_] = self.spans[:, field, 0] != self.none
        return having

    def span(self, field: int) -> NDArray[np.int64]:
        """Where the values of a field are in their messages, (n, 2); the same twice where there is none."""
        return np.where(self.having(field)[:, None], self.spans[:, field], 0).astype(np.int64)


class FieldScanner:
    """Notes the fields of messages that are added one behind the other to a growing buffer."""

    def __init__(self) -> None:
        self._spans = Growing(np.uint16, scan.FIELDS, 2)
        self._statuses, self._cseqs = Growing(np.int64), Growing(np.int64)
        self._ids = [Growing(np.int32) for _ in scan.NUMBERED]
        self._slots = np.empty((scan.TABLES, 0), np.int32)
        self._entries = np.empty((scan.TABLES, 0, 3), np.int64)
        self._used = np.zeros(scan.TABLES, np.int64)

    def add(self, buffer: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        """Scan the messages at [starts[k], ends[k]) of `buffer`, which still holds what came before at its place."""
        count = len(starts)
        self._make_room(2 * count)
        spans = np.full((count, scan.FIELDS, 2), -1, np.int32)
        statuses, cseqs = np.zeros(count, np.int64), np.zeros(count, np.int64)
        ids = np.empty((len(scan.NUMBERED), count), np.int32)
        scan.scan(buffer, starts, ends, spans, statuses, cseqs, ids, self._slots, self._entries, self._used)
        if self._spans.dtype == np.uint16 and count and int((ends - starts).max()) >= _NONE:
            self._widen()
        self._spans.add(spans)
        self._statuses.add(statuses)
        self._cseqs.add(cseqs)
        for column, numbers in zip(self._ids, ids, strict=True):
            column.add(numbers)

    def _widen(self) -> None:
        """Room for longer messages."""
        spans = self._spans.array().astype(np.int32)
        spans[spans == _NONE] = -1
        self._spans = Growing(np.int32, scan.FIELDS, 2)
        self._spans.add(spans)

    def _make_room(self, more: int) -> None:
        """Room in the tables for so many new values."""
        needed = int(self._used.max()) + more
        if needed > self._entries.shape[1]:
            larger = np.empty((scan.TABLES, 2 * needed, 3), np.int64)
            for table, used in enumerate(self._used.tolist()):
                larger[table, :used] = self._entries[table, :used]
            self._entries = larger
            self._slots = np.stack([free_slots(2 * needed)] * scan.TABLES)
            for table, used in enumerate(self._used.tolist()):
                plant(self._entries[table], used, self._slots[table])

    def fields(self, first: int = 0) -> Fields:
        """The fields of all messages from `first` on."""
        columns = (self._spans.array(first), self._statuses.array(first), self._cseqs.array(first))
        ids = [column.array(first) for column in self._ids]
        return Fields(
            *columns, ids, [self._entries[table, :used, 1:] for table, used in enumerate(self._used.tolist())]
        )
