"""Packets put aside: a small capture of some packets of others, for tshark, and which packets they were."""

from __future__ import annotations

import tempfile
import weakref
from pathlib import Path
from typing import NamedTuple

from xivolab.net.write import Interface, Packet, PcapngWriter

LARGEST = 512 << 20
"""So many bytes are put aside at most: what tshark reads must come to an end."""


class Place(NamedTuple):
    """Where a packet was: the number of its file, its frame in it, its time in ns."""

    file: int
    frame: int
    time: int


class Aside:
    """A temporary capture, gone when nobody refers to it; `places[n]` is where its frame n + 1 was.

    `left_out` packets came when it was full.
    """

    def __init__(self, largest: int = LARGEST) -> None:
        self._stream = tempfile.NamedTemporaryFile(prefix="xivolab-", suffix=".pcapng")  # noqa: SIM115  # open as long as self
        weakref.finalize(self, self._stream.close)
        self._writer = PcapngWriter(self._stream, ())
        self._interfaces: dict[int, int] = {}
        self._room = largest
        self.places: list[Place] = []
        self.left_out = 0

    def __len__(self) -> int:
        return len(self.places)

    def add(self, file: int, packet: Packet) -> None:
        """Put a packet aside, unless there is no room."""
        self._room -= len(packet.data)
        if self._room < 0:
            self.left_out += 1
            return
        if packet.link not in self._interfaces:
            self._interfaces[packet.link] = self._writer.add_interface(Interface(f"link {packet.link}", packet.link))
        self._writer.write(packet, self._interfaces[packet.link])
        self.places.append(Place(file, packet.frame, packet.time))

    @property
    def path(self) -> Path:
        """The file, complete."""
        self._stream.flush()
        return Path(self._stream.name)
