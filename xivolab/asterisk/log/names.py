"""Names in logs as small numbers: channels, bridges, extensions, Call-IDs, of all files together. Compiled.

Number 0 is the empty name, and applications of the dialplan that decide something of a call have the next ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper, kernel
from xivolab.net.bytes import byte, i64
from xivolab.sip.interning import free_slots, hash_bytes, plant

HASH, START, END, ENDPOINT = range(4)
"""What is known of a name: its hash, its place in the text, and as of a channel the number of its endpoint, -1 until asked."""

USED, SIZE = range(2)
"""How many names there are, and how many bytes of the text are taken."""


class Names:
    """Names by their numbers. `text` (n,) uint8; `entries` (m, 4) int64, `slots` (2^k,) int32 and `counts` (2,) int64 as above."""

    def __init__(self, known: tuple[str, ...] = ()) -> None:
        self.text = np.empty(1 << 16, np.uint8)
        self.entries = np.empty((1 << 10, 4), np.int64)
        self.slots = free_slots(1 << 10)
        self.counts = np.zeros(2, np.int64)
        for name in ("", *known):
            self.number(name.encode())

    def __len__(self) -> int:
        return int(self.counts[USED])

    def make_room(self, names: int, size: int) -> None:
        """Make room for so many new names, and bytes."""
        if self.counts[SIZE] + size > len(self.text):
            self.text = _larger(self.text, int(self.counts[SIZE]), size)
        used = len(self)
        if used + names > len(self.entries):
            self.entries = _larger(self.entries, used, names)
        if 2 * (used + names) > len(self.slots):
            self.slots = free_slots(used + names)
            plant(self.entries, used, self.slots)

    def number(self, name: bytes) -> int:
        """The number of a name, a new one for a new name."""
        self.make_room(1, len(name))
        buffer = np.frombuffer(name or b"\0", np.uint8)
        return int(number_name(buffer, 0, len(name), self.text, self.entries, self.slots, self.counts))

    def channel(self, name: str) -> int:
        """The number of a channel, whose endpoint is known then."""
        number = self.number(name.encode())
        if self.entries[number, ENDPOINT] < 0:
            self.entries[number, ENDPOINT] = self.number(endpoint_of(name).encode())
        return number

    def endpoints(self, channels: NDArray[np.int32]) -> NDArray[np.int64]:
        """The numbers of the endpoints of some channels."""
        found: NDArray[np.int64] = self.entries[channels, ENDPOINT]
        return found

    def words(self, numbers: NDArray[Any]) -> list[str]:
        """Some names in words: UTF-8, else with marks for what is none."""
        bounds = self.entries[numbers, START : END + 1].tolist()
        view = memoryview(self.text.data)
        return [str(view[start:end], "utf-8", "replace") for start, end in bounds]


def endpoint_of(channel: str) -> str:
    """The endpoint, peer or line of a channel: "PJSIP/alice-0000001a" → "alice"."""
    name = channel.partition("/")[2]
    head, dash, tail = name.rpartition("-")
    return head if dash and len(tail) >= 8 else name


def _larger(array: NDArray[Any], used: int, more: int) -> NDArray[Any]:
    """The same with room for more: what nobody writes to takes no memory."""
    new = np.empty((max(2 * len(array), used + more), *array.shape[1:]), array.dtype)
    new[:used] = array[:used]
    return new


@helper
def _is_name(buffer: Any, start: int, end: int, text: Any, first: int) -> bool:
    for k in range(end - start):  # noqa: SIM110 - numba compiles no generators
        if byte(buffer, start + k) != byte(text, first + k):
            return False
    return True


@helper
def name_at(buffer: Any, start: int, end: int, text: Any, entries: Any, slots: Any, counts: Any) -> int:
    """The number of the name at buffer[start:end], a new one for a new name: there must be room for it."""
    value = hash_bytes(buffer, start, end)
    slot = value & (len(slots) - 1)
    while True:
        number = i64(slots[slot])
        if number < 0:
            break
        first = i64(entries[number, START])
        if (
            entries[number, HASH] == value
            and entries[number, END] - first == end - start
            and _is_name(buffer, start, end, text, first)
        ):
            return number
        slot = (slot + 1) & (len(slots) - 1)
    number, at = i64(counts[USED]), i64(counts[SIZE])
    for k in range(end - start):
        text[np.uintp(at + k)] = buffer[np.uintp(start + k)]
    slots[slot] = number
    entries[number, HASH] = value
    entries[number, START] = at
    entries[number, END] = at + end - start
    entries[number, ENDPOINT] = -1
    counts[USED] += 1
    counts[SIZE] += end - start
    return number


@helper
def channel_at(buffer: Any, start: int, end: int, text: Any, entries: Any, slots: Any, counts: Any) -> int:
    """The same for a channel in ASCII, whose endpoint is known then (`endpoint_of`)."""
    number = name_at(buffer, start, end, text, entries, slots, counts)
    if entries[number, ENDPOINT] < 0:
        at = start
        while at < end and byte(buffer, at) != 47:
            at += 1
        at = min(at + 1, end)
        dash = end - 1
        while dash >= at and byte(buffer, dash) != 45:
            dash -= 1
        stop = dash if dash >= at and end - 1 - dash >= 8 else end
        entries[number, ENDPOINT] = name_at(buffer, at, stop, text, entries, slots, counts)
    return number


@kernel
def number_name(buffer: Any, start: int, end: int, text: Any, entries: Any, slots: Any, counts: Any) -> int:
    """`name_at` for Python."""
    return name_at(buffer, start, end, text, entries, slots, counts)
