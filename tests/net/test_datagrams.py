"""Datagrams taken out of a block."""

from __future__ import annotations

import numpy as np

from xivolab.net.datagrams import FRAME, LENGTH, MARKS, SOURCE, WIRE, copy_datagrams
from xivolab.net.rows import PACKET, TCP, UDP


def test_the_datagrams_among_what_was_picked() -> None:
    buffer = np.frombuffer(bytearray(b"..abc..de"), np.uint8)
    rows = np.zeros(3, PACKET)
    rows["kind"], rows["payload"], rows["length"] = [UDP, TCP, UDP], [2, 0, 7], [3, 2, 2]
    rows["frame"], rows["wire"] = [1, 2, 3], [3, 2, 5]
    picked = np.array([[0, 7, 8], [1, 7, 8], [2, 9, 8]], np.int32)
    out, marks = np.zeros(9, np.uint8), np.zeros((3, MARKS), np.int64)
    assert copy_datagrams(buffer, rows, picked, 3, out, marks) == (2, 5)
    assert out[:5].tobytes() == b"abcde"
    assert marks[:2, FRAME].tolist() == [1, 3]
    assert marks[:2, SOURCE].tolist() == [7, 9]
    assert (marks[1, LENGTH], marks[1, WIRE]) == (2, 5)
