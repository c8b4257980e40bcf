"""The pcap file format: its header, and the kernel that walks over its records.

Format: draft-ietf-opsawg-pcap; the modified format with 24-byte record headers is that of Linux distributions of the
year 2000 (wireshark: wiretap/libpcap.c).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

from xivolab._kernel import kernel
from xivolab.net.bytes import word
from xivolab.net.link import dissect
from xivolab.net.rows import DAMAGED, DONE, FULL

LARGEST_PACKET = 1 << 18
"""More than this in one record means that the file is damaged (wireshark: WTAP_MAX_PACKET_SIZE_STANDARD)."""

HEADER = 24

_ORIGINAL_LENGTH = 12  # in a record header; the modified one has an interface, a protocol and a packet type behind it
_MICRO, _NANO, _MODIFIED = 0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34


@dataclass(frozen=True, slots=True)
class PcapHeader:
    """What the file header says: byte order, unit of the time stamps in ns, link type, length of record headers."""

    swapped: bool
    unit: int
    link: int
    record_header: int

    @property
    def length_before(self) -> int:
        """How many bytes before its data the original length of a packet stands."""
        return self.record_header - _ORIGINAL_LENGTH


def read_header(head: bytes) -> PcapHeader | None:
    """The header of a pcap file, or None when these bytes are not one."""
    if len(head) < HEADER:
        return None
    for order, swapped in (("<", False), (">", True)):
        (magic,) = struct.unpack_from(order + "I", head)
        if magic in (_MICRO, _NANO, _MODIFIED):
            (link,) = struct.unpack_from(order + "I", head, 20)
            return PcapHeader(swapped, 1 if magic == _NANO else 1000, link & 0xFFFF, 24 if magic == _MODIFIED else 16)
    return None


@kernel
def pcap_records(
    buffer: Any,
    start: int,
    end: int,
    swapped: bool,
    unit: int,
    link: int,
    record_header: int,
    frame: int,
    rows: Any,
) -> tuple[int, int, int, int]:
    """Fill `rows` (m,) `xivolab.net.rows.PACKET` with the records that lie whole in buffer[start:end].

    buffer (n,) uint8; `frame` is the number of the last frame before.
    Returns where it stopped, how many rows were filled, why it stopped (DONE, FULL or DAMAGED), and how many rows are of a
    kind beyond TCP. What is in a packet is found at once: while its bytes are near, and while the next ones come.
    """
    at = start
    count = special = 0
    while at + record_header <= end:
        if count == len(rows):
            return at, count, FULL, special
        captured = word(buffer, at + 8, swapped)
        if captured > LARGEST_PACKET:
            return at, count, DAMAGED, special
        data = at + record_header
        if data + captured > end:
            break
        row = rows[count]
        row["frame"] = frame + count + 1
        row["time"] = word(buffer, at, swapped) * 1_000_000_000 + word(buffer, at + 4, swapped) * unit
        special += dissect(buffer, row, link, data, captured)
        count += 1
        at = data + captured
    return at, count, DONE, special
