"""Session descriptions without what differs from call to call: most have one of a few shapes, parsed once each.

A shape is the description without its addresses and ports, and without the lines that say nothing about formats. Compiled.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._kernel import helper, kernel
from xivolab.net.bytes import i64
from xivolab.sip import scan
from xivolab.sip.arena import MessageBytes
from xivolab.sip.fields import Fields
from xivolab.sip.interning import grouped, intern_spans
from xivolab.sip.message import decode
from xivolab.sip.sdp import Sdp, SdpMedia, parse_sdp, written_address

HOLES = 4
"""A description with more addresses or media lines than this is a shape of its own."""

_MARK = 1  # a control character, which no address holds: hole n is this and the digit n
_HOLES = {f"{chr(_MARK)}{hole}": hole for hole in range(HOLES)}
_LF, _CR, _SPACE, _SLASH, _ZERO, _EQUALS = 10, 13, 32, 47, 48, 61
_CONNECTION = np.frombuffer(b"c=IN IP", np.uint8)


@helper
def _small(byte: int) -> bool:
    return 97 <= byte <= 122


@helper
def _says_nothing(buffer: Any, at: int, end: int) -> bool:
    """Whether the line [at, end) tells nothing about media, addresses or formats. When in doubt it stays."""
    if end - at < 5 or not _small(buffer[at]) or buffer[at + 1] != _EQUALS:
        return False
    letter = buffer[at]
    if letter != 97:  # a
        return bool(letter != 118 and letter != 99 and letter != 109)  # v, c, m
    first, second, third = buffer[at + 2], buffer[at + 3], buffer[at + 4]
    if not _small(first) or first != 114:  # r
        return _small(first)
    if not _small(second) or second != 116:  # t
        return _small(second)
    return _small(third) and third != 112  # p


@helper
def _address_end(buffer: Any, at: int, end: int) -> int:
    """The end of the address in a line `c=IN IP4 …` at `at`, the usual way it is written; -1 for anything else."""
    if end - at < 10 or (buffer[at + 7] != 52 and buffer[at + 7] != 54) or buffer[at + 8] != _SPACE:
        return -1
    for i in range(len(_CONNECTION)):
        if buffer[at + i] != _CONNECTION[i]:
            return -1
    here = at + 9
    while here < end:
        byte = buffer[here]
        if not (_small(byte | 32) or 48 <= byte <= 58 or byte == 46 or byte == 45):  # letters, digits, ":", ".", "-"
            break
        here += 1
    if here < at + 11:  # the mark of a hole shall not be longer than what stood there
        return -1
    if here == end or buffer[here] == _LF or buffer[here] == _SPACE or buffer[here] == _SLASH:
        return here
    return here if buffer[here] == _CR and here + 1 < end and buffer[here + 1] == _LF else -1


@helper
def _port_start(buffer: Any, at: int, end: int) -> int:
    """Where the port of a line `m=audio 4000 RTP/AVP …` at `at` begins; -1 when it is written in another way."""
    here = at + 2
    while here < end and _small(buffer[here]):
        here += 1
    if here == at + 2 or here + 2 > end or buffer[here] != _SPACE or not 48 <= buffer[here + 1] <= 57:
        return -1
    return here + 1


@helper
def _number_end(buffer: Any, at: int, end: int) -> int:
    while at < end and 48 <= buffer[at] <= 57:
        at += 1
    return at


@helper
def _copy(buffer: Any, start: int, end: int, out: Any, at: int) -> int:
    for i in range(start, end):
        out[at] = buffer[i]
        at += 1
    return at


@helper
def _shape(buffer: Any, start: int, end: int, out: Any, begin: int, addresses: Any, ports: Any) -> int:
    """Write the shape of one description; returns where it ends, or -1 for one that is its own shape."""
    at, to = start, begin
    places = lines = 0
    while at < end:
        stop = at
        while stop < end and buffer[stop] != _LF:
            if buffer[stop] == _MARK or (buffer[stop] == _CR and stop + 1 < end and buffer[stop + 1] != _LF):
                return -1
            stop += 1
        stop = min(stop + 1, end)
        address = _address_end(buffer, at, stop)
        if address >= 0:
            if places == HOLES:
                return -1
            addresses[places, 0], addresses[places, 1] = at + 9, address
            to = _copy(buffer, at, at + 9, out, to)
            out[to], out[to + 1] = _MARK, _ZERO + places
            to = _copy(buffer, address, stop, out, to + 2)
            places += 1
        elif stop - at > 2 and buffer[at] == 109 and buffer[at + 1] == _EQUALS:
            start_of_port = _port_start(buffer, at, stop)
            after = _number_end(buffer, start_of_port, stop)
            value = i64(0)
            for i in range(start_of_port, min(after, start_of_port + 6)):
                value = value * 10 + i64(buffer[i]) - _ZERO
            if start_of_port < 0 or lines == HOLES or value > 65535 or after == stop or buffer[after] != _SPACE:
                return -1
            to = _copy(buffer, at, start_of_port, out, to)
            out[to] = _ZERO
            if value:
                ports[lines] = value
                out[to] = _ZERO + 1 + lines
                lines += 1
            to = _copy(buffer, after, stop, out, to + 1)
        elif not _says_nothing(buffer, at, stop):
            to = _copy(buffer, at, stop, out, to)
        at = stop
    return to


@kernel
def shape_sdps(buffer: Any, spans: Any, out: Any, bounds: Any, addresses: Any, ports: Any) -> int:
    """Write the shapes of the descriptions at spans (n, 2) of `buffer` into `out`, shape k at bounds[k] (n, 2) int64.

    `out` has room for all descriptions. addresses (n, HOLES, 2) int64 get the places of the addresses in `buffer`, ports
    (n, HOLES) int64 the ports; both come filled with -1. Returns how much of `out` is used.
    """
    at = 0
    for k in range(len(spans)):
        bounds[k, 0] = at
        end = _shape(buffer, spans[k, 0], spans[k, 1], out, at, addresses[k], ports[k])
        if end < 0:
            addresses[k, :, :] = -1
            ports[k, :] = -1
            end = _copy(buffer, spans[k, 0], spans[k, 1], out, at)
        bounds[k, 1] = end
        at = end
    return at


@dataclass(frozen=True, slots=True)
class AnnouncedMedia:
    """The media lines of some messages that have an address and a port, in order; arrays have the shape (m,), int64.

    Line k is of message `row`; its sender expects media at addresses[address[k]], port `port`, in the formats of
    lines[line[k]], whose own address and port are those of the shape.
    """

    row: NDArray[np.int64]
    address: NDArray[np.int64]
    port: NDArray[np.int64]
    line: NDArray[np.int64]
    addresses: list[str]
    lines: list[SdpMedia]

    def __len__(self) -> int:
        return len(self.row)


class SdpShapes:
    """The session descriptions of some messages. `rows` are those that have one; `ids` (n,) int32 number the shapes of
    all, -1 for none.
    """

    def __init__(self, data: MessageBytes, fields: Fields) -> None:
        self._data = data
        self.rows = np.flatnonzero(fields.having(scan.SDP))
        spans = fields.span(scan.SDP)[self.rows] + data.starts[self.rows, None]
        count = len(spans)
        text = np.empty(int((spans[:, 1] - spans[:, 0]).sum()), np.uint8)
        bounds = np.empty((count, 2), np.int64)
        self._addresses = np.full((count, HOLES, 2), -1, np.int64)
        self._ports = np.full((count, HOLES), -1, np.int64)
        shape_sdps(data.buffer, spans, text, bounds, self._addresses, self._ports)
        starts, ends = (np.ascontiguousarray(bounds[:, side]) for side in (0, 1))
        self.shapes = intern_spans(text, starts, ends)
        self._texts = [text[start:end].tobytes() for start, end in bounds[self.shapes.firsts].tolist()]
        self.ids = np.full(len(data), -1, np.int32)
        self.ids[self.rows] = self.shapes.ids
        self._parsed: dict[int, Sdp] = {}
        self._known_lines: dict[int, list[tuple[SdpMedia, str, int | None]]] = {}

    def parsed(self, shape: int) -> Sdp:
        """The description of a shape; its addresses and ports are not those of any message."""
        if shape not in self._parsed:
            self._parsed[shape] = parse_sdp(self._texts[shape])
        return self._parsed[shape]

    @cached_property
    def media(self) -> AnnouncedMedia:
        """The media lines of all messages; refused lines (port 0) are left out."""
        flat = self._addresses.reshape(-1, 2)
        hosts = intern_spans(self._data.buffer, flat[:, 0].copy(), flat[:, 1].copy())
        holes = hosts.ids.reshape(-1, HOLES)
        texts = [self._data.buffer[start:end].tobytes() for start, end in flat[hosts.firsts].tolist()]
        addresses = [written_address(decode(text)) for text in texts]
        lines: list[SdpMedia] = []
        parts: list[NDArray[np.int64]] = [np.empty((0, 4), np.int64)]
        order, offsets = grouped(self.shapes.ids, len(self.shapes))
        for shape in range(len(self.shapes)):
            places = order[offsets[shape] : offsets[shape + 1]]
            for line, address, hole in self._lines(shape):
                part = np.empty((len(places), 4), np.int64)
                part[:, 0], part[:, 3] = places, len(lines)
                written = -1 if hole is None else holes[places, hole]
                part[:, 1] = np.where(written < 0, len(addresses), written)
                own = self._ports[places, min(line.port, HOLES) - 1]
                part[:, 2] = np.where(self._ports[places, 0] < 0, line.port, own)
                parts.append(part)
                lines.append(line)
                addresses.append(address)
        found = np.concatenate(parts)
        found = found[np.argsort(found[:, 0], kind="stable")]
        place, host, port, number = (found[:, column].copy() for column in range(4))
        return AnnouncedMedia(self.rows[place], host, port, number, addresses, lines)

    def _lines(self, shape: int) -> list[tuple[SdpMedia, str, int | None]]:
        """The media lines of a shape with an address and a port: the address, and the hole it stands for."""
        if shape not in self._known_lines:
            self._known_lines[shape] = [
                (line, line.address, _HOLES.get(line.address))
                for line in self.parsed(shape).media
                if line.port and line.address
            ]
        return self._known_lines[shape]
