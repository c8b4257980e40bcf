"""From the lines of logs to packets of streams: which packet is of which stream, and rows as those of a capture.

A stream is what one call sends to, or gets from, one address and port: its SSRC is not printed. Without a call id, what
begins elsewhere after a silence is another stream: phones use a port again.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.rtp_log.lines import EVENT, SENT
from xivolab.net.rows import PACKET, UDP

SECOND = 1_000_000_000
_SILENCE = 5 * SECOND
_NEAR = 3000  # sequence numbers
_BACK = 100
_HEADER = 12
_ROOM = 48  # bytes of a packet: two addresses, the header, a telephone event
_AT_ONCE = 1 << 16
_LOOK_BACK = 64  # lines between a packet and what is told of the event in it

TOLD_PACKET = np.dtype(
    [
        ("time", np.int64),  # ns since 1970; 0 without
        ("line", np.int64),
        ("callid", np.int64),
        ("thread", np.int64),
        ("address", np.int64),
        ("timestamp", np.int64),
        ("body", np.int64),
        ("sequence", np.int32),
        ("length", np.int32),
        ("file", np.int32),
        ("boot", np.int32),
        ("flow", np.int32),  # index into the flows; -1 for none
        ("kind", np.uint8),
        ("type", np.uint8),
    ],
    align=True,
)
"""A packet as a line tells it: the fields of `lines.RTP_LINE`, and where it belongs."""


@dataclass(slots=True)
class Flow:
    """One stream to be: `place` is the other end, `sent` to it by Asterisk; `first`, `last` its times in ns, None without."""

    place: str
    sent: bool
    callid: int
    file: int
    boot: int
    line: int
    packets: int
    first: int | None
    last: int | None


def with_events(lines: NDArray[Any]) -> NDArray[Any]:
    """The lines of one file without those that only tell what is in a telephone event: that goes to the packet itself."""
    events = np.flatnonzero(lines["kind"] == EVENT)
    for row in events.tolist():
        told = lines[row]
        for before in range(row - 1, max(row - _LOOK_BACK, 0) - 1, -1):
            packet = lines[before]
            if (
                packet["kind"] != EVENT
                and packet["thread"] == told["thread"]
                and packet["sequence"] == told["sequence"]
                and packet["address"] == told["address"]
            ):
                packet["body"] = told["body"]
                break
    return np.compress(lines["kind"] != EVENT, lines)


def told_once(packets: NDArray[Any]) -> NDArray[Any]:
    """Without the packets that a second file of the same server tells again (full and messages, a copied console)."""
    names = ("time", "thread", "kind", "address", "sequence", "timestamp", "file")
    order = np.lexsort(tuple(packets[name] for name in reversed(names)))
    ordered = packets[order]
    new = np.ones(len(packets), np.bool_)
    same = np.ones(max(len(packets) - 1, 0), np.bool_)
    for name in names[:-1]:
        same &= ordered[name][1:] == ordered[name][:-1]
    new[1:] = ~same
    group = np.cumsum(new) - 1
    first = ordered["file"][new]
    keep = np.zeros(len(packets), np.bool_)
    keep[order] = ordered["file"] == first[group]
    return packets[keep]


def assign(packets: NDArray[Any], places: dict[int, str | None]) -> list[Flow]:
    """The flows of the packets of one server, in order; `packets` get the number of theirs. `places` by hash."""
    packets["flow"] = -1
    known = np.array([places.get(key) is not None for key in packets["address"].tolist()], np.bool_)
    rows = np.flatnonzero(known & (packets["sequence"] >= 0))
    if not len(rows):
        return []
    chosen = packets[rows]
    key = (chosen["kind"] == SENT).astype(np.int64)
    for name in ("address", "callid", "boot"):
        values, place = np.unique(chosen[name], return_inverse=True)
        key = key * len(values) + place.reshape(-1)
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    order = np.argsort(group.reshape(-1), kind="stable")
    parts = np.split(rows[order], np.cumsum(np.bincount(group.reshape(-1)))[:-1])
    flows: list[Flow] = []
    for number in np.argsort(first).tolist():  # as they begin
        for part in _parts(packets, parts[number]):
            packets["flow"][part] = len(flows)
            flows.append(_flow(packets[part], places))
    return flows


def _parts(packets: NDArray[Any], rows: NDArray[np.intp]) -> Sequence[NDArray[np.intp]]:
    """The packets of one call, place and way as streams: one, but without a call id one for each call."""
    if packets["callid"][rows[0]] >= 0:
        return [rows]
    sequence = packets["sequence"][rows].astype(np.int64)
    step = (sequence[1:] - sequence[:-1]) & 0xFFFF
    elsewhere = (step >= _NEAR) & (step < 65536 - _BACK)
    silent = np.diff(packets["time"][rows]) > _SILENCE
    return np.split(rows, np.flatnonzero(elsewhere & silent) + 1)


def _flow(packets: NDArray[Any], places: dict[int, str | None]) -> Flow:
    first = packets[0]
    times = packets["time"][packets["time"] != 0]
    return Flow(
        places[int(first["address"])] or "",
        bool(first["kind"] == SENT),
        int(first["callid"]),
        int(first["file"]),
        int(first["boot"]),
        int(first["line"]),
        len(packets),
        int(times.min()) if len(times) else None,
        int(times.max()) if len(times) else None,
    )


def as_captured(
    packets: NDArray[Any], flows: Sequence[Flow], numbers: Sequence[int]
) -> Iterator[tuple[NDArray[np.uint8], NDArray[Any]]]:
    """Blocks of what a capture would have held of some packets: a buffer and its rows (`net.rows.PACKET`).

    The own end of Asterisk is 0.0.0.0 (::), port 0, and the SSRC the number that each flow has in `numbers`.
    """
    ends = [_end(flow.place) for flow in flows]
    wide = np.array([len(address) == 16 for address, _ in ends], np.bool_)
    remote = np.zeros((len(ends), 16), np.uint8)
    for number, (address, _) in enumerate(ends):
        remote[number, : len(address)] = np.frombuffer(address, np.uint8)
    ports = np.array([port for _, port in ends], np.int64)
    ssrcs = np.array(numbers, np.int64)
    for start in range(0, len(packets), _AT_ONCE):
        part = packets[start : start + _AT_ONCE]
        flow = part["flow"]
        sent, six, count = part["kind"] == SENT, wide[flow], len(part)
        buffer = np.zeros((count, _ROOM), np.uint8)
        width = np.where(six, 16, 4)
        for side in (False, True):  # from the other end, to it
            for size in (4, 16):
                mine = np.flatnonzero((sent == side) & (width == size))
                at = size if side else 0
                buffer[mine, at : at + size] = remote[flow[mine], :size]
        header = buffer[:, 32:]
        header[:, 0] = 0x80
        header[:, 1] = part["type"]
        _put(header, 2, part["sequence"], 2)
        _put(header, 4, part["timestamp"], 4)
        _put(header, 8, ssrcs[flow], 4)
        known = part["body"] >= 0
        _put(header, 12, np.where(known, part["body"], 0), 4)
        rows = np.zeros(count, PACKET)
        rows["frame"], rows["time"], rows["kind"] = part["line"], part["time"], UDP
        rows["address"] = np.arange(count) * _ROOM
        rows["payload"] = rows["address"] + 32
        rows["length"] = np.where(known, _HEADER + 4, _HEADER)
        rows["wire"] = _HEADER + part["length"]
        rows["ip_id"] = (np.arange(start, start + count) & 0x7FFFFFFF) + 1  # nothing in a log was captured twice
        rows["sequence"] = (
            0x80000000 | (part["type"].astype(np.int64) << 16) | part["sequence"]
        )  # the first four bytes, as of any UDP packet
        rows["sport"], rows["dport"] = np.where(sent, 0, ports[flow]), np.where(sent, ports[flow], 0)
        rows["version"], rows["ttl"] = np.where(six, 6, 4), 64
        yield buffer.reshape(-1), rows


def _put(header: NDArray[np.uint8], at: int, values: NDArray[Any], size: int) -> None:
    """Big-endian numbers."""
    for index in range(size):
        header[:, at + index] = (values >> (8 * (size - 1 - index))) & 255


def _end(place: str) -> tuple[bytes, int]:
    host, _, port = place.rpartition(":")
    return ipaddress.ip_address(host.strip("[]")).packed, int(port)
