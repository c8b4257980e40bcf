"""Integers out of bytes."""

from __future__ import annotations

import struct

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xivolab.net.bytes import byte, eight, half, u16, u32, word


@given(st.binary(min_size=5, max_size=5))
def test_as_struct_reads_them(data: bytes) -> None:
    buffer = np.frombuffer(data, np.uint8)
    assert u16(buffer, 1) == struct.unpack_from("!H", data, 1)[0]
    assert u32(buffer, 1) == struct.unpack_from("!I", data, 1)[0]
    for swapped, order in ((False, "<"), (True, ">")):
        assert half(buffer, 1, swapped) == struct.unpack_from(order + "H", data, 1)[0]
        assert word(buffer, 1, swapped) == struct.unpack_from(order + "I", data, 1)[0]


@given(st.binary(min_size=9, max_size=9))
def test_eight_bytes_and_one(data: bytes) -> None:
    buffer = np.frombuffer(data, np.uint8)
    assert eight(buffer, 1) == struct.unpack_from("<q", data, 1)[0]
    assert byte(buffer, 1) == data[1]
