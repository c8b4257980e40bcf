"""From a capture file to rows of packets, block by block: memory does not grow with the file.

A block is some megabytes of the file in a buffer that is used again; its rows are valid until the next block. A thread
reads and dissects ahead of whoever takes the blocks: the kernels and the system's read run without the GIL.
"""

from __future__ import annotations

import struct
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from xivolab.errors import Problem
from xivolab.evidence.source import Source
from xivolab.net import pcapng
from xivolab.net.ahead import AHEAD, ahead
from xivolab.net.convert import Converted, readable
from xivolab.net.keylog import KeyLog, keys_in, together
from xivolab.net.link import link_name
from xivolab.net.pcap import HEADER, PcapHeader, pcap_records, read_header
from xivolab.net.rows import CONTROL, DAMAGED, DONE, FOREIGN, FRAGMENT, HEP, KINDS, PACKET
from xivolab.net.unread import inside_of

if TYPE_CHECKING:
    from xivolab.net.fragments import Place
    from xivolab.net.mend import Mender

BLOCK = 2 << 20
ROWS = 1 << 16

_BUFFERS = AHEAD + 2
"""One being filled, those waiting, and the one in use."""


@dataclass(slots=True)
class CaptureFacts:
    """What is known of a capture file once it was read: times in ns, None when it holds no packet."""

    path: str
    format: str
    packets: int = 0
    bytes: int = 0
    first_time: int | None = None
    last_time: int | None = None
    links: set[int] = field(default_factory=set)
    foreign: int = 0
    carried: int = 0  # packets that had to be put together, or that told of others
    keys: KeyLog = field(default_factory=KeyLog)
    """The TLS keys in it."""

    @property
    def link_names(self) -> list[str]:
        """Names of the link types that occur."""
        return sorted(set(map(link_name, self.links)))


@dataclass(slots=True)
class Block:
    """Some packets: rows[:count] of `xivolab.net.rows.PACKET` with offsets into `buffer` (n,) uint8."""

    buffer: NDArray[np.uint8]
    rows: NDArray[Any]
    count: int
    base: int
    """Offset in the file, decompressed, of buffer[0]."""
    swapped: bool
    """Whether the numbers around its packets are big-endian."""
    length_before: int
    """How many bytes before the data of a packet its length on the wire stands."""
    made_of: dict[int, tuple[Place, ...]] = field(default_factory=dict)
    """Where what was put together in a row lies: the places of all its fragments."""

    @property
    def first(self) -> bool:
        """Whether it is the first of its file."""
        return int(self.rows["frame"][0]) == 1


class CaptureReader:
    """Reads one capture file; `facts` and `problems` are complete when `blocks()` is consumed.

    With a `mender` the rows of packets in fragments and the like are those of what they carry. Of a file that grows, `source`
    may be set to what there is of it now: `blocks()` goes on where it ended before. Raises EvidenceError when the file is no
    capture, MissingToolError when it is of a format that tshark would have to convert.
    """

    def __init__(self, source: Source, block: int = BLOCK, mender: Mender | None = None) -> None:
        self.source = source
        self._mender = mender
        self.problems: list[Problem] = []
        self._block = block
        content = readable(source)
        self._pcap = read_header(content.head)
        self.facts = CaptureFacts(source.path, "pcap" if self._pcap else "pcapng")
        if isinstance(content, Converted):
            self._tell_of_conversion(content)
        self._section = pcapng.Section()
        self._unreadable = ""  # why the bytes ended before the file did
        self._base = HEADER if self._pcap else 0  # how far it was read, in the file
        self._damaged = False

    def blocks(self) -> Iterator[Block]:
        """The packets of the file, with addresses and transport payload found."""
        return ahead(self._blocks())

    def first_time(self) -> int | None:
        """When the first packet was captured, in ns; None when there is none."""
        with closing(self._blocks()) as blocks:
            block = next(blocks, None)
        return int(block.rows["time"][0]) if block else None

    def _blocks(self) -> Generator[Block, None, None]:
        """Each block in a buffer and rows that were not those of the last few: these may still be in use."""
        buffers = [np.empty(self._block, np.uint8) for _ in range(_BUFFERS)]
        tables = [np.zeros(ROWS, PACKET) for _ in range(_BUFFERS)]
        given = True  # whether a block of this buffer was handed on
        if self._mender:
            self._mender.inside = inside_of(self.source)
        with readable(self.source).open() as stream:
            at = end = 0
            base = self._base  # offset in the file of buffer[0]
            skip(stream, base)
            before = self._pcap.length_before if self._pcap else pcapng.LENGTH_BEFORE
            ended = self._damaged
            while not ended:
                rest = buffers[0][at:end]
                if given:
                    buffers.append(buffers.pop(0))
                if len(rest) >= len(buffers[0]):  # one block of pcapng that is larger than the buffer
                    buffers[0] = np.empty(2 * len(rest), np.uint8)
                buffer = buffers[0]
                buffer[: len(rest)] = rest.copy()
                base, end, at, given = base + at, end - at, 0, False
                got = self._fill(stream, buffer[end:])
                ended = got == 0
                end += got
                self.facts.bytes = base + end
                while True:
                    rows = tables[0]
                    at, count, why, special = self._records(buffer, at, end, rows)
                    if count:
                        swapped = (self._pcap or self._section).swapped
                        block = Block(buffer, rows, count, base, swapped, before)
                        self._note(rows, count, special)
                        if special and self._mender:
                            self._mender.mend(block)
                        yield block
                        tables.append(tables.pop(0))
                        given = True
                    moved = self._control(buffer, at, end) if why == CONTROL else at
                    if why == DAMAGED or moved is None:
                        self._stopped_at(base + at, base + end, "the file is damaged from here on")
                        self._damaged = True
                        return
                    if why == DONE or (why == CONTROL and moved == at):
                        break
                    at = moved
            self._base = base + at
            if not self.source.growing and (at < end or self._unreadable):
                self._stopped_at(base + at, base + end, "the file is cut short in the middle of a packet")

    def _fill(self, stream: BinaryIO, room: NDArray[np.uint8]) -> int:
        """Read until the room is full or the file ends; how many bytes came."""
        view = memoryview(room.data)
        done = 0
        while done < len(view):
            try:
                got = stream.readinto(view[done:])  # type: ignore[attr-defined]  # every binary file has it
            except OSError as error:
                self._unreadable = str(error)
                break
            if not got:
                break
            done += got
        return done

    def _records(self, buffer: NDArray[np.uint8], at: int, end: int, rows: NDArray[Any]) -> tuple[int, int, int, int]:
        header: PcapHeader | None = self._pcap
        if header:
            return pcap_records(
                buffer,
                at,
                end,
                header.swapped,
                header.unit,
                header.link,
                header.record_header,
                self.facts.packets,
                rows,
            )
        section = self._section
        return pcapng.pcapng_records(buffer, at, end, section.swapped, section.interfaces, self.facts.packets, rows)

    def _control(self, buffer: NDArray[np.uint8], at: int, end: int) -> int | None:
        """Read a section or interface block at `at`: where the next block begins, `at` if it is not whole, None if damaged."""
        head = buffer[at : min(end, at + 12)].tobytes()
        if len(head) < 12:
            return at
        if int.from_bytes(head[:4], "little") == pcapng.SECTION:
            order = pcapng.byte_order(head[8:12])
            if order is None:
                return None
            self._section = pcapng.Section(swapped=order)
        kind, length = struct.unpack(">II" if self._section.swapped else "<II", head[:8])
        if not 12 <= length <= pcapng.LONGEST_BLOCK:
            return None
        if at + length > end:
            return at
        if kind == pcapng.INTERFACE and length >= 20:
            row = pcapng.read_interface(buffer[at + 8 : at + length - 4].tobytes(), self._section.swapped)
            self._section.interfaces = np.concatenate([self._section.interfaces, np.array([row], np.int64)])
        elif kind == pcapng.SECRETS:
            secret = pcapng.read_secret(buffer[at + 8 : at + length - 4].tobytes(), self._section.swapped)
            self.facts.keys = together(self.facts.keys, keys_in([secret]))
        return at + int(length)

    def _note(self, rows: NDArray[Any], count: int, special: int) -> None:
        """Keep what is told of the file; `special` of the rows are of a kind beyond TCP."""
        facts = self.facts
        if special:
            kinds = np.bincount(rows["kind"][:count], minlength=KINDS)
            facts.foreign += int(kinds[FOREIGN])
            facts.carried += int(kinds[[FRAGMENT, FOREIGN, HEP]].sum())
        facts.packets += count
        links, times = rows["link"][:count], rows["time"][:count]
        if int(links[0]) not in facts.links or (links != links[0]).any():
            facts.links.update(links.tolist())  # np.unique would import numpy.ma
        if facts.first_time is None:
            facts.first_time = int(times[0])
        facts.last_time = max(facts.last_time or 0, int(times.max()))

    def _tell_of_conversion(self, converted: Converted) -> None:
        self.facts.format = converted.format
        what = f"{converted.format} is read as pcapng that tshark made of it"
        self.problems.append(Problem(self.source.name, "", what, "", "info"))
        if converted.cut:
            what = f"{converted.format} is not whole: tshark stopped ({converted.cut})"
            self.problems.append(Problem(self.source.name, "", what, "capture again if the end matters"))

    def _stopped_at(self, packet: int, end: int, what: str) -> None:
        """Tell where reading stopped: at an offset in the file, or of what could be unpacked of it."""
        place = f"byte {packet}"
        if self._unreadable:
            place, what = f"byte {end} of the unpacked data", f"unpacking stopped ({self._unreadable})"
        read = f"{self.facts.packets} packets read before it"
        self.problems.append(Problem(self.source.name, place, f"{what}: {read}", "capture again if the end matters"))


def skip(stream: BinaryIO, size: int) -> None:
    """Go on `size` bytes in a stream that was just opened."""
    if stream.seekable():
        stream.seek(size)
    else:
        stream.read(size)
