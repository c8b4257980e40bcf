"""What happened in single packets of streams: digits and tones, another payload type, a restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from xivolab.rtp.dtmf import EVENT_PACKET, NamedEvent, event_packets, first_events, named_events, plausible
from xivolab.rtp.state import RESTART, TELEPHONE_EVENT, TYPE_CHANGE
from xivolab.rtp.streams import StreamTables

Kind = Literal["event", "type-change", "restart"]

_EVENT_CLOCK = 8000  # of telephone events, where SDP says nothing


@dataclass(frozen=True, slots=True)
class Mark:
    """One such thing in row `stream` of the streams, at `time` (ns), in a frame of a file.

    An event has its `code` and how long it lasted; a type change the names of the types before and after, or their numbers.
    """

    kind: Kind
    stream: int
    time: int
    file: int
    frame: int
    code: int | None = None
    duration_ms: float | None = None
    before: str = ""
    after: str = ""


class NotedPackets:
    """The rows that the kernel noted, taken out of the blocks as they pass."""

    def __init__(self) -> None:
        self._events: list[tuple[int, NDArray[Any]]] = []
        self._others: list[tuple[int, int, int, int, int, int, int]] = []

    def take(
        self,
        counter: int,
        file: int,
        buffer: NDArray[np.uint8],
        rows: NDArray[Any],
        noted: NDArray[np.int32],
        states: NDArray[Any],
    ) -> None:
        """Take `noted` (n, 4) = kind, index, stream, value out of a block; the streams are those of a counter, with its `states`.

        An index is -1 where the row was in a former block.
        """
        if not len(noted):
            return
        events = noted[noted[:, 0] == TELEPHONE_EVENT]
        gone = events[:, 1] < 0
        if gone.any():
            self._events.append((counter, first_events(states, events[gone, 2:4])))
        if not gone.all():
            self._events.append((counter, event_packets(buffer, rows, events[~gone, 1:3], file)))
        for kind, index, stream, value in noted[noted[:, 0] != TELEPHONE_EVENT].tolist():
            row = rows[index]
            self._others.append((counter, stream, kind, int(row["time"]), file, int(row["frame"]), value))

    def marks(self, streams: StreamTables) -> list[Mark]:
        """What they tell, of the streams that are in the tables."""
        named = self._named(streams)
        streams.learn_events((row, event.type) for row, event in named)
        found = [_event(streams, row, event) for row, event in named]
        for counter, stream, kind, time, file, frame, value in self._others:
            row = streams.row_of.get((counter, stream))
            if row is None:
                continue
            if kind == RESTART:
                found.append(Mark("restart", row, time, file, frame))
            elif kind == TYPE_CHANGE:
                names = [streams.codec(row, pt) or f"PT {pt}" for pt in (value >> 8, value & 0x7F)]
                found.append(Mark("type-change", row, time, file, frame, before=names[0], after=names[1]))
        return found

    def _named(self, streams: StreamTables) -> list[tuple[int, NamedEvent]]:
        """The events with the rows of their streams."""
        found: list[tuple[int, NamedEvent]] = []
        for counter in sorted({counter for counter, _ in self._events}):
            packets = np.concatenate([p for c, p in self._events if c == counter] or [np.zeros(0, EVENT_PACKET)])
            for event in named_events(packets):
                row = streams.row_of.get((counter, event.stream))
                if row is not None and (streams.is_event(row, event.type) or plausible(event, packets)):
                    found.append((row, event))
        return found


def _event(streams: StreamTables, row: int, event: NamedEvent) -> Mark:
    clock = streams.clock(row, event.type) or _EVENT_CLOCK
    return Mark("event", row, event.time, event.file, event.frame, event.code, event.ticks * 1000.0 / clock)
