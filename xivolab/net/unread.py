"""Packets of links, tunnels and transports that our own reader does not know: put aside while a scan meets them, given to
tshark at its end, and read like any other in the scan that follows.

What tshark found in a capture is remembered as long as that is open: playing, comparing and cutting read it again.
"""

from __future__ import annotations

import weakref
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from xivolab.errors import Problem, XivolabError
from xivolab.evidence.source import Source
from xivolab.evidence.window import Spool
from xivolab.net.link import link_name
from xivolab.net.rows import FOREIGN_NAMES, LINK, SCTP
from xivolab.net.write import Packet

if TYPE_CHECKING:
    from xivolab.net.aside import Aside
    from xivolab.net.inside import Unwrapped

_RAW_IP = 101
_WITHOUT_IP = frozenset({152, 161, 186, 187, 189, 190, 195, 201, 215, 220, 227, 230, 231, 249, 251, 253, 266, 272, 283})
"""Links that carry no IP: USB, Bluetooth, CAN, 802.15.4, D-Bus, netlink and the like."""

_DATA, _I_DATA = 0, 64  # RFC 9260, 3.3.1; RFC 8260, 2.1
_SIP_PPID = 0  # RFC 4168 gives SIP none of its own


class Told(NamedTuple):
    """A SIP message that came in SCTP."""

    frame: int
    time: int
    src: tuple[str, int]
    dst: tuple[str, int]
    data: bytes


class Inside:
    """What tshark found in the frames of one capture: an IP packet in each, or messages."""

    def __init__(self) -> None:
        self._frames = array("q")
        self._starts = array("q", [0])
        self._spool = Spool()
        self.messages: list[Told] = []

    def __len__(self) -> int:
        return len(self._frames) + len(self.messages)

    def add(self, frame: int, time: int, found: Unwrapped) -> None:
        """Take what was found; frames come in order."""
        if found.packet:
            self._frames.append(frame)
            self._spool.write(found.packet)
            self._starts.append(self._spool.size)
        self.messages += [Told(frame, time, found.src, found.dst, data) for data in found.messages]

    def packet(self, frame: int) -> bytes:
        """The IP packet in a frame, b"" without one."""
        at = bisect_left(self._frames, frame)
        if at == len(self._frames) or self._frames[at] != frame:
            return b""
        return self._spool.window(self._starts[at], self._starts[at + 1] - self._starts[at]).read()

    def messages_of(self, first: int, last: int) -> Iterator[Told]:
        """The messages of the frames first..last."""
        return (told for told in self.messages if first <= told.frame <= last)


_KNOWN: weakref.WeakKeyDictionary[Source, Inside] = weakref.WeakKeyDictionary()


def inside_of(source: Source) -> Inside | None:
    """What tshark found in a capture, None when it was not asked or found nothing."""
    return _KNOWN.get(source)


class Unread:
    """The packets that were met and could not be read, by file."""

    def __init__(self) -> None:
        self._aside: Aside | None = None  # until there is one: most captures hold none
        self._met: Counter[tuple[int, str]] = Counter()
        self._hopeless: Counter[tuple[int, str]] = Counter()
        self._ppids = {_SIP_PPID}

    def __len__(self) -> int:
        return sum(self._met.values()) + sum(self._hopeless.values())

    def add(self, file: int, row: Any, packet: Packet, whole: bytes | None, payload: bytes) -> None:
        """A row that is foreign, its packet, or `whole` when it is an IP packet put together from fragments."""
        why = int(row["flags"])
        if why == SCTP:
            ppids = _sip_ppids(payload)
            if not ppids:
                return
            self._ppids |= ppids
        if why == LINK and packet.link in _WITHOUT_IP:
            self._hopeless[file, link_name(packet.link)] += 1
            return
        self._met[file, link_name(packet.link) if why == LINK else FOREIGN_NAMES.get(why, "other packets")] += 1
        if whole is not None:
            packet = Packet(packet.frame, packet.time, _RAW_IP, whole, len(whole))
        if self._aside is None:
            from xivolab.net.aside import Aside

            self._aside = Aside()
        self._aside.add(file, packet)

    def look_inside(self, sources: Sequence[Source]) -> list[Problem]:
        """Let tshark read them; what it finds is `inside_of()` their source from now on. What there is to tell of it."""
        from xivolab.net.inside import unwrapped

        problems = [
            Problem(sources[file].name, name, f"{_packets(count)} of a link that carries no IP", "", "info")
            for (file, name), count in sorted(self._hopeless.items())
        ]
        if self._aside is None:
            return problems
        found: dict[int, Inside] = {}
        try:
            for piece in unwrapped(self._aside.path, self._ppids):
                place = self._aside.places[piece.frame - 1]
                if place.file not in found:
                    found[place.file] = Inside()
                found[place.file].add(place.frame, place.time, piece)
        except XivolabError as error:
            if not found:
                return problems + [
                    Problem(sources[file].name, name, f"{_packets(count)} not read: {error.what}", error.remedy)
                    for (file, name), count in sorted(self._met.items())
                ]
        for file, inside in found.items():
            _KNOWN[sources[file]] = inside
        problems += [
            Problem(sources[file].name, name, f"{_packets(count)} {_result(found.get(file))}", "", "info")
            for (file, name), count in sorted(self._met.items())
        ]
        if self._aside.left_out:
            what = f"{_packets(self._aside.left_out)} of links and tunnels for tshark were too much: they are not read"
            problems.append(Problem(sources[0].name, "", what, "cut the capture into parts (editcap -i 600)"))
        return problems


def _packets(count: int) -> str:
    return f"{count} packet{'s' * (count != 1)}"


def _result(found: Inside | None) -> str:
    return "read through tshark" if found else "given to tshark, which found neither UDP nor TCP in them"


def _sip_ppids(packet: bytes) -> set[int]:
    """The payload protocols under which an SCTP packet may carry SIP."""
    found: set[int] = set()
    at = 12
    while at + 4 <= len(packet):
        length = int.from_bytes(packet[at + 2 : at + 4], "big")
        if packet[at] in (_DATA, _I_DATA):
            ppid = int.from_bytes(packet[at + 12 : at + 16], "big")
            if ppid == _SIP_PPID or b"SIP/2.0" in packet[at : at + length]:
                found.add(ppid)
        at += max(length + 3 & ~3, 4)
    return found
