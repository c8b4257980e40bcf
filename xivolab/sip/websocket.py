"""The messages of a WebSocket connection (RFC 6455, 5; RFC 7692 for compressed ones), one SIP message in each (RFC 7118)."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import Any

from xivolab.sip.framing import looks_like_sip

_HANDSHAKE = re.compile(rb"(?:GET [^\r\n]+ HTTP/1\.1|HTTP/1\.1 101[^\r\n]*)\r\n.*?\r\n\r\n", re.DOTALL)
_UPGRADE = re.compile(rb"^Upgrade:[ \t]*websocket[ \t]*\r$", re.IGNORECASE | re.MULTILINE)

_CONTINUED, _TEXT, _BINARY = 0, 1, 2
_LONGEST = 1 << 24
"""A frame or message longer than this is none: framing is lost."""


def is_websocket(data: bytes) -> bool:
    """Whether a direction of a connection begins with the HTTP upgrade to WebSocket, or with a frame of SIP."""
    handshake = _HANDSHAKE.match(data)
    if handshake:
        return _UPGRADE.search(handshake.group()) is not None
    frame = _frame(data, 0)
    return (
        frame is not None
        and data[0] & 0x70 == 0  # letters that begin a SIP message have one of these
        and frame.opcode in (_TEXT, _BINARY)
        and looks_like_sip(_unmasked(data[frame.start : frame.end], frame.mask))
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    final: bool
    compressed: bool
    opcode: int
    mask: bytes
    start: int
    end: int


def _frame(data: bytes, at: int) -> _Frame | None:
    """The head of the frame at `at`; its payload may not be there yet. None when the head is not."""
    if len(data) < at + 2:
        return None
    size, start = data[at + 1] & 0x7F, at + 2
    if size >= 126:
        wide = 2 if size == 126 else 8
        size, start = int.from_bytes(data[start : start + wide], "big"), start + wide
    mask = b""
    if data[at + 1] & 0x80:
        mask, start = data[start : start + 4], start + 4
    if len(data) < start:
        return None
    return _Frame(data[at] >> 7 == 1, data[at] & 0x40 != 0, data[at] & 15, mask, start, start + size)


def _unmasked(data: bytes, mask: bytes) -> bytes:
    if not mask:
        return data
    repeated = (mask * (len(data) // 4 + 1))[: len(data)]
    return (int.from_bytes(data, "big") ^ int.from_bytes(repeated, "big")).to_bytes(len(data), "big")


@dataclass(slots=True)
class Messages:
    """Takes the bytes of one direction in order; gives the messages."""

    _pending: bytes = b""
    _parts: list[bytes] = field(default_factory=list)
    _compressed: bool = False
    _inflater: Any = None

    def feed(self, data: bytes) -> list[bytes]:
        """The messages that these bytes complete."""
        found: list[bytes] = []
        self._pending += data
        handshake = _HANDSHAKE.match(self._pending)
        if handshake:
            self._pending = self._pending[handshake.end() :]
        elif self._pending[:4] in (b"GET ", b"HTTP") and b"\r\n\r\n" not in self._pending:
            return found
        while (frame := _frame(self._pending, 0)) and frame.end <= min(len(self._pending), _LONGEST):
            payload = _unmasked(self._pending[frame.start : frame.end], frame.mask)
            self._pending = self._pending[frame.end :]
            if frame.opcode > _BINARY:  # close, ping, pong: they may stand between the frames of a message
                continue
            if frame.opcode != _CONTINUED:
                self._parts, self._compressed = [], frame.compressed
            self._parts.append(payload)
            if frame.final:
                message = b"".join(self._parts)
                found.append(self._inflated(message) if self._compressed else message)
                self._parts = []
        return found

    def lost(self) -> None:
        """Bytes are missing: what follows is expected to begin with a frame."""
        self._pending, self._parts, self._inflater = b"", [], None

    def _inflated(self, message: bytes) -> bytes:
        self._inflater = self._inflater or zlib.decompressobj(wbits=-zlib.MAX_WBITS)
        try:
            data: bytes = self._inflater.decompress(message + b"\0\0\xff\xff", _LONGEST)
        except zlib.error:
            self._inflater = None
            return b""
        return data
