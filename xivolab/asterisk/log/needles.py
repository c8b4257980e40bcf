"""Where some words stand in bytes, at the speed of memory: what grep does, for several words and with the lines counted.

A word is looked for by two of its bytes, the rarest, at sixty-four places at a time, which a compiler makes a handful of
instructions of; only where both are there the word itself is compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper, kernel
from xivolab.net.bytes import byte, i64

STRIDE = 1 << 14
"""So many bytes are searched for one word after the other, while they are near."""

_WIDE = 64
_ROOM = 1 << 16
_TRIED = 8


@helper
def _probed(buffer: Any, at: int, end: int, one: int, two: int, a: int, b: int) -> int:
    """The first place in [at, end) behind which the two bytes stand where they should; `end` when there is none."""
    first, second = np.uint8(a), np.uint8(b)
    while at + _WIDE <= end:
        # Counted, and in bytes: so the compiler compares many at once.
        near, far, here = at + one, at + two, np.uint8(0)
        for k in range(_WIDE):
            both = np.uint8(buffer[np.uintp(near + k)] == first) & np.uint8(buffer[np.uintp(far + k)] == second)
            here = np.uint8(here + both)
        if here:
            break
        at += _WIDE
    while at < end:
        if buffer[np.uintp(at + one)] == first and buffer[np.uintp(at + two)] == second:
            return at
        at += 1
    return end


@helper
def _stands(buffer: Any, at: int, words: Any, begin: int, stop: int) -> bool:
    for k in range(stop - begin):  # noqa: SIM110 - numba compiles no generators
        if byte(buffer, at + k) != byte(words, begin + k):
            return False
    return True


@helper
def _lines(buffer: Any, at: int, end: int) -> int:
    found = 0
    while at + _WIDE <= end:
        here = np.uint8(0)
        for k in range(_WIDE):
            here = np.uint8(here + np.uint8(buffer[np.uintp(at + k)] == 10))
        found += i64(here)
        at += _WIDE
    while at < end:
        found += buffer[np.uintp(at)] == 10
        at += 1
    return found


@kernel
def find_words(
    buffer: Any, at: int, end: int, limit: int, words: Any, starts: Any, probes: Any, hits: Any, lines: Any
) -> tuple[int, int]:
    """Where words begin in buffer[at:end], of which bytes up to `limit` are known; where it stopped, and how many.

    words (n,) uint8 has them one after the other, starts (k + 1,) int64 where each begins, probes (k, 2) int64 which of its
    bytes to look for. hits (m, 2) int64 gets place and word, stride by stride; lines (s,) int64 how many lines end in each
    stride, as far as it goes. It stops before a stride for which hits has no room.
    """
    count, stride = 0, 0
    while at < end:
        stop = min(at + STRIDE, end)
        begun = count
        for word in range(len(probes)):
            begin, size = i64(starts[word]), i64(starts[word + 1]) - i64(starts[word])
            one, two = i64(probes[word, 0]), i64(probes[word, 1])
            a, b = byte(words, begin + one), byte(words, begin + two)
            last = min(stop, limit - size + 1)
            k = _probed(buffer, at, last, one, two, a, b)
            while k < last:
                if _stands(buffer, k, words, begin, begin + size):
                    if count == len(hits):
                        return at, begun
                    hits[count, 0], hits[count, 1] = k, word
                    count += 1
                k = _probed(buffer, k + 1, last, one, two, a, b)
        if stride < len(lines):
            lines[stride] = _lines(buffer, at, stop)
        at = stop
        stride += 1
    return at, count


_STEM = re.compile(rb".*?(-[0-9a-f]{7})[0-9a-f](?:;[12])?", re.S)
"""The name of a channel: those of one call have counters that differ in the last digit, as a rule, and are looked for as one."""


@dataclass(frozen=True, slots=True)
class Words:
    """Some words as the kernel takes them: `stems` for some of them what they share, and where it is in each."""

    words: NDArray[np.uint8]
    starts: NDArray[np.int64]
    probes: NDArray[np.int64]
    stems: list[list[tuple[bytes, int]]]

    @classmethod
    def of(cls, words: Sequence[bytes], sample: bytes) -> Words:
        """These; `sample` tells which bytes are rare."""
        sought: dict[bytes, list[tuple[bytes, int]]] = {}
        for word in words:
            found = _STEM.fullmatch(word)
            stem, at = (found[1], found.start(1)) if found else (word, 0)
            sought.setdefault(stem, []).append((word, at))
        for stem, named in list(sought.items()):
            if len(named) == 1:
                del sought[stem]
                sought[named[0][0]] = [(named[0][0], 0)]
        seen = np.frombuffer(sample, np.uint8)
        return cls(
            np.frombuffer(b"".join(sought) or b"\0", np.uint8),
            np.cumsum([0, *map(len, sought)]),
            np.array([_rarest(word, seen) for word in sought], np.int64).reshape(-1, 2),
            list(sought.values()),
        )

    def stands(self, buffer: NDArray[np.uint8], place: int, number: int, limit: int) -> bool:
        """Whether it is a whole word of which the stem with that number was found at a place."""
        named = self.stems[number]
        if len(named) == 1:
            return True
        for word, at in named:
            begin, end = place - at, place - at + len(word)
            if begin >= 0 and end <= limit and buffer[begin:end].tobytes() == word:
                return True
        return False


def _rarest(word: bytes, sample: NDArray[np.uint8]) -> tuple[int, int]:
    """The places of two bytes of a word that seldom stand so far apart in the sample."""
    common = np.bincount(sample, minlength=256)
    places = sorted(range(len(word)), key=lambda k: (common[word[k]], -k))[:_TRIED]
    there = {place: sample == word[place] for place in places}
    room = max(len(sample) - len(word), 0)

    def together(pair: tuple[int, int]) -> int:
        one, two = pair
        return int(np.count_nonzero(there[one][one : one + room] & there[two][two : two + room]))

    return min(combinations(places, 2), key=together, default=(0, 0))


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a part of a buffer: `hits` (n, 2), place and number of stem, by place; `lines` of each stride from its beginning."""

    hits: NDArray[np.int64]
    lines: NDArray[np.int64]


def find(buffer: NDArray[np.uint8], at: int, end: int, limit: int, words: Words, counted: bool = False) -> Found:
    """Every word that begins in buffer[at:end], of which bytes up to `limit` are known; the lines, when they are to be counted."""
    hits = np.empty((_ROOM, 2), np.int64)
    parts, lines = [np.empty((0, 2), np.int64)], [np.zeros(0, np.int64)]
    while at < end:
        begin, strides = at, -(-(end - at) // STRIDE) if counted else 0
        inside = np.zeros(strides, np.int64)
        at, count = find_words(buffer, at, end, limit, words.words, words.starts, words.probes, hits, inside)
        if at == begin:
            hits = np.empty((2 * len(hits), 2), np.int64)
        parts.append(hits[:count].copy())
        lines.append(inside[: -(-(at - begin) // STRIDE)])
    found = np.concatenate(parts)
    if any(len(named) > 1 for named in words.stems):
        stands = [words.stands(buffer, place, number, limit) for place, number in found.tolist()]
        found = found[np.array(stands, np.bool_)]
    return Found(found[np.argsort(found[:, 0], kind="stable")], np.concatenate(lines))
