"""Telephone events: digits and tones as numbers in RTP packets (RFC 4733, before it RFC 2833).

An event is one of its SSRC and timestamp, not one packet: it is repeated with a growing duration, and its end is sent
three times (2.5.1.4). Packets may be lost, all ends as well; a digit pressed twice has two timestamps. A very long event
goes on in segments (2.5.1.3), and some senders let the timestamp run on with each packet: both are one event here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

EVENT_PACKET = np.dtype(
    [
        ("stream", np.int32),
        ("file", np.int32),
        ("frame", np.int64),
        ("time", np.int64),  # ns
        ("sequence", np.int32),
        ("timestamp", np.int64),
        ("type", np.uint8),
        ("marker", np.bool_),
        ("code", np.uint8),
        ("reserved", np.bool_),
        ("end", np.bool_),
        ("duration", np.int32),  # ticks
    ]
)

_HEADER, _EVENT = 12, 4
_LONGEST_SEGMENT = 0xFFFF
_CONTINUES_NS = 100_000_000  # packets of one event come 20 to 50 ms apart


@dataclass(slots=True)
class NamedEvent:
    """One event of `stream`: its `code`, when (ns) and where its first packet was, how many `ticks` it lasted as far as told.

    `ended` when an end was seen, `packets` how many were.
    """

    stream: int
    type: int
    code: int
    time: int
    file: int
    frame: int
    timestamp: int
    ticks: int
    ended: bool
    packets: int
    last_time: int
    last_sequence: int
    segments: int = 0
    """Ticks of the segments that are over."""


def event_packets(buffer: NDArray[np.uint8], rows: NDArray[Any], handed: NDArray[np.int32], file: int) -> NDArray[Any]:
    """What the rows `handed` (h, 2) int32 = index, stream of a block hold: (n,) EVENT_PACKET, those too short left out."""
    picked = rows[handed[:, 0]]
    at = picked["payload"].astype(np.int64)
    header = _HEADER + 4 * (buffer[at] & 15).astype(np.int64)  # contributing sources
    extended = (buffer[at] & 16) != 0
    place = np.minimum(at + header + 2, len(buffer) - 2)
    words = buffer[place].astype(np.int64) << 8 | buffer[place + 1]
    header += np.where(extended, 4 + 4 * words, 0)
    fits = header + _EVENT <= picked["length"]
    picked, at, header, streams = picked[fits], at[fits], header[fits], handed[fits, 1]
    event = at + header
    found = np.zeros(len(picked), EVENT_PACKET)
    found["stream"], found["file"], found["frame"], found["time"] = streams, file, picked["frame"], picked["time"]
    found["sequence"] = _number(buffer, at + 2, 2)
    found["timestamp"] = _number(buffer, at + 4, 4)
    found["type"], found["marker"] = buffer[at + 1] & 127, buffer[at + 1] >> 7
    found["code"] = buffer[event]
    found["end"], found["reserved"] = buffer[event + 1] >> 7, buffer[event + 1] >> 6 & 1
    found["duration"] = _number(buffer, event + 2, 2)
    return found


def first_events(states: NDArray[Any], handed: NDArray[np.int32]) -> NDArray[Any]:
    """The events that began streams and were on probation: (h,) EVENT_PACKET.

    `handed` (h, 2) int32 = stream, value; what the state of the stream (`states` (n,) STREAM) does not hold of its first
    packet is in the value, from the highest bit on: marker, type less 96, end, reserved, event (8), duration (16).
    """
    first, value = states[handed[:, 0]], handed[:, 1].astype(np.int64) & 0xFFFFFFFF
    found = np.zeros(len(handed), EVENT_PACKET)
    found["stream"], found["time"] = handed[:, 0], first["first_time"]
    found["file"], found["frame"] = first["first_place"] >> 40, first["first_place"] & ((1 << 40) - 1)
    found["sequence"], found["timestamp"] = first["w_start_seq"], first["w_first_timestamp"]
    found["marker"], found["type"] = value >> 31, 96 + (value >> 26 & 31)
    found["end"], found["reserved"] = value >> 25 & 1, value >> 24 & 1
    found["code"], found["duration"] = value >> 16 & 255, value & 0xFFFF
    return found


def _number(buffer: NDArray[np.uint8], at: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    value = np.zeros(len(at), np.int64)
    for index in range(width):
        value = value << 8 | buffer[at + index]
    return value


def named_events(packets: NDArray[Any]) -> list[NamedEvent]:
    """The events in `packets` (n,) EVENT_PACKET, of any streams, those of each stream in the order they came."""
    found: list[NamedEvent] = []
    recent: list[NamedEvent] = []
    for run in _runs(packets):
        first = run[0]
        if recent and recent[-1].stream != first["stream"]:
            recent = []
        event = next((known for known in reversed(recent) if _same(known, first)), None)
        if event is None:
            event = _begin(first)
            found.append(event)
            recent = [*recent[-2:], event]
        _go_on(event, run)
    return found


def _runs(packets: NDArray[Any]) -> Iterator[NDArray[Any]]:
    """Packets of one stream, timestamp and code that follow each other."""
    if not len(packets):
        return
    packets = packets[np.argsort(packets["stream"], kind="stable")]
    keys = ("stream", "timestamp", "code", "type")
    changes = np.any([packets[key][1:] != packets[key][:-1] for key in keys], axis=0)
    yield from np.split(packets, np.flatnonzero(changes) + 1)


def _same(event: NamedEvent, packet: Any) -> bool:
    """Whether a packet belongs to an event that has been seen."""
    if packet["code"] != event.code or packet["type"] != event.type:
        return False
    if packet["timestamp"] == event.timestamp:
        return True
    follows = (int(packet["sequence"]) - event.last_sequence) & 0xFFFF == 1
    soon = 0 <= packet["time"] - event.last_time <= _CONTINUES_NS
    if packet["marker"] or not (follows and soon):
        return False
    # The next segment of a long event, or a sender whose timestamp runs on; after its end only ends are sent again.
    return not event.ended or bool(packet["end"] and packet["duration"] >= event.ticks - event.segments)


def _begin(packet: Any) -> NamedEvent:
    return NamedEvent(
        stream=int(packet["stream"]),
        type=int(packet["type"]),
        code=int(packet["code"]),
        time=int(packet["time"]),
        file=int(packet["file"]),
        frame=int(packet["frame"]),
        timestamp=int(packet["timestamp"]),
        ticks=0,
        ended=False,
        packets=0,
        last_time=int(packet["time"]),
        last_sequence=int(packet["sequence"]),
    )


def _go_on(event: NamedEvent, run: NDArray[Any]) -> None:
    """Take the packets of a run into their event."""
    timestamp = int(run["timestamp"][0])
    ahead = (timestamp - event.timestamp) & 0xFFFFFFFF
    if 0 < ahead < 1 << 31:
        if ahead >= _LONGEST_SEGMENT:  # a new segment counts its duration from 0
            event.segments += ahead
        event.timestamp = timestamp
    event.ticks = max(event.ticks, event.segments + int(run["duration"].max()))
    event.ended |= bool(run["end"].any())
    event.packets += len(run)
    event.last_time = max(event.last_time, int(run["time"].max()))
    event.last_sequence = int(run["sequence"][-1])


def plausible(event: NamedEvent, packets: NDArray[Any]) -> bool:
    """Whether packets that nobody announced are an event: a known digit, no reserved bit, a duration that only grows."""
    same = (packets["stream"] == event.stream) & (packets["code"] == event.code)
    own = packets[same & (packets["timestamp"] == event.timestamp)]
    grows = bool(np.all(np.diff(own["duration"]) >= 0))
    return event.code <= 16 and len(own) >= 2 and not own["reserved"].any() and grows and event.ticks > 0
