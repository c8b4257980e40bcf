"""Equal values as equal small numbers: spans of bytes, and rows of integers. Compiled.

Numbers count from 0 in order of first appearance. Values are compared byte by byte: a hash only says where to look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper, kernel
from xivolab.net.bytes import byte, i64, word

_PRIME, _SEED, _MASK = 0x01000193, 0x811C9DC5, 0xFFFFFFFF  # FNV-1a, 32 bits


@dataclass(slots=True)
class Interned:
    """`ids` (n,) int32: the number of each value, -1 for none; `firsts` (m,) int64: where each number came first."""

    ids: NDArray[np.int32]
    firsts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.firsts)


class Sets(NamedTuple):
    """`ids` (n,) int32: the number of the sequence of each group, -1 for an empty one; the sequences by number."""

    ids: NDArray[np.int32]
    members: list[list[int]]


def intern_spans(buffer: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Interned:
    """Numbers for the values at [starts[k], ends[k]) of `buffer`; an empty one is none."""
    count = len(starts)
    ids, firsts = np.empty(count, np.int32), np.empty(count, np.int64)
    entries = np.empty((count, 3), np.int64)
    found = number_spans(buffer, starts, ends, free_slots(count), entries, ids, firsts)
    return Interned(ids, firsts[:found].copy())


def intern_rows(rows: NDArray[np.int64]) -> Interned:
    """Numbers for the rows of a contiguous matrix (n, k)."""
    count = len(rows)
    ids, firsts = np.empty(count, np.int32), np.empty(count, np.int64)
    hashes = np.empty(count, np.int64)
    found = number_rows(rows, free_slots(count), hashes, ids, firsts)
    return Interned(ids, firsts[:found].copy())


def unlike_within(ids: NDArray[np.int32], numbers: int, order: NDArray[np.int64], offsets: NDArray[np.int64]) -> Sets:
    """The different numbers of each group of rows, in order of first appearance; equal sequences as one.

    Group j is order[offsets[j]:offsets[j + 1]]; rows without a number (-1) count for nothing.
    """
    members = np.empty(len(order), np.int32)
    bounds = np.zeros(len(offsets), np.int64)
    owner = np.full(numbers, -1, np.int32)
    collect_unlike(ids, order, offsets, owner, members, bounds)
    width = members.itemsize
    found = intern_spans(members.view(np.uint8), bounds[:-1] * width, bounds[1:] * width)
    sets = [members[bounds[j] : bounds[j + 1]].tolist() for j in found.firsts.tolist()]
    return Sets(found.ids, sets)


def grouped(ids: NDArray[np.int32], numbers: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows of each number: order[offsets[j]:offsets[j + 1]], ascending; rows without one (-1) are in none."""
    order = np.argsort(ids, kind="stable").astype(np.int64, copy=False)
    order = order[np.count_nonzero(ids < 0) :].copy()
    offsets = np.zeros(numbers + 1, np.int64)
    np.cumsum(np.bincount(ids[ids >= 0], minlength=numbers), out=offsets[1:])
    return order, offsets


def free_slots(count: int) -> NDArray[np.int32]:
    """Room for the numbers of so many values."""
    return np.full(1 << max(4, (2 * count).bit_length()), -1, np.int32)


@helper
def hash_bytes(buffer: Any, start: int, end: int) -> int:
    """A number of 32 bits made of the bytes at [start, end)."""
    value = i64(_SEED)
    at = start
    while at + 4 <= end:
        value = ((value ^ word(buffer, at, False)) * _PRIME) & _MASK
        value ^= value >> 16
        at += 4
    while at < end:
        value = ((value ^ byte(buffer, at)) * _PRIME) & _MASK
        at += 1
    return value ^ (value >> 13)


@helper
def _same_bytes(buffer: Any, one: int, other: int, length: int) -> bool:
    i = 0
    while i + 4 <= length:
        if word(buffer, one + i, False) != word(buffer, other + i, False):
            return False
        i += 4
    while i < length:
        if byte(buffer, one + i) != byte(buffer, other + i):
            return False
        i += 1
    return True


@helper
def number_of(buffer: Any, start: int, end: int, slots: Any, entries: Any, used: int) -> int:
    """The number of the value at [start, end); `used`, and a place taken, when it is new.

    slots (2^k,) int32, -1 where free; entries (m, 3) int64: hash, start and end of each number.
    """
    value = hash_bytes(buffer, start, end)
    slot = value & (len(slots) - 1)
    while True:
        number = slots[slot]
        if number < 0:
            slots[slot] = used
            entries[used, 0] = value
            entries[used, 1] = start
            entries[used, 2] = end
            return used
        first = entries[number, 1]
        if (
            entries[number, 0] == value
            and entries[number, 2] - first == end - start
            and _same_bytes(buffer, first, start, end - start)
        ):
            return number  # type: ignore[no-any-return]  # a numpy integer
        slot = (slot + 1) & (len(slots) - 1)


@kernel
def plant(entries: Any, used: int, slots: Any) -> None:
    """Put the numbers of entries[:used] into empty slots."""
    for number in range(used):
        slot = entries[number, 0] & (len(slots) - 1)
        while slots[slot] >= 0:
            slot = (slot + 1) & (len(slots) - 1)
        slots[slot] = number


@kernel
def number_spans(buffer: Any, starts: Any, ends: Any, slots: Any, entries: Any, ids: Any, firsts: Any) -> int:
    """Fill ids (n,) int32 and firsts (n,) int64 for n spans; returns how many different values there are.

    slots (2^k,) int32 come filled with -1, 2^k > n; entries (n, 3) int64 are for the work.
    """
    used = 0
    for k in range(len(starts)):
        ids[k] = -1
        if ends[k] > starts[k]:
            number = number_of(buffer, starts[k], ends[k], slots, entries, used)
            if number == used:
                firsts[used] = k
                used += 1
            ids[k] = number
    return used


@helper
def _same_row(rows: Any, one: int, other: int) -> bool:
    for i in range(rows.shape[1]):  # noqa: SIM110 - numba compiles no generators
        if rows[one, i] != rows[other, i]:
            return False
    return True


@kernel
def number_rows(rows: Any, slots: Any, hashes: Any, ids: Any, firsts: Any) -> int:
    """The same for the rows of a matrix (n, k) int64."""
    used = 0
    for k in range(rows.shape[0]):
        value = i64(_SEED)
        for i in range(rows.shape[1]):
            item = rows[k, i]
            value = ((value ^ (item & _MASK) ^ ((item >> 32) & _MASK)) * _PRIME) & _MASK
            value ^= value >> 16
        slot = value & (len(slots) - 1)
        while True:
            number = slots[slot]
            if number < 0:
                slots[slot] = used
                hashes[used] = value
                firsts[used] = k
                ids[k] = used
                used += 1
                break
            if hashes[number] == value and _same_row(rows, firsts[number], k):
                ids[k] = number
                break
            slot = (slot + 1) & (len(slots) - 1)
    return used


@kernel
def collect_unlike(ids: Any, order: Any, offsets: Any, owner: Any, members: Any, bounds: Any) -> None:
    """Write the different numbers of each group into members (len(order),) int32, group j at bounds[j]:bounds[j + 1].

    owner (m,) int32 comes filled with -1, for the work; bounds (groups + 1,) int64.
    """
    at = 0
    for group in range(len(offsets) - 1):
        bounds[group] = at
        for place in range(offsets[group], offsets[group + 1]):
            number = ids[order[place]]
            if number >= 0 and owner[number] != group:
                owner[number] = group
                members[at] = number
                at += 1
    bounds[len(offsets) - 1] = at
