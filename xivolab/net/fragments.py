"""IP fragments put together again (RFC 791, 3.2; RFC 8200, 4.5), in whatever order they came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from xivolab.net.rows import MORE_FRAGMENTS


class FragmentKey(NamedTuple):
    """The packet that a fragment is of: addresses as bytes, protocol and identification."""

    source: bytes
    destination: bytes
    protocol: int
    identification: int


@dataclass(slots=True)
class _Parts:
    pieces: dict[int, bytes] = field(default_factory=dict)
    size: int = -1  # known once the last fragment came


class Fragments:
    """Fragments waiting for the rest of their packet."""

    def __init__(self) -> None:
        self._waiting: dict[FragmentKey, _Parts] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, key: FragmentKey, placed: int, data: bytes) -> bytes | None:
        """Take one fragment; `placed` is its offset with `MORE_FRAGMENTS`. The whole payload when it completes one."""
        parts = self._waiting.setdefault(key, _Parts())
        offset = placed & ~MORE_FRAGMENTS
        parts.pieces.setdefault(offset, data)
        if not placed & MORE_FRAGMENTS:
            parts.size = offset + len(data)
        if parts.size < 0:
            return None
        whole = bytearray()
        for start in sorted(parts.pieces):
            if start > len(whole):
                return None
            piece = parts.pieces[start]
            whole[start : start + len(piece)] = piece
        if len(whole) < parts.size:
            return None
        del self._waiting[key]
        return bytes(whole[: parts.size])
