"""The bytes of many messages in one piece, and a list of them that makes objects only of what is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray


class MessageBytes(Sequence[bytes]):
    """The bytes of n messages: message k lies at [starts[k], ends[k]) of `buffer`.

    `buffer` is uint8, `starts` and `ends` are int64 of shape (n,), all contiguous.
    """

    def __init__(self, buffer: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        self.buffer = buffer
        self.starts = starts
        self.ends = ends
        self._view = memoryview(buffer)  # type: ignore[arg-type]  # an array gives its buffer

    @classmethod
    def of(cls, messages: Iterable[bytes]) -> MessageBytes:
        """Some messages put one behind the other."""
        pieces = list(messages)
        bounds = np.zeros(len(pieces) + 1, np.int64)
        np.cumsum([len(piece) for piece in pieces], out=bounds[1:])
        buffer = np.frombuffer(bytearray(b"".join(pieces)), np.uint8)
        return cls(buffer, bounds[:-1].copy(), bounds[1:].copy())

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, row: int) -> bytes: ...
    @overload
    def __getitem__(self, row: slice) -> MessageBytes: ...
    def __getitem__(self, row: int | slice) -> bytes | MessageBytes:
        if isinstance(row, slice):
            return MessageBytes(self.buffer, self.starts[row].copy(), self.ends[row].copy())
        return bytes(self._view[self.starts[row] : self.ends[row]])

    def __iter__(self) -> Iterator[bytes]:
        view = self._view
        for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True):
            yield bytes(view[start:end])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as for any list

    def part(self, row: int, start: int, end: int) -> bytes:
        """Bytes [start, end) of one message, counted from its first."""
        first = int(self.starts[row])
        return bytes(self._view[first + start : first + end])
