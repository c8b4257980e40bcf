"""Packets that are more than a link, IP and UDP or TCP, made into rows that are read like any other.

Fragments become one packet, in the row of the one that completes it; what HEP tells becomes the packet told of; what this
reader does not know becomes what tshark found in it. The bytes that were put together stand behind those of the block.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xivolab.net.carve import packet_at
from xivolab.net.endpoints import address_name
from xivolab.net.fragments import FragmentKey, Fragments, Place
from xivolab.net.hep import RTCP, RTP, SIP, Told, read_hep
from xivolab.net.icmp import IcmpError, read_quoted
from xivolab.net.link import dissect_ip
from xivolab.net.rows import FOREIGN, FRAGMENT, HEP, ICMP, OTHER, TCP, UDP
from xivolab.net.unread import Inside, Unread

if TYPE_CHECKING:
    from xivolab.net.reader import Block

_LAYERS = 8  # fragments of fragments: a loop in crafted packets ends here
_ROOM = 1 << 18


@dataclass(slots=True)
class Mender:
    """Mends the blocks of the captures of one pass, in the order in which they are read.

    `file` is the number of the capture being read; `icmp` are the errors met; `fragments.missing` packets were not whole.
    `inside` is what tshark found in packets of that capture; those that it was not asked of go to `unread`.
    """

    file: int = 0
    fragments: Fragments = field(default_factory=Fragments)
    icmp: list[IcmpError] = field(default_factory=list)
    inside: Inside | None = None
    unread: Unread | None = None

    def mend(self, block: Block) -> None:
        """Rewrite the rows of a block that need it; its buffer may be another one afterwards."""
        made = _Made(block.buffer)
        for index in np.flatnonzero(block.rows["kind"][: block.count] > TCP).tolist():
            row = block.rows[index]
            whole: bytes | None = None
            places: tuple[Place, ...] = ((self.file, int(row["frame"])),)
            for _ in range(_LAYERS):
                if row["kind"] != FRAGMENT:
                    break
                row["kind"] = OTHER
                whole = self._whole(made.buffer, row, places)
                if whole is not None:
                    places = block.made_of[index] = self.fragments.places
                    _replace(block, index, whole, made)
            if row["kind"] == FOREIGN:
                packet = self.inside.packet(int(row["frame"])) if self.inside else b""
                if packet:
                    _replace(block, index, packet, made)
                elif self.unread is not None:
                    self.unread.add(self.file, row, packet_at(block, row), whole, _payload(made.buffer, row))
            if row["kind"] == HEP:
                _take_told(row, read_hep(_payload(made.buffer, row), int(row["time"])), made)
            elif row["kind"] == ICMP:
                self._note_icmp(made.buffer, row)
            if row["kind"] > TCP:
                row["kind"] = OTHER
        block.buffer = made.buffer

    def _whole(self, buffer: NDArray[np.uint8], row: Any, places: tuple[Place, ...]) -> bytes | None:
        """The IP packet that a fragment (of `places`) completes, with a header as if it had never been in parts."""
        address, protocol = int(row["address"]), int(row["flags"])
        four = row["version"] == 4
        width = 4 if four else 16
        ends = buffer[address : address + 2 * width].tobytes()
        key = FragmentKey(ends[:width], ends[width:], protocol, int(row["ip_id"]))
        payload = self.fragments.add(key, int(row["sequence"]), _payload(buffer, row), int(row["time"]), places)
        if payload is None:
            return None
        if four:
            head = buffer[address - 12 : address].tobytes()
            # Length 0 stands for all there is: what is put together may be longer than the field can say.
            return b"\x45\0\0\0" + head[4:6] + b"\0\0" + head[8:9] + bytes([protocol]) + b"\0\0" + ends + payload
        head = buffer[address - 8 : address].tobytes()
        return head[:4] + b"\0\0" + bytes([protocol]) + head[7:8] + ends + payload

    def _note_icmp(self, buffer: NDArray[np.uint8], row: Any) -> None:
        message = _payload(buffer, row)
        quoted = read_quoted(message)
        if quoted is None:
            return
        width = 4 if row["version"] == 4 else 16
        address = int(row["address"])
        src, dst = (address_name(buffer[at : at + width]) for at in (address, address + width))
        self.icmp.append(
            IcmpError(
                file=self.file,
                frame=int(row["frame"]),
                time=int(row["time"]),
                version=int(row["version"]),
                type=message[0],
                code=message[1],
                src=src,
                dst=dst,
                transport=quoted.transport,
                quoted_src=_end(quoted.source, quoted.sport),
                quoted_dst=_end(quoted.destination, quoted.dport),
                ip_id=quoted.ip_id,
                call_id=quoted.call_id,
                ssrc=quoted.ssrc,
                media=quoted.media,
            )
        )


def _replace(block: Block, index: int, packet: bytes, made: _Made) -> None:
    """Read an IP packet in the place of the one in a row."""
    at = made.add(packet)
    dissect_ip(made.buffer, block.rows, index, at, at + len(packet))


class _Made:
    """Bytes that stand behind those of a block, in `buffer`."""

    def __init__(self, buffer: NDArray[np.uint8]) -> None:
        self.buffer = buffer
        self._end = len(buffer)

    def add(self, data: bytes) -> int:
        """Where these bytes are now."""
        at, self._end = self._end, self._end + len(data)
        if self._end > len(self.buffer):
            room = np.zeros(max(_ROOM, len(data), at // 4), np.uint8)
            self.buffer = np.concatenate([self.buffer[:at], room])
        self.buffer[at : self._end] = np.frombuffer(data, np.uint8)
        return at


def _take_told(row: Any, told: Told | None, made: _Made) -> None:
    """Make a row of HEP that of the packet told of; what is no SIP and no media is left out."""
    if told is None or told.kind not in (SIP, RTP, RTCP):
        row["kind"] = OTHER
        return
    row["kind"] = UDP
    row["flags"] = told.protocol if told.kind == SIP else 0
    row["version"] = 4 if len(told.source) == 4 else 6
    row["address"] = made.add(told.source + told.destination)
    row["payload"] = made.add(told.payload)
    row["length"] = row["wire"] = len(told.payload)
    row["sequence"] = int.from_bytes(told.payload[:4], "big") if len(told.payload) >= 4 else 0
    row["sport"], row["dport"] = told.sport, told.dport
    row["ip_id"], row["ttl"] = 0, 0
    if told.time is not None:
        row["time"] = told.time


def _payload(buffer: NDArray[np.uint8], row: Any) -> bytes:
    at = int(row["payload"])
    return buffer[at : at + int(row["length"])].tobytes()


@lru_cache(1 << 12)  # thousands of errors are about a few ends
def _end(packed: bytes, port: int) -> str:
    name = address_name(np.frombuffer(packed, np.uint8))
    return f"{name}:{port}" if len(packed) == 4 else f"[{name}]:{port}"
