"""Sequence numbers of one stream: what was lost, what came twice, what came late (RFC 3550, A.1)."""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper
from xivolab.net.bytes import i64
from xivolab.rtp.bursts import close_gaps, fill_gap, open_gap
from xivolab.rtp.state import RECENT, WINDOW

MAX_DROPOUT = 3000
MAX_MISORDER = 100

_BITS = 64  # in a word of the window


@helper
def _seen(window: Any, sequence: int) -> bool:
    """Mark an extended sequence number; whether it was marked before."""
    place = sequence & (WINDOW - 1)
    bit = i64(1) << (place & (_BITS - 1))
    before = window[place // _BITS] & bit != 0
    window[place // _BITS] |= bit
    return before


@helper
def _forget(window: Any, first: int, last: int) -> None:
    """Clear the marks of the extended sequence numbers first..last, as the window moves over them."""
    if last - first >= WINDOW:
        window[:] = 0
        return
    for sequence in range(first, last + 1):
        place = sequence & (WINDOW - 1)
        window[place // _BITS] &= ~(i64(1) << (place & (_BITS - 1)))


@helper
def start_count(stream: Any, window: Any, base: int, top: int) -> None:
    """Begin a count at `base`; the packets up to `top` are taken as received."""
    window[:] = 0
    stream["base_seq"] = base
    stream["max_seq"] = top
    stream["unique"] = top - base + 1
    stream["bad_seq"] = -1
    for sequence in range(base, top + 1):
        _seen(window, sequence)


@helper
def missing(stream: Any) -> int:
    """Sequence numbers not seen so far, restarts summed."""
    expected = stream["expected_before"] + stream["max_seq"] - stream["base_seq"] + 1
    return expected - stream["unique_before"] - stream["unique"]


NEW, LATE, DUPLICATE, STRAY, ANEW = 0, 1, 2, 3, 4
"""What a packet is: in order (perhaps after a gap), late, seen before, out of any order, or the second after a restart."""


@helper
def step_of(stream: Any, sequence: int) -> int:
    """How far a sequence number is ahead of the highest so far, from 0 to 65535."""
    return (sequence - stream["max_seq"]) & 0xFFFF


@helper
def is_ahead(stream: Any, sequence: int) -> bool:
    """Whether a packet goes on in order, perhaps after a gap: neither late nor seen before nor a stray."""
    step = step_of(stream, sequence)
    return 0 < step < MAX_DROPOUT


@helper
def count_sequence(stream: Any, window: Any, gaps: Any, bursts: Any, number: int, sequence: int) -> int:
    """Count one packet that is not the first of stream `number`; what it is."""
    step = step_of(stream, sequence)
    if step == 0:
        stream["duplicates"] += 1
        return DUPLICATE
    if step < MAX_DROPOUT:
        top = stream["max_seq"] + step
        _forget(window, stream["max_seq"] + 1, top - 1)
        if step > 1:
            open_gap(stream, gaps[number], bursts[number], stream["max_seq"] + 1, step - 1)
        stream["max_seq"] = top
        _seen(window, top)
        stream["unique"] += 1
        stream["bad_seq"] = -1
        return NEW
    back = 65536 - step
    if back <= MAX_MISORDER:
        late = stream["max_seq"] - back
        if _seen(window, late):
            stream["duplicates"] += 1
            return DUPLICATE
        stream["out_of_order"] += 1
        stream["unique"] += 1
        if late < stream["base_seq"]:
            if late + 1 < stream["base_seq"]:
                open_gap(stream, gaps[number], bursts[number], late + 1, stream["base_seq"] - late - 1)
            stream["base_seq"] = late
        else:
            fill_gap(stream, gaps[number], bursts[number], late)
        return LATE
    if sequence == stream["bad_seq"]:  # two in a row at the new place: the sender began again
        stream["expected_before"] += stream["max_seq"] - stream["base_seq"] + 1
        stream["unique_before"] += stream["unique"]
        stream["restarts"] += 1
        stream["out_of_order"] -= 1  # the first of the two was taken for a stray
        stream["time"] = -1  # its time stamps begin again too
        stream["watched"] = stream["packets"] + RECENT
        first = (sequence - 1) & 0xFFFF
        close_gaps(stream, gaps[number], bursts[number])
        start_count(stream, window, first, first + 1)
        return ANEW
    stream["bad_seq"] = (sequence + 1) & 0xFFFF
    stream["out_of_order"] += 1
    stream["watched"] = stream["packets"] + RECENT
    return STRAY
