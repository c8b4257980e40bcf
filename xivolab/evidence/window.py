"""A part of an open file as a file of its own, and a temporary file of such parts.

Several may be read at once: each keeps its own place.
"""

from __future__ import annotations

import io
import os
import weakref
from typing import Any, BinaryIO, cast


class Window(io.RawIOBase):
    """Bytes `start` to `start + size` of the open file `descriptor`, which stays the caller's to close."""

    def __init__(self, descriptor: int, start: int, size: int) -> None:
        self._descriptor = descriptor
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place in the window."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def tell(self) -> int:
        """The place in the window."""
        return self._at

    def readinto(self, room: Any) -> int:
        """Read up to as much as there is room for."""
        wanted = memoryview(room)[: max(self._size - self._at, 0)]
        got = os.preadv(self._descriptor, [wanted], self._start + self._at) if len(wanted) else 0
        self._at += got
        return got


class Spool:
    """A temporary file for bytes that can be had only once; it is gone when nobody refers to it any more."""

    def __init__(self) -> None:
        from tempfile import TemporaryFile

        self._file = TemporaryFile(prefix="xivolab-", buffering=0)  # noqa: SIM115  # open as long as self
        weakref.finalize(self, self._file.close)
        self.size = 0

    def write(self, data: bytes) -> None:
        """Add to its end."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]
        self.size += len(data)

    def window(self, start: int, size: int) -> BinaryIO:
        """A part of it, to read."""
        return cast(BinaryIO, Window(self._file.fileno(), start, size))
