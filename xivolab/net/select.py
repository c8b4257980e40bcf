"""The packets of one call out of a capture: a second read, filtered by frame numbers, ends and times.

Nothing is kept but what is wanted now: memory does not grow with the capture, nor with the call.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.evidence.source import Source
from xivolab.net.carve import packet_at
from xivolab.net.endpoints import address_name
from xivolab.net.mend import Mender
from xivolab.net.reader import Block, CaptureReader
from xivolab.net.rows import FOREIGN, FRAGMENT, HEP, SCTP, TCP, UDP
from xivolab.net.unread import inside_of
from xivolab.net.write import Packet

Flow = tuple[str, str]
"""Source and destination as "ip:port"."""

_SLACK_NS = 10 * 10**9  # packets of two interfaces are not quite in the order of their times
_CARRIERS = (FRAGMENT, FOREIGN, HEP)
_CLUE = 16  # bytes by which a piece of a message is found in a segment
_SHORTEST_CLUE = 4
_AHEAD = 4  # messages whose segments may be mixed


@dataclass(frozen=True, slots=True)
class Carried:
    """A message over TCP: the frame that completed it, when, and its bytes."""

    frame: int
    time: int
    data: bytes


@dataclass(slots=True)
class Wanted:
    """What belongs to one call. Times are ns, frames those of one file (the keys are numbers of files).

    `frames` are taken as they are, with the fragments that one completes; `carried` are messages over TCP by direction; `connections` are taken whole, both ways. `ends` are
    places of media: what comes or goes there from `since` to `until` is taken, but for the `foreign` flows; on `shared`
    ones only RTP of the `ssrcs`.
    """

    frames: dict[int, set[int]] = field(default_factory=dict)
    carried: dict[int, dict[Flow, list[Carried]]] = field(default_factory=dict)
    connections: set[Flow] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    foreign: set[Flow] = field(default_factory=set)
    shared: set[Flow] = field(default_factory=set)
    ssrcs: set[int] = field(default_factory=set)
    since: int = 0
    until: int = 0


def select(source: Source, number: int, wanted: Wanted) -> Iterator[Packet]:
    """The wanted packets of capture `number`, in its order. Raises EvidenceError when it is no capture.

    Of what lies inside something else only the `frames` are taken: `carriers()` finds them.
    """
    picker = _Picker(number, wanted)
    reader = CaptureReader(source)
    for block in reader.blocks():
        for index in picker.pick(block):
            yield packet_at(block, block.rows[index])
        if picker.over(block):
            break


def carriers(sources: Iterable[tuple[int, Source]], wanted: Wanted) -> dict[int, set[int]]:
    """The frames that carry what is wanted inside something else, whole or in part: fragments, HEP, what tshark read for us.

    A pass of its own, because a fragment is known to be wanted when the last one has come; perhaps in a later file.
    `sources` are captures with their numbers, in order of time.
    """
    found: dict[int, set[int]] = {}
    mender = Mender()
    for number, source in sources:
        picker = _Picker(number, wanted)
        mender.file, mender.inside = number, inside_of(source)
        for block in CaptureReader(source).blocks():
            at = np.flatnonzero(np.isin(block.rows["kind"][: block.count], _CARRIERS))
            if not len(at):
                continue
            inner = replace(block, rows=block.rows[at].copy(), count=len(at), made_of={})
            take = picker.connected(inner)
            mender.mend(inner)
            take[picker.pick(inner)] = True
            for index in np.flatnonzero(take).tolist():
                for file, frame in inner.made_of.get(index, ((number, int(inner.rows["frame"][index])),)):
                    found.setdefault(file, set()).add(frame)
    return found


class _Picker:
    def __init__(self, number: int, wanted: Wanted) -> None:
        self._wanted = wanted
        self._frames = np.array(sorted(wanted.frames.get(number, ())), np.int64)
        self._carried = wanted.carried.get(number, {})
        self._last = max([*self._frames[-1:], *(c.frame for flow in self._carried.values() for c in flow)], default=0)
        self._ends = _Ends(wanted.ends)
        self._foreign = _flow_keys(wanted.foreign)
        self._shared = _flow_keys(wanted.shared)
        self._ssrcs = np.array(sorted(wanted.ssrcs), np.uint64)

    def pick(self, block: Block) -> NDArray[np.int64]:
        """The indexes of the wanted rows, ascending."""
        rows, buffer, wanted = block.rows[: block.count], block.buffer, self._wanted
        take = np.isin(rows["frame"], self._frames)
        now = (rows["time"] >= wanted.since) & (rows["time"] <= wanted.until)
        take[self._media(rows, buffer, now)] = True
        if self._carried or wanted.connections:
            for index in self._tcp(rows):
                take[index] |= self._is_segment(buffer, rows[index])
        return np.flatnonzero(take)

    def connected(self, block: Block) -> NDArray[np.bool_]:
        """Which packets of SCTP belong to a wanted connection: all of it is taken."""
        take = np.zeros(block.count, np.bool_)
        if self._wanted.connections:
            for index in np.flatnonzero((block.rows["kind"] == FOREIGN) & (block.rows["flags"] == SCTP)):
                row = block.rows[index]
                ports = block.buffer[row["payload"] : row["payload"] + 4].tobytes()
                source, destination = _addresses(block.buffer, row)
                flow = (
                    _name(source, int.from_bytes(ports[:2], "big")),
                    _name(destination, int.from_bytes(ports[2:], "big")),
                )
                take[index] = flow in self._wanted.connections or flow[::-1] in self._wanted.connections
        return take

    def over(self, block: Block) -> bool:
        """Whether nothing wanted can follow."""
        rows = block.rows[: block.count]
        late = int(rows["time"].min()) > self._wanted.until + _SLACK_NS
        return late and int(rows["frame"][-1]) >= self._last and not self._wanted.connections

    def _media(self, rows: NDArray[Any], buffer: NDArray[np.uint8], now: NDArray[np.bool_]) -> NDArray[np.int64]:
        ports = self._ends.ports
        at = np.flatnonzero(now & (rows["kind"] == UDP) & (ports[rows["sport"]] | ports[rows["dport"]]))
        source, destination = _end_keys(rows, buffer, at)
        flows = _mix(source, destination)
        hit = np.isin(source, self._ends.keys) | np.isin(destination, self._ends.keys)
        hit &= ~np.isin(flows, self._foreign)
        at, doubtful = at[hit], np.isin(flows[hit], self._shared) & (rows["length"][at[hit]] >= 12)
        for n in np.flatnonzero(doubtful):
            payload = int(rows["payload"][at[n]])
            is_rtp = buffer[payload] >> 6 == 2 and not 192 <= buffer[payload + 1] <= 223
            ssrc = int.from_bytes(buffer[payload + 8 : payload + 12].tobytes(), "big")
            doubtful[n] = is_rtp and ssrc not in self._wanted.ssrcs
        return at[~doubtful]

    def _tcp(self, rows: NDArray[Any]) -> NDArray[np.int64]:
        """The rows of TCP that may be of a wanted flow, by their ports."""
        pairs = {(_port(a) << 16) | _port(b) for a, b in [*self._carried, *self._wanted.connections]}
        pairs |= {(_port(b) << 16) | _port(a) for a, b in self._wanted.connections}
        ports = (rows["sport"].astype(np.int64) << 16) | rows["dport"]
        return np.flatnonzero((rows["kind"] == TCP) & np.isin(ports, sorted(pairs)))

    def _is_segment(self, buffer: NDArray[np.uint8], row: Any) -> bool:
        source, destination = _addresses(buffer, row)
        flow = _name(source, int(row["sport"])), _name(destination, int(row["dport"]))
        if flow in self._wanted.connections or flow[::-1] in self._wanted.connections:
            return True
        at = int(row["payload"])
        segment = buffer[at : at + int(row["length"])].tobytes()
        coming = [message for message in self._carried.get(flow, ()) if message.frame >= int(row["frame"])]
        return bool(segment) and any(carries(segment, message.data) for message in coming[:_AHEAD])


def carries(segment: bytes, message: bytes) -> bool:
    """Whether a segment holds a part of a message: all of it, its beginning, its end, or something between."""
    if segment in message or message in segment:
        return True
    head, tail = message[:_CLUE], message[-_CLUE:]
    if (at := segment.find(head)) >= 0 and message.startswith(segment[at:]):
        return True
    if (at := segment.rfind(tail)) >= 0 and message.endswith(segment[: at + len(tail)]):
        return True
    lengths = range(_SHORTEST_CLUE, _CLUE)
    return any(segment.endswith(message[:n]) for n in lengths) or any(segment.startswith(message[-n:]) for n in lengths)


class _Ends:
    """Places to look packets up in: `ports` (65536,) bool, `keys` sorted."""

    def __init__(self, ends: Iterable[str]) -> None:
        self.ports = np.zeros(1 << 16, np.bool_)
        keys = set()
        for end in ends:
            self.ports[_port(end)] = True
            keys.add(_key(end))
        self.keys = np.array(sorted(keys), np.uint64)


def _end_keys(
    rows: NDArray[Any], buffer: NDArray[np.uint8], at: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """A number for the source and one for the destination of each row."""
    keys = np.zeros((2, len(at)), np.uint64)
    for version, width in ((4, 4), (6, 16)):
        these = np.flatnonzero(rows["version"][at] == version)
        for side, ports in enumerate(("sport", "dport")):
            places = rows["address"][at[these]].astype(np.int64) + side * width
            content = buffer[places[:, None] + np.arange(width)]
            keys[side, these] = _hashed(content, rows[ports][at[these]])
    return keys[0], keys[1]


def _hashed(addresses: NDArray[np.uint8], ports: NDArray[Any]) -> NDArray[np.uint64]:
    """FNV-1a of address and port, 64 bits: two places do not meet."""
    out = np.full(len(addresses), 0xCBF29CE484222325, np.uint64) ^ ports.astype(np.uint64)
    for index in range(addresses.shape[1]):
        out = (out * np.uint64(0x100000001B3)) ^ addresses[:, index].astype(np.uint64)
    return out * np.uint64(0x100000001B3)


def _mix(source: NDArray[np.uint64], destination: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return source * np.uint64(0x9E3779B97F4A7C15) + destination


def _key(end: str) -> int:
    packed = np.frombuffer(_ip(end), np.uint8)[None, :]
    return int(_hashed(packed, np.array([_port(end)]))[0])


def _flow_keys(flows: Iterable[Flow]) -> NDArray[np.uint64]:
    pairs = [(_key(a), _key(b)) for a, b in flows]
    source, destination = (np.array([pair[side] for pair in pairs], np.uint64) for side in (0, 1))
    return np.unique(_mix(source, destination))


def _ip(end: str) -> bytes:
    return ipaddress.ip_address(end.rpartition(":")[0].strip("[]")).packed


def _port(end: str) -> int:
    return int(end.rpartition(":")[2])


def _name(address: bytes, port: int) -> str:
    name = address_name(np.frombuffer(address, np.uint8))
    return f"{name}:{port}" if len(address) == 4 else f"[{name}]:{port}"


def _addresses(buffer: NDArray[np.uint8], row: Any) -> tuple[bytes, bytes]:
    at, width = int(row["address"]), 4 if row["version"] == 4 else 16
    both = buffer[at : at + 2 * width].tobytes()
    return both[:width], both[width:]
