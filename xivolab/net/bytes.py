"""Integers out of bytes, for kernels.

Indexes are made unsigned: a signed one costs a comparison with 0 for each byte, for Python's counting from the end.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import helper


@helper
def i64(value: Any) -> int:
    """A number as a signed 64-bit one: numba makes a float of signed and unsigned together."""
    return np.int64(value)  # type: ignore[return-value]  # numpy's integer does what int does


@helper
def byte(buffer: Any, at: int) -> int:
    """One byte."""
    return np.int64(buffer[np.uintp(at)])  # type: ignore[return-value]


@helper
def u16(buffer: Any, at: int) -> int:
    """Two bytes, big-endian."""
    return (byte(buffer, at) << 8) | byte(buffer, at + 1)


@helper
def u32(buffer: Any, at: int) -> int:
    """Four bytes, big-endian, as a non-negative number."""
    return (byte(buffer, at) << 24) | (byte(buffer, at + 1) << 16) | (byte(buffer, at + 2) << 8) | byte(buffer, at + 3)


@helper
def eight(buffer: Any, at: int) -> int:
    """Eight bytes, little-endian, as a signed number: one load."""
    low = byte(buffer, at) | (byte(buffer, at + 1) << 8) | (byte(buffer, at + 2) << 16) | (byte(buffer, at + 3) << 24)
    at += 4
    high = byte(buffer, at) | (byte(buffer, at + 1) << 8) | (byte(buffer, at + 2) << 16) | (byte(buffer, at + 3) << 24)
    return low | (high << 32)


@helper
def word(buffer: Any, at: int, swapped: bool) -> int:
    """Four bytes in the byte order of a capture file: little-endian, or big-endian when `swapped`."""
    if swapped:
        return u32(buffer, at)
    return byte(buffer, at) | (byte(buffer, at + 1) << 8) | (byte(buffer, at + 2) << 16) | (byte(buffer, at + 3) << 24)


@helper
def half(buffer: Any, at: int, swapped: bool) -> int:
    """Two bytes in the byte order of a capture file."""
    if swapped:
        return u16(buffer, at)
    return byte(buffer, at) | (byte(buffer, at + 1) << 8)


@helper
def line_end(buffer: Any, at: int, end: int) -> int:
    """Where the line feed of the line at `at` is, or `end`. Four bytes at a time: adding carries into bit 7 of all but 0."""
    while at + 4 <= end:
        four = word(buffer, at, False) ^ 0x0A0A0A0A
        if (((four & 0x7F7F7F7F) + 0x7F7F7F7F) | four) & 0x80808080 != 0x80808080:
            break
        at += 4
    while at < end and byte(buffer, at) != 10:
        at += 1
    return at
