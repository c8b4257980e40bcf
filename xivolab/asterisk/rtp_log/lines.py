"""The lines with which Asterisk tells each RTP packet (res/res_rtp_asterisk.c, the same from 1.6 to 23):

    Got  RTP packet from    10.0.0.1:4000 (type 08, seq 012345, ts 000160, len 000160)
    Sent RTP packet to      10.0.0.1:4000 (via ICE) (type 08, seq 012345, ts 000160, len 000160)
    Sent Comfort Noise RTP packet to 10.0.0.1:4000 (type 13, seq …
    Got  RTP RFC2833 from   10.0.0.1:4000 (type 101, seq …, len 000004, mark 0, event 00000005, end 0, duration 00160)
    Sent RTP DTMF packet to 10.0.0.1:4000 (type 101, seq …
    Sent RTP P2P packet to 10.0.0.2:4002 (type 08, len 000160)

The second line of a telephone event tells what is in the packet that the line before it told. A packet that is handed on
unread (P2P, a native bridge) keeps sequence number and timestamp: they are those of the packet that the same thread got.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from xivolab._kernel import helper, kernel
from xivolab.asterisk.log.rows import VERBOSE
from xivolab.net.bytes import byte, eight, i64

RTP_LINE = np.dtype(
    [
        ("time", np.int64),  # as in the row of the record, of `clock`
        ("line", np.int64),
        ("callid", np.int64),
        ("thread", np.int64),
        ("address", np.int64),  # a hash of its text, which stands at [at, end) of the buffer
        ("timestamp", np.int64),
        ("body", np.int64),  # of a telephone event: its four bytes as a number; -1 without
        ("sequence", np.int32),  # -1 where nothing tells it
        ("length", np.int32),  # of the payload
        ("row", np.int32),
        ("at", np.int32),
        ("end", np.int32),
        ("kind", np.uint8),
        ("type", np.uint8),  # of the payload
        ("clock", np.uint8),
    ],
    align=True,
)

NOTHING, GOT, SENT, EVENT, CONTROL = range(5)
"""What a line is: a packet that came, one that was sent, what is in the telephone event that came, something that may be of RTCP."""

THREADS = 256
"""Threads of which the last packet is remembered."""

_LONGEST = 200  # bytes of a line
_GOT_, _GOT1, _SENT = (int.from_bytes(word, "little") for word in (b"Got  RTP", b"Got RTP ", b"Sent RTP"))
_NOISE = int.from_bytes(b"Sent Com", "little")
_CONTROL = np.array(
    [int.from_bytes(word, "little") for word in (b"* Sent R", b"* Sendin", b"RTCP fro", b"Got RTCP")], np.int64
)
_MODULE = int.from_bytes(b"res_rtp_", "little")
_NO_PACKET = -1


@helper
def _is_control(buffer: Any, at: int, end: int, source: int, source_end: int) -> bool:
    """Whether a line is of RTCP: what the module of RTP says else, or where nobody says who wrote it, what begins so."""
    length = source_end - source
    if length > 0:
        if length >= 8:
            return eight(buffer, source) == _MODULE
        return length == 5 and byte(buffer, source) == 114 and byte(buffer, source + 3) == 46  # rtp.c
    while at < end and byte(buffer, at) <= 32:
        at += 1
    if at + 8 > end:
        return False
    begins = eight(buffer, at)
    return bool(begins == _CONTROL[0] or begins == _CONTROL[1] or begins == _CONTROL[2] or begins == _CONTROL[3])


@helper
def _find_address(buffer: Any, at: int, end: int, line: Any) -> int:
    """Where the address behind "from" or "to" ends; its place and hash go to `line`; -1 without one."""
    k = at
    while k < end:
        while k < end and byte(buffer, k) == 32:
            k += 1
        word = k
        while k < end and byte(buffer, k) != 32:
            k += 1
        length = k - word
        to = length == 2 and byte(buffer, word) == 116 and byte(buffer, word + 1) == 111
        if to or (length == 4 and byte(buffer, word) == 102 and byte(buffer, word + 3) == 109):
            break
    while k < end and byte(buffer, k) == 32:
        k += 1
    if k >= end:
        return -1
    line["at"] = k
    one, two = 0x811C9DC5, 0
    while k < end and byte(buffer, k) != 32:
        value = byte(buffer, k)
        one = ((one ^ value) * 0x01000193) & 0xFFFFFFFF  # FNV-1a
        two = (two * 31 + value) & 0x7FFFFFFF
        k += 1
    line["end"] = k
    line["address"] = (one << 31) | two
    return k


@helper
def _digit(value: int) -> int:
    """A hexadecimal digit, -1 for what is none."""
    if 48 <= value <= 57:
        return value - 48
    lower = value | 32
    return lower - 87 if 97 <= lower <= 102 else -1


@helper
def _read_numbers(buffer: Any, at: int, end: int, line: Any) -> bool:
    """Read "(type 08, seq 012345, …)" behind the address; whether type and length stand there."""
    line["sequence"], line["body"] = _NO_PACKET, -1
    code, ended, duration = i64(-1), i64(0), i64(0)
    has_type, has_length = False, False
    k = at
    while k + 5 < end and not (byte(buffer, k) == 40 and byte(buffer, k + 1) == 116):
        k += 1
    k += 1
    while k + 3 < end:
        first, second = byte(buffer, k), byte(buffer, k + 1)
        while k < end and byte(buffer, k) != 32:
            k += 1
        while k < end and byte(buffer, k) == 32:
            k += 1
        hexadecimal = first == 101 and second == 118  # event
        number, digits = i64(0), 0
        while k < end and digits < 10:
            value = _digit(byte(buffer, k))
            if value < 0 or (value > 9 and not hexadecimal):
                break
            number = number * (16 if hexadecimal else 10) + value
            digits += 1
            k += 1
        if digits == 0:
            return False
        if first == 116 and second == 121:  # type
            has_type = number < 128
            line["type"] = number & 127
        elif first == 115:  # seq
            line["sequence"] = number if number < 65536 else _NO_PACKET
        elif first == 116:  # ts
            line["timestamp"] = number & 0xFFFFFFFF
        elif first == 108:  # len
            has_length = number < 65536
            line["length"] = number & 0xFFFF
        elif hexadecimal:
            code = number & 255
        elif first == 101:  # end
            ended = number & 1
        elif first == 100:  # duration
            duration = number & 0xFFFF
        if k < end and byte(buffer, k) == 41:
            break
        while k < end and (byte(buffer, k) == 44 or byte(buffer, k) == 32):
            k += 1
    if code >= 0:
        line["body"] = (code << 24) | (ended << 23) | duration
    return has_type and has_length


@kernel
def find_rtp(buffer: Any, rows: Any, count: int, last: Any, found: Any) -> int:
    """Fill found (n,) RTP_LINE, n >= count, with what rows[:count] tell of RTP and RTCP; how many there are.

    last (THREADS, 4) int64 = thread, sequence, timestamp, length of the packet that a thread got last: -2 at the
    beginning of a file, and kept from block to block.
    """
    used = 0
    for n in range(count):
        row = rows[n]
        if row["level"] != VERBOSE:
            continue
        at, end = i64(row["message"]), i64(row["end"])
        source, source_end = i64(row["source"]), i64(row["source_end"])
        kind = NOTHING
        if at + 8 <= end:
            begins = eight(buffer, at)
            if begins in (_GOT_, _GOT1):
                kind = GOT
            elif begins in (_SENT, _NOISE):
                kind = SENT
        line = found[used]
        if kind == NOTHING:
            if not _is_control(buffer, at, end, source, source_end):
                continue
            kind = CONTROL
        else:
            end = min(end, at + _LONGEST)
            behind = _find_address(buffer, at, end, line)
            if behind < 0 or not _read_numbers(buffer, behind, end, line):
                continue
            thread, sequence = i64(row["thread"]), i64(line["sequence"])
            known = last[thread & (THREADS - 1)]
            if kind == GOT and line["body"] >= 0:
                kind = EVENT
            elif kind == GOT:
                known[0], known[1], known[2], known[3] = thread, sequence, line["timestamp"], line["length"]
            elif sequence == _NO_PACKET and known[0] == thread and known[3] == line["length"]:
                line["sequence"], line["timestamp"] = known[1], known[2]
                known[0] = -2
        line["time"], line["line"], line["clock"] = row["time"], row["line"], row["clock"]
        line["callid"], line["thread"] = row["callid"], row["thread"]
        line["row"], line["kind"] = n, kind
        used += 1
    return used
