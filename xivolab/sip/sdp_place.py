"""Where the session descriptions of many messages are: `find_sdp` for all at once. Compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper, kernel
from xivolab.sip.scan import line_end_at

LF, CR, TAB, SPACE, ZERO, EQUALS, DASH, SMALL_V = 10, 13, 9, 32, 48, 61, 45, 118


@helper
def _begins_sdp(buffer: NDArray[np.uint8], at: int, end: int) -> bool:
    """Whether the line at `at` is `v=0`, blanks after it allowed, and has an end."""
    if end - at < 4 or buffer[at] != SMALL_V or buffer[at + 1] != EQUALS or buffer[at + 2] != ZERO:
        return False
    at += 3
    while at < end and (buffer[at] == SPACE or buffer[at] == TAB):
        at += 1
    if at < end and buffer[at] == CR:
        at += 1
    return at < end and buffer[at] == LF


@helper
def _sdp_end(buffer: NDArray[np.uint8], at: int, end: int) -> int:
    """Where the description that begins at `at` ends: before a part's boundary, or after its last line `x=…`."""
    blank = False
    here = at
    while here < end:
        if buffer[here] == LF:
            if here + 2 < end and buffer[here + 1] == DASH and buffer[here + 2] == DASH:
                return here + 1
            if not blank and here + 2 < end and buffer[here + 1] == CR and buffer[here + 2] == LF:
                blank = True
                letter = buffer[here + 3] | 32 if here + 4 < end else 0
                if not (97 <= letter <= 122 and buffer[here + 4] == EQUALS):
                    return here + 1
        here += 1
    return end


@kernel
def find_sdps(
    buffer: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64], spans: NDArray[np.int64]
) -> None:
    """Write into `spans` (n, 2) where in `buffer` the description of each message [starts[k], ends[k]) lies, -1 for none."""
    for k in range(len(starts)):
        at, end = starts[k], ends[k]
        spans[k, 0] = spans[k, 1] = -1
        while at < end:
            if buffer[at] == SMALL_V and _begins_sdp(buffer, at, end):
                spans[k, 0], spans[k, 1] = at, _sdp_end(buffer, at, end)
                break
            at = line_end_at(buffer, at, end) + 1
