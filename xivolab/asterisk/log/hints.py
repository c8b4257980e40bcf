"""Which records may print a SIP message, or tell a refusal: those in which some words stand. Compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import helper, kernel
from xivolab.asterisk.log.pick import begins_with
from xivolab.net.bytes import byte, i64

SIP, REFUSAL = 1, 2
"""Bits."""

_STEP = 32
_ARROW, _SENT = np.frombuffer(b"<--- ", np.uint8), np.frombuffer(b"ransmitting ", np.uint8)
_EVENT = np.frombuffer(b'SecurityEvent="', np.uint8)
_FAILED, _REJECTED = np.frombuffer(b"' failed for '", np.uint8), np.frombuffer(b"rejected because", np.uint8)


@helper
def _next_letters(buffer: Any, at: int, end: int) -> int:
    """Where the next rare letters of one of these words may be, `end` when there are none."""
    while at + _STEP + 2 <= end:
        hit = 0
        for k in range(_STEP):
            a, b, c = buffer[np.uintp(at + k)], buffer[np.uintp(at + k + 1)], buffer[np.uintp(at + k + 2)]
            hit |= (a == 60) & (b == 45)  # <-
            hit |= (a == 116) & (b == 116) & (c == 105)  # tti
            hit |= (a == 121) & (b == 69)  # yE
            hit |= (a == 39) & (b == 32) & (c == 102)  # ' f
            hit |= (a == 100) & (b == 32) & (c == 98)  # d b
        if hit:
            break
        at += _STEP
    while at + 2 < end:
        a, b, c = buffer[np.uintp(at)], buffer[np.uintp(at + 1)], buffer[np.uintp(at + 2)]
        if (
            (a == 60 and b == 45)
            or (a == 116 and b == 116 and c == 105)
            or (a == 121 and b == 69)
            or (a == 39 and b == 32 and c == 102)
            or (a == 100 and b == 32 and c == 98)
        ):
            return at
        at += 1
    return end


@helper
def _hint(buffer: Any, at: int, start: int, end: int) -> int:
    """What the word says whose rare letters are at `at`; 0 for another word."""
    first = byte(buffer, at)
    if first == 60:
        return SIP if begins_with(buffer, at, end, _ARROW) else 0
    if first == 116:
        return SIP if at - 6 >= start and begins_with(buffer, at - 6, end, _SENT) else 0
    if first == 121:
        return REFUSAL if at - 7 >= start and begins_with(buffer, at - 7, end, _EVENT) else 0
    if first == 39:
        return REFUSAL if begins_with(buffer, at, end, _FAILED) else 0
    return REFUSAL if at - 7 >= start and begins_with(buffer, at - 7, end, _REJECTED) else 0


@kernel
def hint_records(buffer: Any, rows: Any, count: int, hints: Any) -> int:
    """Fill hints (n,) uint8 with bits for rows[:count]; how many have any."""
    found = 0
    for n in range(count):
        hints[n] = 0
    if count == 0:
        return found
    row, at, end = 0, i64(rows[0]["start"]), i64(rows[count - 1]["next"])
    while at < end:
        at = _next_letters(buffer, at, end)
        if at >= end:
            break
        while i64(rows[row]["next"]) <= at:
            row += 1
        bit = _hint(buffer, at, i64(rows[row]["start"]), i64(rows[row]["next"]))
        if bit and not hints[row] & bit:
            if hints[row] == 0:
                found += 1
            hints[row] |= bit
        at += 1
    return found
