"""TCP segments put back in order (RFC 9293, 3.4), whatever was lost, sent twice or overtaken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

_MODULUS = 1 << 32
_NEW_CONNECTION = 1 << 24  # a sequence number this far off is another connection on the same ports
_WAITING = 64  # segments held back for one that is missing; after that it is taken for lost
_EARLY = 8  # segments among which the first one may be overtaken


class Mark(NamedTuple):
    """Where bytes came from: a packet of a file; `rank` is the place of the file among those read, by time."""

    file: int
    frame: int
    time: int
    ip_id: int
    ttl: int
    rank: int = 0


def latest(marks: Iterable[Mark]) -> Mark:
    """The packet that was read last."""
    return max(marks, key=lambda mark: (mark.rank, mark.frame))


@dataclass(slots=True)
class Segment:
    """One segment with payload; `wire` is its length as sent, which `data` is shorter than when the capture cut it."""

    sequence: int
    data: bytes
    wire: int
    mark: Mark


def _ahead(sequence: int, of: int) -> int:
    """How far one sequence number is ahead of another, from −2^31 to 2^31−1."""
    return (sequence - of + _MODULUS // 2) % _MODULUS - _MODULUS // 2


def in_order(segments: list[Segment]) -> Iterator[tuple[bytes, Mark] | None]:
    """The bytes of one direction of a flow, piece by piece as they become readable; None where some are missing.

    `segments` are in the order of capture.
    """
    if not segments:
        return
    expected = min((s.sequence for s in segments[:_EARLY]), key=lambda q: _ahead(q, segments[0].sequence))
    waiting: list[Segment] = []
    for segment in segments:
        if abs(_ahead(segment.sequence, expected)) > _NEW_CONNECTION:
            yield from _given_up(waiting)
            yield None
            waiting, expected = [], segment.sequence
        waiting.append(segment)
        lost = False
        while waiting:
            waiting.sort(key=lambda s: _ahead(s.sequence, expected))
            first = waiting[0]
            gap = _ahead(first.sequence, expected)
            if gap > 0:
                if len(waiting) <= _WAITING:
                    break
                yield None
                expected = first.sequence
                gap, lost = 0, True
            del waiting[0]
            if -gap < len(first.data):
                # A piece is readable when the latest of the packets it waited for is there; what never comes, none waits for.
                yield first.data[-gap:], first.mark if lost else latest((first.mark, segment.mark))
            if len(first.data) < first.wire:
                yield None
            expected = max(expected, (first.sequence + first.wire) % _MODULUS, key=lambda q: _ahead(q, expected))
    yield from _given_up(waiting)


def _given_up(waiting: list[Segment]) -> Iterator[tuple[bytes, Mark] | None]:
    """What waited for a segment that never came, hole after hole."""
    expected: int | None = None
    for segment in waiting:
        if expected is None or _ahead(segment.sequence, expected) > 0:
            yield None
            expected = segment.sequence
        skip = -_ahead(segment.sequence, expected)
        if skip < len(segment.data):
            yield segment.data[skip:], segment.mark
            expected = (segment.sequence + len(segment.data)) % _MODULUS
