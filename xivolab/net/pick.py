"""Which packets are for SIP: found by their content, on any port.

UDP datagrams that begin like a SIP message; all of a TCP flow from its first segment that does (also in a WebSocket frame),
in both directions, and the first few segments of any other flow, because segments arrive in the wrong order.
"""

from __future__ import annotations

from typing import Any

from xivolab._kernel import helper, kernel
from xivolab.net.bytes import i64
from xivolab.net.endpoints import intern
from xivolab.net.rows import TCP, UDP
from xivolab.net.websocket import asks_for_sip, begins_like_websocket

EARLY_SEGMENTS = 8
"""Segments kept of a TCP flow that has not shown SIP yet."""

_LONGEST_START_LINE = 4096
_BEYOND_ASCII = 0x80000000  # in the first four bytes
_CARRIES_SIP = 1 << 30  # a flow's count of segments jumps here when it shows SIP


@helper
def _is_version(buffer: Any, at: int) -> bool:
    """Whether "SIP/2.0" stands at `at`."""
    return (
        buffer[at] == 83
        and buffer[at + 1] == 73
        and buffer[at + 2] == 80
        and buffer[at + 3] == 47
        and buffer[at + 4] == 50
        and buffer[at + 5] == 46
        and buffer[at + 6] == 48
    )


@helper
def begins_like_sip(buffer: Any, at: int, end: int) -> bool:
    """A status line or a request line (RFC 3261, 7.1 and 7.2) at `at`, after CRLFs (7.5)."""
    while at < end and (buffer[at] == 13 or buffer[at] == 10):
        at += 1
    if end - at < 12:
        return False
    if _is_version(buffer, at):
        return buffer[at + 7] == 32 and 48 <= buffer[at + 8] <= 54
    stop = min(end, at + _LONGEST_START_LINE)
    here = at
    while here < stop and 33 <= buffer[here] <= 126:
        here += 1
    if here == at or here - at > 32 or here >= stop or buffer[here] != 32:
        return False
    first_space = here
    while here < stop and buffer[here] != 13 and buffer[here] != 10:
        here += 1
    if here == end:  # cut by the snap length inside the request line: the scheme of its URI tells
        uri = first_space + 1
        return end - uri > 4 and (
            (buffer[uri] | 32) == 115 and (buffer[uri + 1] | 32) == 105 and (buffer[uri + 2] | 32) == 112
        )
    while here > first_space and buffer[here - 1] == 32:
        here -= 1
    return here - 8 > first_space and buffer[here - 8] == 32 and _is_version(buffer, here - 7)


@helper
def _begins_like_hep(buffer: Any, at: int, end: int) -> bool:
    """Whether a packet of HEP, version 3, stands at `at`: agents send them over TCP too."""
    return end - at >= 6 and buffer[at] == 72 and buffer[at + 1] == 69 and buffer[at + 2] == 80 and buffer[at + 3] == 51


@helper
def _flow(source: int, destination: int, keys: Any, used: Any) -> int:
    """The slot of a TCP flow in `keys`; taken when it is new."""
    key = (i64(source) << 32) | i64(destination)
    value = (key ^ (key >> 29)) * 1_000_003
    slot = (value ^ (value >> 17)) & (len(keys) - 1)
    while keys[slot] != key and keys[slot] != -1:
        slot = (slot + 1) & (len(keys) - 1)
    if keys[slot] == -1:
        keys[slot] = key
        used[0] += 1
    return slot


@helper
def _carries_sip(buffer: Any, row: Any, source: int, destination: int, flows: Any, counts: Any, used: Any) -> bool:
    """Whether a segment is kept: its flow has shown SIP, shows it now, or is still young."""
    slot = _flow(source, destination, flows, used)
    at, end = row["payload"], row["payload"] + row["length"]
    if counts[slot] == _CARRIES_SIP:
        return True
    if (
        begins_like_sip(buffer, at, end)
        or begins_like_websocket(buffer, at, end)
        or asks_for_sip(buffer, at, end)
        or _begins_like_hep(buffer, at, end)
    ):
        counts[slot] = _CARRIES_SIP
        counts[_flow(destination, source, flows, used)] = _CARRIES_SIP
        return True
    counts[slot] += counts[slot] < _CARRIES_SIP - 1
    return counts[slot] <= EARLY_SEGMENTS


@kernel
def pick(
    buffer: Any,
    rows: Any,
    first: int,
    count: int,
    slots: Any,
    table: Any,
    endpoints: Any,
    flows: Any,
    counts: Any,
    flows_used: Any,
    picked: Any,
) -> tuple[int, int]:
    """Write into `picked` (m, 3) int32, m >= count, the rows of rows[first:count] that are for SIP: index, endpoints.

    flows (2^k,) int64 and counts (2^k,) int32 remember TCP flows and their segments with payload. Returns how many were
    picked and the row where it stopped: less than `count` when the table of endpoints or flows is full, to be called again
    from there.
    """
    found = 0
    for index in range(first, count):
        row = rows[index]
        kind = row["kind"]
        if kind == UDP:
            # The bytes of RTP are left alone: that its first is no letter is in the row.
            if row["length"] < 12 or row["sequence"] >= _BEYOND_ASCII:
                continue
            if not begins_like_sip(buffer, row["payload"], row["payload"] + row["length"]):
                continue
        elif kind != TCP or row["length"] <= 0:
            continue
        if flows_used[0] * 2 >= len(flows) - 2:
            return found, index
        width = 4 if row["version"] == 4 else 16
        source = intern(buffer, row["address"], row["version"], row["sport"], slots, table, endpoints)
        if source < 0:
            return found, index
        destination = intern(buffer, row["address"] + width, row["version"], row["dport"], slots, table, endpoints)
        if destination < 0:
            return found, index
        if kind == TCP and not _carries_sip(buffer, row, source, destination, flows, counts, flows_used):
            continue
        picked[found, 0] = index
        picked[found, 1] = source
        picked[found, 2] = destination
        found += 1
    return found, count


@kernel
def replant(keys: Any, counts: Any, larger_keys: Any, larger_counts: Any, used: Any) -> None:
    """Move the flows into larger tables."""
    used[0] = 0
    for slot in range(len(keys)):
        if keys[slot] != -1:
            source, destination = keys[slot] >> 32, keys[slot] & 0xFFFFFFFF
            larger_counts[_flow(source, destination, larger_keys, used)] = counts[slot]
