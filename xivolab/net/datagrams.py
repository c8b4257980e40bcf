"""The payloads of picked datagrams, taken out of a block before it is used again."""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import kernel
from xivolab.net.bytes import i64
from xivolab.net.rows import UDP

FRAME, TIME, IP_ID, TTL, LENGTH, WIRE, SOURCE, DESTINATION, TOLD = range(9)
MARKS = 9
"""Columns of the marks of a datagram: `length` bytes of it were captured, `wire` were sent; its ends by number.

`told` is the IP protocol of a message that a datagram only tells of, else 0.
"""


@kernel
def copy_datagrams(buffer: Any, rows: Any, picked: Any, found: int, out: Any, marks: Any) -> tuple[int, int]:
    """Copy the payloads of the UDP rows among rows[picked[:found, 0]] into `out`, one behind the other.

    picked (m, 3) int32 as `pick` fills it; out uint8, as long as the buffer; marks (m, MARKS) int64. Returns how many
    datagrams and how many bytes.
    """
    count = at = 0
    for number in range(found):
        row = rows[picked[number, 0]]
        if row["kind"] != UDP:
            continue
        length, payload = i64(row["length"]), i64(row["payload"])
        for index in range(length):  # a slice would need a copy where the two arrays might overlap
            out[np.uintp(at + index)] = buffer[np.uintp(payload + index)]
        at += length
        mark = marks[count]
        mark[FRAME] = row["frame"]
        mark[TIME] = row["time"]
        mark[IP_ID] = row["ip_id"]
        mark[TTL] = row["ttl"]
        mark[LENGTH] = length
        mark[WIRE] = row["wire"]
        mark[SOURCE] = picked[number, 1]
        mark[DESTINATION] = picked[number, 2]
        mark[TOLD] = row["flags"]
        count += 1
    return count, at
