"""SIP in WebSocket frames (RFC 6455, 5.2; RFC 7118), recognised without the HTTP upgrade, which may not be captured."""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper
from xivolab.net.bytes import i64

_LOOKED_AT = 32  # bytes of a frame in which a method and the scheme of its URI stand


@helper
def _clear(buffer: Any, at: int, mask: int, index: int) -> int:
    """One byte of a payload at `at`, unmasked with the four bytes at `mask` (-1: not masked)."""
    value = i64(buffer[at + index])
    return value if mask < 0 else value ^ i64(buffer[mask + (index & 3)])


@helper
def begins_like_websocket(buffer: Any, at: int, end: int) -> bool:
    """Whether a text or binary frame that begins a SIP message stands at `at`."""
    if end - at < 14 or buffer[at] & 0x70 != 0 or (buffer[at] & 15 != 1 and buffer[at] & 15 != 2):
        return False
    size = i64(buffer[at + 1]) & 0x7F
    mask = i64(-1)
    payload = at + (2 if size < 126 else 4 if size == 126 else 10)
    if buffer[at + 1] & 0x80:
        mask = payload
        payload += 4
    stop = min(end - payload, _LOOKED_AT)
    if stop < 9:
        return False
    index = 0
    while index < stop and 33 <= _clear(buffer, payload, mask, index) <= 126:
        index += 1
    if index < 3 or index + 4 > stop or _clear(buffer, payload, mask, index) != 32:
        return False
    if index == 7 and _clear(buffer, payload, mask, 0) == 83 and _clear(buffer, payload, mask, 3) == 47:  # "SIP/2.0"
        return 48 <= _clear(buffer, payload, mask, 8) <= 54
    return (
        _clear(buffer, payload, mask, index + 1) | 32 == 115
        and _clear(buffer, payload, mask, index + 2) | 32 == 105
        and _clear(buffer, payload, mask, index + 3) | 32 == 112
    )


@helper
def asks_for_sip(buffer: Any, at: int, end: int) -> bool:
    """Whether an HTTP request or its answer at `at` names the sub-protocol "sip" (RFC 7118, 4): "Protocol: sip"."""
    if end - at < 40 or not (
        (buffer[at] == 71 and buffer[at + 1] == 69 and buffer[at + 2] == 84 and buffer[at + 3] == 32)
        or (buffer[at] == 72 and buffer[at + 1] == 84 and buffer[at + 9] == 49 and buffer[at + 11] == 49)
    ):
        return False
    for here in range(at + 16, end - 4):
        # "Sec-WebSocket-Protocol:" ends in "ol:", in whatever case; a blank may follow.
        if buffer[here] == 58 and buffer[here - 1] | 32 == 108 and buffer[here - 2] | 32 == 111:
            word = here + 2 if buffer[here + 1] == 32 else here + 1
            if (
                word + 3 <= end
                and buffer[word] | 32 == 115
                and buffer[word + 1] | 32 == 105
                and buffer[word + 2] | 32 == 112
            ):
                return True
    return False
