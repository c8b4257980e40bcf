"""WebSocket frames made to order (RFC 6455, 5.2)."""

from __future__ import annotations

import struct

UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: pbx\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n"
    b"Sec-WebSocket-Protocol: sip\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
"""What a browser asks (RFC 7118, 4.1)."""

UPGRADED = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: HSmrc0sMlYUkAGmm5OPpG2HaGWk=\r\nSec-WebSocket-Protocol: sip\r\n\r\n"
)
"""What the PBX answers."""


def tframe(
    payload: bytes, *, mask: bytes = b"", opcode: int = 1, final: bool = True, compressed: bool = False
) -> bytes:
    """One frame; `mask` is four bytes, as clients use them, or none, as servers send. `opcode` 1 is text, 0 continues."""
    size = len(payload)
    head = bytes([(0x80 if final else 0) | (0x40 if compressed else 0) | opcode])
    masked = 0x80 if mask else 0
    if size < 126:
        head += bytes([masked | size])
    else:
        head += bytes([masked | (126 if size < 65536 else 127)]) + struct.pack("!H" if size < 65536 else "!Q", size)
    if mask:
        payload = bytes(value ^ mask[at % 4] for at, value in enumerate(payload))
    return head + mask + payload
