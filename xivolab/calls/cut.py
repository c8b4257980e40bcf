"""One call as a capture of its own: which packets are its, and the file they are written to."""

from __future__ import annotations

import heapq
import ipaddress
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import IO, Any, Protocol

import numpy as np

from xivolab.evidence.source import Source
from xivolab.net.pcapng import secrets_of
from xivolab.net.reader import CaptureFacts
from xivolab.net.select import Carried, Flow, Wanted, carriers, select
from xivolab.net.write import Interface, Packet, PcapngWriter, PcapWriter
from xivolab.schema import NULL_INT
from xivolab.sip.sdp import Sdp
from xivolab.sip.store import TRANSPORTS
from xivolab.sip.tables import SipTables
from xivolab.table import Table

MARGIN_S = 5.0
"""So long before and after a call its media is taken too."""

_EVER = 1 << 62
_LATE_NS = 10**9  # a segment that was lost and sent again comes within this
_WHOLE_CONNECTION = ("TLS", "WS", "WSS", "SCTP")
_MOST_FILES = 8
"""So many captures that overlap in time are read side by side; of more, one is read after the other."""


class File(Protocol):
    """One capture of the evidence."""

    @property
    def path(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> Source: ...  # noqa: D102
    @property
    def capture_point(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Cut:
    """What was written: packets, "pcap" or "pcapng", and where."""

    packets: int
    format: str
    path: str = ""


def wanted_packets(
    sip: SipTables, call_ids: Iterable[str], streams: Table, errors: Table, call: str, margin_s: float = MARGIN_S
) -> Wanted:
    """What to take for the call with that id: the messages of `call_ids`, the media of its streams and its SDP, and the
    ICMP `errors` about it.
    """
    index = sip.index
    rows = sorted(row for call_id in call_ids for row in sip.groups.get(call_id, ()))
    wanted = Wanted()
    for file, frame in zip(*(errors[name][errors["call"] == call].tolist() for name in ("file", "frame")), strict=True):
        wanted.frames.setdefault(sip.files.index(file), set()).add(frame)
    for row in rows:
        if not sip.from_log[row]:
            _take_message(wanted, sip, row)
        wanted.ends.update(_media_ends(index.sdp(row)))
    streams = streams.select(
        np.array([file is None for file in streams["file"]], np.bool_)
    )  # of a log there is no packet
    own = np.array([cell == call for cell in streams["call"]], np.bool_)
    times = [t for row in rows if (t := index.time[row]) != NULL_INT] + streams["start"][own].tolist()
    margin = round(margin_s * 1e9)
    wanted.since = min(times, default=0) - margin
    wanted.until = max([*times, *streams["end"][own].tolist()], default=0) + margin
    if (streams["end"][own] < streams["start"][own]).any():  # the clock of this capture went back: time tells nothing
        wanted.since, wanted.until = -_EVER, _EVER
    _take_streams(wanted, streams, own)
    return wanted


def _take_message(wanted: Wanted, sip: SipTables, row: int) -> None:
    raw, index = sip.raw, sip.index
    file, frame, time = int(raw.file[row]), int(raw.frame[row]), index.time[row]
    transport = TRANSPORTS[raw.transport[row]]
    places = index.place(index.src[row]), index.place(index.dst[row])
    if transport != "TCP":
        wanted.frames.setdefault(file, set()).add(frame)
    if places[0] is None or places[1] is None:
        return
    flow: Flow = (places[0], places[1])
    if transport == "TCP":
        carried = wanted.carried.setdefault(file, {}).setdefault(flow, [])
        carried.append(Carried(frame, time, raw.data[row]))
        carried.sort(key=lambda message: message.frame)
    elif transport in _WHOLE_CONNECTION:
        wanted.connections.add(flow)


def _media_ends(sdp: Sdp | None) -> Iterator[str]:
    """The places of RTP and RTCP that a session description announces."""
    for media in sdp.media if sdp else ():
        if media.port and media.address and media.address not in ("0.0.0.0", "::"):  # noqa: S104 - what a packet says
            host = f"[{media.address}]" if ":" in media.address else media.address
            for port in (media.port, media.port + 1, media.rtcp_port):
                if port and 0 < port < 1 << 16 and _is_address(media.address):
                    yield f"{host}:{port}"


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _take_streams(wanted: Wanted, streams: Table, own: Any) -> None:
    """The ends of the call's streams, and which flows there are of other calls."""
    ours: set[Flow] = set()
    for row in np.flatnonzero(own):
        src, dst = streams["src"][row], streams["dst"][row]
        ours.add((src, dst))
        wanted.ssrcs.add(int(streams["ssrc"][row], 16))
        for end in (src, dst):
            host, _, port = end.rpartition(":")
            wanted.ends.update((end, f"{host}:{min(int(port) + 1, 0xFFFF)}"))
    beside = ~own & (streams["start"] <= wanted.until) & (streams["end"] >= wanted.since)
    for row in np.flatnonzero(beside):
        flow = (streams["src"][row], streams["dst"][row])
        if wanted.ends.intersection(flow):
            (wanted.shared if flow in ours else wanted.foreign).add(flow)


def write_cut(out: IO[bytes], files: Sequence[File], facts: Sequence[CaptureFacts], wanted: Wanted) -> Cut:
    """Write the wanted packets of `files`, by time, to `out`: pcap when they are of one file and link type, else pcapng.

    `facts` are those of the files, found by their path.
    """
    known = {fact.path: fact for fact in facts}
    told = [known[file.path] for file in files]
    used = [number for number, fact in enumerate(told) if _touches(fact, number, wanted)]
    _reach_back(wanted, told, used)
    inside = carriers(((n, files[n].source) for n in _by_time(used, told) if told[n].carried), wanted)
    for number, frames in inside.items():
        wanted.frames.setdefault(number, set()).update(frames)
    interfaces = [(number, link) for number in used for link in sorted(told[number].links)]
    secrets = [secret for number in used if wanted.connections for secret in secrets_of(files[number].source)]
    packets = _in_time_order(used, told, files, wanted)
    if len(interfaces) == 1 and not secrets:
        plain = PcapWriter(out, interfaces[0][1])
        for _, packet in packets:
            plain.write(packet)
        return Cut(plain.packets, "pcap")
    names = [Interface(_point(files[number]), link) for number, link in interfaces]
    writer = PcapngWriter(out, names, secrets)
    place = {interface: n for n, interface in enumerate(interfaces)}
    for number, packet in packets:
        writer.write(packet, place[number, packet.link])
    return Cut(writer.packets, "pcapng")


def _by_time(used: Sequence[int], facts: Sequence[CaptureFacts]) -> list[int]:
    return sorted(used, key=lambda number: (facts[number].first_time or 0, number))


def _reach_back(wanted: Wanted, facts: Sequence[CaptureFacts], used: Sequence[int]) -> None:
    """A message over TCP that was complete soon after the beginning of a file may have begun in the one before it."""
    for before, after in pairwise(_by_time(used, facts)):
        start = facts[after].first_time or 0
        for flow, messages in wanted.carried.get(after, {}).items():
            early = [replace(message, frame=_EVER) for message in messages if message.time - start < _LATE_NS]
            if early:
                wanted.carried.setdefault(before, {}).setdefault(flow, []).extend(early)


def _point(file: File) -> str:
    return file.capture_point or file.path.replace("\\", "/").rpartition("/")[2]


def _touches(fact: CaptureFacts, number: int, wanted: Wanted) -> bool:
    if fact.first_time is None or fact.last_time is None:
        return False
    in_time = fact.first_time <= wanted.until and fact.last_time >= wanted.since
    return in_time or number in wanted.frames or number in wanted.carried


def _in_time_order(
    used: Sequence[int], facts: Sequence[CaptureFacts], files: Sequence[File], wanted: Wanted
) -> Iterator[tuple[int, Packet]]:
    """The packets with the number of their file: files that overlap in time are merged, the others follow each other."""
    together: list[int] = []
    for number in _by_time(used, facts):
        over = max((facts[n].last_time or 0 for n in together), default=0) < (facts[number].first_time or 0)
        if together and (over or len(together) == _MOST_FILES):
            yield from _merged(together, files, wanted)
            together = []
        together.append(number)
    yield from _merged(together, files, wanted)


def _merged(numbers: Sequence[int], files: Sequence[File], wanted: Wanted) -> Iterator[tuple[int, Packet]]:
    found = [_numbered(number, files[number].source, wanted) for number in numbers]
    yield from heapq.merge(*found, key=lambda item: item[1].time) if len(found) > 1 else found[0] if found else ()


def _numbered(number: int, source: Source, wanted: Wanted) -> Iterator[tuple[int, Packet]]:
    return ((number, packet) for packet in select(source, number, wanted))
