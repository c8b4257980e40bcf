"""Integers out of bytes, for kernels."""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import helper


@helper
def u16(buffer: Any, at: int) -> int:
    """Two bytes, big-endian."""
    return (np.int64(buffer[at]) << 8) | np.int64(buffer[at + 1])


@helper
def u32(buffer: Any, at: int) -> int:
    """Four bytes, big-endian, as a non-negative number."""
    return (
        (np.int64(buffer[at]) << 24)
        | (np.int64(buffer[at + 1]) << 16)
        | (np.int64(buffer[at + 2]) << 8)
        | np.int64(buffer[at + 3])
    )


@helper
def word(buffer: Any, at: int, swapped: bool) -> int:
    """Four bytes in the byte order of a capture file: little-endian, or big-endian when `swapped`."""
    if swapped:
        return u32(buffer, at)
    return (
        np.int64(buffer[at])
        | (np.int64(buffer[at + 1]) << 8)
        | (np.int64(buffer[at + 2]) << 16)
        | (np.int64(buffer[at + 3]) << 24)
    )


@helper
def half(buffer: Any, at: int, swapped: bool) -> int:
    """Two bytes in the byte order of a capture file."""
    if swapped:
        return u16(buffer, at)
    return np.int64(buffer[at]) | (np.int64(buffer[at + 1]) << 8)
