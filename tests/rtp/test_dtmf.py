"""Telephone events: digits from packets that were lost, repeated, or sent in ways of their own."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xivolab.net.rows import PACKET
from xivolab.rtp.dtmf import EVENT_PACKET, NamedEvent, event_packets, named_events, plausible

MS = 1_000_000
ENDS = 3


@dataclass(frozen=True)
class Sent:
    """One packet as its sender made it."""

    sequence: int
    time: int
    timestamp: int
    code: int
    duration: int
    end: bool = False
    marker: bool = False


def press(code: int, first: int, at_ms: int = 0, packets: int = 5, timestamp: int | None = None) -> list[Sent]:
    """A digit: `packets` updates 20 ms apart, then its end three times (RFC 4733, 2.5.1.4)."""
    started = 8 * at_ms if timestamp is None else timestamp
    last = packets * 160
    updates = [
        Sent(first + n, (at_ms + 20 * n) * MS, started, code, 160 * (n + 1), marker=n == 0) for n in range(packets)
    ]
    after = (at_ms + 20 * packets) * MS
    return updates + [Sent(first + packets + n, after + n * MS, started, code, last, end=True) for n in range(ENDS)]


def arrived(sent: Iterable[Sent], stream: int = 0) -> list[NamedEvent]:
    rows = [
        (
            stream,
            0,
            n + 1,
            p.time,
            p.sequence & 0xFFFF,
            p.timestamp & 0xFFFFFFFF,
            101,
            p.marker,
            p.code,
            0,
            p.end,
            p.duration,
        )
        for n, p in enumerate(sent)
    ]
    return named_events(np.array(rows, EVENT_PACKET))


def codes(sent: Iterable[Sent]) -> list[int]:
    return [event.code for event in arrived(sent)]


def test_a_digit_is_one_event_with_its_first_packet_and_its_length() -> None:
    (event,) = arrived(press(5, 100, at_ms=40))
    assert (event.code, event.time, event.frame, event.ticks) == (5, 40 * MS, 1, 800)
    assert (event.ended, event.packets) == (True, 8)


def test_the_same_digit_twice_in_a_row_is_two() -> None:
    assert codes([*press(7, 0), *press(7, 8, at_ms=200)]) == [7, 7]


def test_without_any_end_it_is_a_digit_all_the_same() -> None:
    first, second = press(1, 0)[:-ENDS], press(1, 8, at_ms=180)[:-ENDS]
    events = arrived([*first, *second])
    assert [(event.code, event.ended, event.ticks) for event in events] == [(1, False, 800), (1, False, 800)]


def test_an_end_alone_is_a_digit() -> None:
    assert codes(press(3, 0)[-1:]) == [3]


def test_a_very_long_event_in_segments_is_one() -> None:
    """RFC 4733, 2.5.1.3: the next segment has the timestamp where the first one stopped, and no marker."""
    first = [replace(p, duration=0xFFFF) for p in press(4, 0)[:5]]
    second = [replace(p, marker=False) for p in press(4, 5, at_ms=100, timestamp=0xFFFF)]
    (event,) = arrived([*first, *second])
    assert event.ticks == 0xFFFF + 800


def test_a_sender_whose_timestamp_runs_on_sends_one_digit() -> None:
    running = [replace(p, timestamp=160 * n) for n, p in enumerate(press(9, 0))]
    events = arrived([*running, *[replace(p, timestamp=8000 + 160 * n) for n, p in enumerate(press(9, 8, at_ms=300))]])
    assert [(event.code, event.ticks) for event in events] == [(9, 800), (9, 800)]


def test_a_repeat_that_comes_after_the_next_digit_makes_no_third() -> None:
    one, two = press(1, 0), press(2, 8, at_ms=150)
    assert codes([*one[:-1], two[0], one[-1], *two[1:]]) == [1, 2]


def test_events_of_two_streams_do_not_mix() -> None:
    rows = [(n % 2, 0, n, n * MS, n, 0, 101, 0, 5, 0, 0, 160 + n) for n in range(10)]
    assert [(e.stream, e.packets) for e in named_events(np.array(rows, EVENT_PACKET))] == [(0, 5), (1, 5)]


digits = st.lists(st.integers(0, 15), min_size=1, max_size=12)


@given(digits, st.data())
def test_what_is_left_of_each_digit_tells_it(pressed: Sequence[int], data: st.DataObject) -> None:
    """Any packets are lost as long as one of each digit comes through; any are captured twice; sequence numbers wrap."""
    kept: list[Sent] = []
    sequence, now = data.draw(st.integers(0, 0xFFFF)), 0
    for code in pressed:
        packets = press(code, sequence, at_ms=now, packets=data.draw(st.integers(1, 6)), timestamp=8 * now + 0xFFFFFF00)
        left = data.draw(st.lists(st.sampled_from(packets), min_size=1, unique=True))
        kept += sorted(left + data.draw(st.lists(st.sampled_from(left), max_size=2)), key=lambda p: p.time)
        sequence += len(packets) + data.draw(st.integers(1, 5))
        now += 20 * len(packets) + data.draw(st.integers(120, 2000))
    assert codes(kept) == list(pressed)


def block(*payloads: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    rows = np.zeros(len(payloads), PACKET)
    at = 0
    for n, payload in enumerate(payloads):
        rows[n]["frame"], rows[n]["payload"], rows[n]["length"] = n + 1, at, len(payload)
        at += len(payload)
    handed = np.array([(n, 3) for n in range(len(payloads))], np.int32)
    return np.frombuffer(b"".join(payloads), np.uint8), rows, handed


def rtp(body: bytes, first: int = 0x80, extension: bytes = b"") -> bytes:
    return struct.pack("!BBHII", first, 0x80 | 101, 0xFFFE, 0xFFFFFF00, 1) + extension + body


def test_packets_are_read_behind_contributors_and_extensions() -> None:
    body = struct.pack("!BBH", 11, 0x80 | 10, 800)
    contributors = rtp(body, 0x82, bytes(8))
    extended = rtp(body, 0x90, struct.pack("!HH", 0xBEDE, 2) + bytes(8))
    found = event_packets(*block(rtp(body), contributors, extended), 7)
    for packet in found:
        assert (packet["code"], packet["end"], packet["duration"], packet["marker"]) == (11, True, 800, True)
        assert (packet["sequence"], packet["timestamp"], packet["type"]) == (0xFFFE, 0xFFFFFF00, 101)
        assert (packet["stream"], packet["file"]) == (3, 7)


@given(st.lists(st.binary(min_size=12, max_size=40), min_size=1, max_size=5))
def test_any_bytes_are_read_or_left_out(payloads: list[bytes]) -> None:
    found = event_packets(*block(*payloads), 0)
    assert len(found) <= len(payloads)
    assert sum(event.packets for event in named_events(found)) == len(found)


def test_no_packets_no_events() -> None:
    assert named_events(np.zeros(0, EVENT_PACKET)) == []


def test_what_nobody_announced_has_to_look_like_a_digit() -> None:
    def looks(sent: Sequence[Sent], **change: int) -> bool:
        rows = [(0, 0, n, p.time, p.sequence, 0, 101, 0, p.code, 0, p.end, p.duration) for n, p in enumerate(sent)]
        packets = np.array(rows, EVENT_PACKET)
        for name, value in change.items():
            packets[name] = value
        return plausible(named_events(packets)[0], packets)

    assert looks(press(5, 0))
    assert not looks(press(5, 0)[:1])
    assert not looks(press(200, 0))
    assert not looks(press(5, 0), reserved=1)
    assert not looks(list(reversed(press(5, 0))))
