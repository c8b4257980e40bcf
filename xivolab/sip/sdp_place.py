"""Where the session description of a message is, as `find_sdp` finds it. Compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper
from xivolab.net.bytes import byte

LF, CR, TAB, SPACE, ZERO, EQUALS, DASH, SMALL_V = 10, 13, 9, 32, 48, 61, 45, 118


@helper
def begins_sdp(buffer: NDArray[np.uint8], at: int, end: int) -> bool:
    """Whether the line at `at` is `v=0`, blanks after it allowed, and has an end."""
    if end - at < 4 or byte(buffer, at) != SMALL_V or byte(buffer, at + 1) != EQUALS or byte(buffer, at + 2) != ZERO:
        return False
    at += 3
    while at < end and (byte(buffer, at) == SPACE or byte(buffer, at) == TAB):
        at += 1
    if at < end and byte(buffer, at) == CR:
        at += 1
    return at < end and byte(buffer, at) == LF


@helper
def sdp_end(buffer: NDArray[np.uint8], at: int, end: int) -> int:
    """Where the description that begins at `at` ends: before a part's boundary, or after its last line `x=…`."""
    blank = False
    here = at
    while here < end:
        if byte(buffer, here) == LF:
            if here + 2 < end and byte(buffer, here + 1) == DASH and byte(buffer, here + 2) == DASH:
                return here + 1
            if not blank and here + 2 < end and byte(buffer, here + 1) == CR and byte(buffer, here + 2) == LF:
                blank = True
                letter = byte(buffer, here + 3) | 32 if here + 4 < end else 0
                if not (97 <= letter <= 122 and byte(buffer, here + 4) == EQUALS):
                    return here + 1
        here += 1
    return end
