"""What a scenario is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from xivolab.bench.capture import Tap
from xivolab.bench.lines import ALICE, BOB, Setup
from xivolab.bench.oracle import Stream
from xivolab.bench.phones import Phone
from xivolab.bench.stage import Stage
from xivolab.bench.truth import Truth, Words


def _nothing_lost(streams: list[Stream]) -> str | None:
    """Return what is wrong with media that should be perfect, or None."""
    for stream in streams:
        if stream.lost:
            return f"{stream.lost} packets lost from {stream.src} to {stream.dst}"
    return None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One call (or registration) to record.

    `play` does it and tells what it did. `media` judges the RTP streams that tshark found. `max_jitter_ms` is the
    bound of every stream; None where tshark's figure means nothing (it leaps at RFC 4733 events). `second` is another
    point where the same call is captured at the same time, and `second_streams` how many RTP streams pass there.
    """

    name: str
    title: Words
    play: Callable[[Stage], Truth]
    setup: Setup = field(default_factory=Setup)
    phones: tuple[Phone, ...] = (Phone(ALICE), Phone(BOB))
    tap: Tap = field(default_factory=Tap)
    second: Tap | None = None
    second_streams: int = 2
    media: Callable[[list[Stream]], str | None] = _nothing_lost
    max_jitter_ms: float | None = 8.0
