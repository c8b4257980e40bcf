"""The packets of some streams, out of a second, filtered read of the captures: what playing, comparing and cutting need.

The scan keeps no packet, so that its memory does not grow with the captures; here only those of the wanted streams are kept.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.evidence.source import Source
from xivolab.net.mend import Mender
from xivolab.net.reader import Block, CaptureReader
from xivolab.net.rows import UDP

RTP_PACKET = np.dtype(
    [
        ("time", np.int64),  # arrival, ns since 1970
        ("file", np.int32),  # index of its capture
        ("frame", np.int64),  # number in that file, from 1
        ("sequence", np.int32),
        ("timestamp", np.int64),
        ("payload_type", np.uint8),
        ("marker", np.bool_),
        ("wire", np.int32),  # bytes of the RTP packet that were sent
        ("offset", np.int64),  # where the RTP packet begins in `RtpPackets.data`
        ("length", np.int32),  # bytes of it that were captured
        ("payload", np.int32),  # bytes of its header, CSRCs and extension
        ("size", np.int32),  # captured bytes of its payload, padding left out (RFC 3550, 5.1)
        ("dscp", np.int8),  # of its IP header (RFC 2474); -1 where that is not there, as in HEP
    ]
)

_HEADER = 12
_UDP_PROTOCOL = 17
_SLACK_NS = 100_000_000  # packets of two interfaces are not quite in the order of their times
_AFTER_NS = 60 * 10**9  # so long after the last wanted stream nothing of it comes any more


@dataclass(frozen=True, slots=True)
class Flow:
    """One stream as its record names it: "ip:port" of both ends, SSRC, and from when to when (ns; None for always)."""

    src: str
    dst: str
    ssrc: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class RtpPackets:
    """The packets of one stream as captured, duplicates included: `rows` (n,) of `RTP_PACKET` by time, `data` uint8.

    `data` holds whole RTP packets, of several streams perhaps; it is empty when only the columns were asked for.
    """

    rows: NDArray[Any]
    data: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.rows)

    def packet(self, index: int) -> bytes:
        """The RTP packet in row `index`, as far as it was captured."""
        row = self.rows[index]
        return self.data[row["offset"] : row["offset"] + row["length"]].tobytes()

    def payload(self, index: int) -> bytes:
        """The payload of that packet, without padding."""
        row = self.rows[index]
        start = row["offset"] + row["payload"]
        return self.data[start : start + row["size"]].tobytes()


def flow_of(record: Any) -> Flow:
    """The flow of a stream's record (an object with the fields of `xivolab.schema.STREAM`, times in float seconds)."""
    # The fields are seconds: as float they are some hundred ns off, which the slack of the window covers.
    start, end = round(record.start * 1e9), round(record.end * 1e9)
    if end < start:  # the clock of this capture went back: time tells nothing
        return Flow(record.src, record.dst, int(record.ssrc, 16))
    return Flow(record.src, record.dst, int(record.ssrc, 16), start, end)


def rtp_packets(
    sources: Sequence[Source],
    flows: Sequence[Flow],
    *,
    data: bool = True,
    progress: Callable[[str, int], None] | None = None,
) -> list[RtpPackets]:
    """The packets of each of `flows`, in that order. Memory grows with what is wanted, not with the captures.

    `data` False leaves the bytes out. Raises EvidenceError for a file that is no capture.
    """
    wanted = _Wanted(flows)
    found: list[NDArray[Any]] = []
    owners: list[NDArray[np.int64]] = []
    pieces: list[bytes] = []
    kept = 0
    mender = Mender()
    for number, source in enumerate(sources):
        reader = CaptureReader(source, mender=mender)
        for block in reader.blocks():
            picked, owner = wanted.pick(block)
            if len(picked):
                rows, piece = _rows(block, picked, number, kept, data)
                found.append(rows)
                owners.append(owner)
                pieces.append(piece)
                kept += len(piece)
            if progress:
                progress(source.name, reader.facts.bytes)
            if wanted.over(block):
                break
    content = np.frombuffer(b"".join(pieces), np.uint8)
    every = np.concatenate(found) if found else np.zeros(0, RTP_PACKET)
    owner = np.concatenate(owners) if owners else np.zeros(0, np.int64)
    order = np.lexsort((every["frame"], every["file"], every["time"], owner))
    bounds = np.searchsorted(owner[order], np.arange(len(flows) + 1))
    return [RtpPackets(every[order[bounds[n] : bounds[n + 1]]], content) for n in range(len(flows))]


class _Wanted:
    """Looks flows up by what their packets have: ports and SSRC first, then the addresses, then the time."""

    def __init__(self, flows: Sequence[Flow]) -> None:
        ends = [(_endpoint(flow.src), _endpoint(flow.dst)) for flow in flows]
        keys = [flow.ssrc << 32 | src[1] << 16 | dst[1] for flow, (src, dst) in zip(flows, ends, strict=True)]
        pairs = [_mixed(np.frombuffer(src[0] + dst[0], np.uint8)[None, :])[0] for src, dst in ends]
        full = np.array(keys, np.uint64) ^ np.array(pairs, np.uint64)
        start = np.array([_bound(flow.start, -_SLACK_NS) for flow in flows], np.int64)
        end = np.array([_bound(flow.end, _SLACK_NS) for flow in flows], np.int64)
        self._number = np.lexsort((start, full))
        self._full, self._start, self._end = full[self._number], start[self._number], end[self._number]
        self._keys = np.unique(np.array(keys, np.uint64))
        self._latest = int(end.max()) if len(flows) and all(flow.end is not None for flow in flows) else None

    def pick(self, block: Block) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows of a block that belong to a flow, and the number of it for each."""
        rows, buffer = block.rows[: block.count], block.buffer
        at = np.flatnonzero((rows["kind"] == UDP) & (rows["length"] >= _HEADER))
        payload = rows["payload"][at]
        second = buffer[payload + 1]
        # RTCP on the same port (RFC 5761, section 4) has its SSRC elsewhere.
        rtp = (buffer[payload] >> 6 == 2) & ((second < 192) | (second > 223))
        at, payload = at[rtp], payload[rtp]
        ports = rows["sport"][at].astype(np.uint64) << np.uint64(16) | rows["dport"][at].astype(np.uint64)
        keys = _number(buffer, payload + 8, 4) << np.uint64(32) | ports
        hit = _among(keys, self._keys)
        at, keys = at[hit], keys[hit]
        full = keys ^ _addresses(rows, buffer, at)
        time = rows["time"][at]
        owner = np.full(len(at), -1, np.int64)
        place = np.searchsorted(self._full, full)
        while True:  # once, but for streams that follow each other on the same ports
            inside = place < len(self._full)
            inside[inside] = self._full[place[inside]] == full[inside]
            open_ = np.flatnonzero(inside & (owner < 0))
            if not len(open_):
                break
            candidate = place[open_]
            fits = (self._start[candidate] <= time[open_]) & (time[open_] <= self._end[candidate])
            owner[open_[fits]] = self._number[candidate[fits]]
            place = place + 1
        taken = owner >= 0
        return at[taken], owner[taken]

    def over(self, block: Block) -> bool:
        """Whether all flows ended long before this block."""
        return self._latest is not None and int(block.rows["time"][: block.count].min()) > self._latest + _AFTER_NS


def _rows(block: Block, picked: NDArray[np.int64], file: int, base: int, data: bool) -> tuple[NDArray[Any], bytes]:
    """The packets of some rows as `RTP_PACKET`, and their bytes, which stand at `base` in the end."""
    rows, buffer = block.rows[picked], block.buffer
    at, length = rows["payload"], rows["length"].astype(np.int64)
    out = np.zeros(len(rows), RTP_PACKET)
    for name in ("time", "frame", "wire", "length"):
        out[name] = rows[name]
    out["file"] = file
    out["sequence"] = _number(buffer, at + 2, 2)
    out["timestamp"] = _number(buffer, at + 4, 4)
    out["payload_type"] = buffer[at + 1] & 0x7F
    out["marker"] = buffer[at + 1] >> 7
    out["dscp"] = _dscp(rows, buffer)
    first = buffer[at]
    header = _HEADER + 4 * (first & 15).astype(np.int64)
    extended = np.flatnonzero((first & 0x10 != 0) & (header + 4 <= length))
    header[extended] += 4 + 4 * _number(buffer, at[extended] + header[extended] + 2, 2).astype(np.int64)
    header = np.minimum(header, length)
    padded = (first & 0x20 != 0) & (length == rows["wire"])
    padding = np.where(padded, buffer[at + length - 1], 0)
    out["payload"] = header
    out["size"] = np.maximum(length - header - padding, 0)
    if not data:
        return out, b""
    out["offset"] = base + np.cumsum(length) - length
    view = memoryview(buffer.data)
    return out, b"".join([view[a : a + n] for a, n in zip(at.tolist(), length.tolist(), strict=True)])


def _dscp(rows: NDArray[Any], buffer: NDArray[np.uint8]) -> NDArray[np.int8]:
    """The DSCP of each row: the address stands 12 bytes after the begin of an IPv4 header, 8 of an IPv6 one."""
    out = np.full(len(rows), -1, np.int8)
    for version, before, protocol in ((4, 12, 9), (6, 8, 6)):
        these = np.flatnonzero((rows["version"] == version) & (rows["address"] >= before))
        at = rows["address"][these].astype(np.int64) - before
        # What was put together (fragments) or unpacked (HEP) may have no such header before its addresses.
        there = (buffer[at] >> 4 == version) & (buffer[at + protocol] == _UDP_PROTOCOL)
        at, these = at[there], these[there]
        traffic_class = (buffer[at] << 4 | buffer[at + 1] >> 4) if version == 6 else buffer[at + 1]
        out[these] = (traffic_class >> 2).astype(np.int8)
    return out


def _endpoint(name: str) -> tuple[bytes, int]:
    host, _, port = name.rpartition(":")
    return ipaddress.ip_address(host.strip("[]")).packed, int(port)


def _bound(time: int | None, slack: int) -> int:
    if time is None:
        return (1 << 62) if slack > 0 else -(1 << 62)
    return time + slack


def _among(values: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which values occur in `known`, which is sorted."""
    if not len(known):
        return np.zeros(len(values), np.bool_)
    place = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.asarray(known[place] == values)


def _number(buffer: NDArray[np.uint8], at: NDArray[np.int64], size: int) -> NDArray[np.uint64]:
    """Big-endian numbers of `size` bytes."""
    out = np.zeros(len(at), np.uint64)
    for index in range(size):
        out = out << np.uint64(8) | buffer[at + index]
    return out


def _addresses(rows: NDArray[Any], buffer: NDArray[np.uint8], at: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Source and destination address of each row as one number."""
    out = np.zeros(len(at), np.uint64)
    for version, width in ((4, 8), (6, 32)):
        these = np.flatnonzero(rows["version"][at] == version)
        places = rows["address"][at[these]][:, None] + np.arange(width)
        out[these] = _mixed(buffer[places])
    return out


def _mixed(content: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """A 64-bit number for each row of bytes (FNV-1a), wide enough that two pairs of addresses do not meet."""
    out = np.full(len(content), 0xCBF29CE484222325, np.uint64)
    for column in _columns(content):
        out = (out ^ column) * np.uint64(0x100000001B3)
    return out


def _columns(content: NDArray[np.uint8]) -> Iterator[NDArray[np.uint64]]:
    for index in range(content.shape[1]):
        yield content[:, index].astype(np.uint64)
