"""Integers out of bytes, for kernels."""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import helper


@helper
def i64(value: Any) -> int:
    """A number as a signed 64-bit one: numba makes a float of signed and unsigned together."""
    return np.int64(value)  # type: ignore[return-value]  # numpy's integer does what int does


@helper
def u16(buffer: Any, at: int) -> int:
    """Two bytes, big-endian."""
    return (i64(buffer[at]) << 8) | i64(buffer[at + 1])


@helper
def u32(buffer: Any, at: int) -> int:
    """Four bytes, big-endian, as a non-negative number."""
    return (i64(buffer[at]) << 24) | (i64(buffer[at + 1]) << 16) | (i64(buffer[at + 2]) << 8) | i64(buffer[at + 3])


@helper
def word(buffer: Any, at: int, swapped: bool) -> int:
    """Four bytes in the byte order of a capture file: little-endian, or big-endian when `swapped`."""
    if swapped:
        return u32(buffer, at)
    return i64(buffer[at]) | (i64(buffer[at + 1]) << 8) | (i64(buffer[at + 2]) << 16) | (i64(buffer[at + 3]) << 24)


@helper
def half(buffer: Any, at: int, swapped: bool) -> int:
    """Two bytes in the byte order of a capture file."""
    if swapped:
        return u16(buffer, at)
    return i64(buffer[at]) | (i64(buffer[at + 1]) << 8)
