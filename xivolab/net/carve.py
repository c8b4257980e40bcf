"""One message's packets again: copied out of a capture into a small one, for tools that want a file.

A datagram needs its own frame, a fragmented one all its fragments, a message over TCP what its sender sent before it.
"""

from __future__ import annotations

import struct
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.errors import UsageError
from xivolab.evidence.source import Source
from xivolab.net.reader import Block, CaptureReader
from xivolab.net.rows import FRAGMENT, TCP
from xivolab.net.write import Packet, PcapWriter

SEGMENTS = 500
"""So many segments of a TCP flow are kept from before the wanted frame: enough for any SIP message."""

CONNECTION = 100_000
"""So many packets of a whole connection."""

_FRAGMENT_LIFE_NS = 60 * 10**9  # RFC 8200, 4.5


def carve(source: Source, frame: int, out: Path, *, connection: bool = False) -> list[int]:
    """Writes the packets of the message in `frame` (its last one over TCP) as a pcap file; their frame numbers.

    With `connection` all that went before it both ways, as it takes to decipher it. Raises UsageError when the capture has
    no such frame, EvidenceError when the file is not a capture.
    """
    packets = message_packets(source, frame, connection=connection)
    write_pcap(out, packets)
    return [packet.frame for packet in packets]


def message_packets(source: Source, frame: int, *, connection: bool = False) -> list[Packet]:
    """The packets that carry the message in `frame`, in capture order; `connection` and errors as for `carve`."""
    wanted, row, ends = _find(source, frame)
    if row["kind"] not in (TCP, FRAGMENT):
        return [wanted]
    found: deque[Packet] = deque(maxlen=CONNECTION if connection else SEGMENTS)
    flows = {(ends, int(row["sport"]), int(row["dport"]))}
    if connection:
        half = len(ends) // 2
        flows.add((ends[half:] + ends[:half], int(row["dport"]), int(row["sport"])))
    reader = CaptureReader(source)
    for block in reader.blocks():
        rows = block.rows[: block.count]
        for at in np.flatnonzero(_alike(rows, row, connection)):
            of = rows[at] if row["kind"] == TCP else row
            if (_ends(block.buffer, rows[at]), int(of["sport"]), int(of["dport"])) in flows:
                found.append(packet_at(block, rows[at]))
        if row["kind"] == TCP and rows["frame"][-1] >= frame:
            break
    return list(found)


def _find(source: Source, frame: int) -> tuple[Packet, Any, bytes]:
    """The packet of that number, a copy of its row, and its addresses."""
    reader = CaptureReader(source)
    for block in reader.blocks():
        first = int(block.rows["frame"][0])
        if first <= frame < first + block.count:
            row = block.rows[frame - first].copy()
            return packet_at(block, row), row, _ends(block.buffer, row)
    raise UsageError(f"there is no frame {frame}", source.name, f"it has {reader.facts.packets}")


def _alike(rows: NDArray[Any], wanted: Any, connection: bool) -> NDArray[np.bool_]:
    """Which rows may carry the same message, or be of its connection, as far as their numbers tell."""
    alike = (rows["kind"] == wanted["kind"]) & (rows["link"] == wanted["link"]) & (rows["version"] == wanted["version"])
    if wanted["kind"] == TCP:
        same = (rows["sport"] == wanted["sport"]) & (rows["dport"] == wanted["dport"])
        if connection:
            same |= (rows["sport"] == wanted["dport"]) & (rows["dport"] == wanted["sport"])
        return np.asarray(alike & same & (rows["frame"] <= wanted["frame"]))
    near = np.abs(rows["time"] - wanted["time"]) < _FRAGMENT_LIFE_NS
    return np.asarray(alike & near & (rows["ip_id"] == wanted["ip_id"]) & (rows["flags"] == wanted["flags"]))


def _ends(buffer: NDArray[np.uint8], row: Any) -> bytes:
    """Source and destination address of a packet."""
    size = {4: 8, 6: 32}.get(int(row["version"]), 0)
    return buffer[row["address"] : row["address"] + size].tobytes()


def packet_at(block: Block, row: Any) -> Packet:
    """The packet of a row of a block."""
    buffer = block.buffer
    at, captured = int(row["data"]), int(row["captured"])
    (original,) = struct.unpack_from(">I" if block.swapped else "<I", buffer.data, at - block.length_before)
    return Packet(
        int(row["frame"]),
        int(row["time"]),
        int(row["link"]),
        buffer[at : at + captured].tobytes(),
        max(original, captured),
    )


def write_pcap(out: Path, packets: list[Packet]) -> None:
    """A pcap file with nanoseconds; all packets are of one link type."""
    with out.open("wb") as stream:
        writer = PcapWriter(stream, packets[0].link)
        for packet in packets:
            writer.write(packet)
