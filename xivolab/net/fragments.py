"""IP fragments put together again (RFC 791, 3.2; RFC 8200, 4.5), in whatever order they came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from xivolab.net.rows import MORE_FRAGMENTS

LIFE_NS = 60 * 10**9
"""A packet that is not whole after this time never will be (RFC 8200, 4.5): its identification may be used again."""

_COPIES_WITHIN_NS = 10**9
_REMEMBERED = 1 << 14  # packets, whole or not: memory stays flat when fragments are many


Place = tuple[int, int]
"""Index of a file, and a frame in it."""


class FragmentKey(NamedTuple):
    """The packet that a fragment is of: addresses as bytes, protocol and identification."""

    source: bytes
    destination: bytes
    protocol: int
    identification: int


@dataclass(slots=True)
class _Parts:
    time: int
    pieces: dict[int, bytes] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    size: int = -1  # known once the last fragment came


class Fragments:
    """Fragments waiting for the rest of their packet. `places` are those of the packet that was whole last."""

    def __init__(self) -> None:
        self.places: tuple[Place, ...] = ()
        self._waiting: dict[FragmentKey, _Parts] = {}
        self._whole: dict[FragmentKey, int] = {}  # when the last packet of this key was whole
        self._given_up = 0

    @property
    def missing(self) -> int:
        """Packets of which a part never came; those of which a copy was whole do not count."""
        return self._given_up + sum(not self._is_copy(key, parts) for key, parts in self._waiting.items())

    def add(
        self, key: FragmentKey, placed: int, data: bytes, time: int, places: tuple[Place, ...] = ()
    ) -> bytes | None:
        """Take one fragment, captured at `time` (ns) at `places`; `placed` is its offset with `MORE_FRAGMENTS`.

        The whole payload when it completes one.
        """
        parts = self._waiting.setdefault(key, _Parts(time))
        if len(self._waiting) > _REMEMBERED:
            oldest = next(iter(self._waiting))
            self._given_up += not self._is_copy(oldest, self._waiting.pop(oldest))
        if abs(time - parts.time) > LIFE_NS:
            self._given_up += not self._is_copy(key, parts)
            parts = self._waiting[key] = _Parts(time)
        offset = placed & ~MORE_FRAGMENTS
        parts.pieces.setdefault(offset, data)
        parts.places += places
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
        self._whole[key] = time
        self.places = tuple(dict.fromkeys(parts.places))
        if len(self._whole) > _REMEMBERED:
            del self._whole[next(iter(self._whole))]
        return bytes(whole[: parts.size])

    def _is_copy(self, key: FragmentKey, parts: _Parts) -> bool:
        """Whether they are of a packet that was whole a moment ago: captured at several interfaces, some of it twice."""
        return key in self._whole and abs(parts.time - self._whole[key]) < _COPIES_WITHIN_NS
