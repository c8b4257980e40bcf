"""One scan of the captures fills everything: SIP messages, RTP streams, RTCP, problems.

In each block the SIP is taken first: what its SDP announces is known when the RTP of the same block is counted, frame by
frame. A stream whose SDP came later (over TCP, in fragments, or simply after its packets) is counted again, with what
is known by then, in a second pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._collector import collector_paused
from xivolab.errors import Problem
from xivolab.evidence.source import Source
from xivolab.net.datagrams import LENGTH, MARKS, TOLD, WIRE, copy_datagrams
from xivolab.net.endpoints import Endpoints, address_name
from xivolab.net.icmp import IcmpError
from xivolab.net.keylog import KeyLog, together
from xivolab.net.mend import Mender
from xivolab.net.pick import EARLY_SEGMENTS, pick, replant
from xivolab.net.reader import Block, CaptureFacts, CaptureReader
from xivolab.net.rows import TCP
from xivolab.net.secure import SecureFlows
from xivolab.net.tcp import Mark, Segment
from xivolab.net.unread import Inside, Unread, inside_of
from xivolab.rtp.announced import Announced
from xivolab.rtp.counter import RtpCounter
from xivolab.rtp.marks import Mark as StreamMark
from xivolab.rtp.marks import NotedPackets
from xivolab.rtp.reports import ControlPacket, remote_views
from xivolab.rtp.streams import StreamTables
from xivolab.sip.announced import media_updates
from xivolab.sip.framing import looks_like_sip
from xivolab.sip.gather import GatheredMessages
from xivolab.sip.over_tcp import begins_with_sip, messages_of, shows_sip
from xivolab.sip.store import TRANSPORTS, RawMessages
from xivolab.table import Table

_UDP, _TCP, _TLS, _WS, _WSS, _SCTP = map(TRANSPORTS.index, ("UDP", "TCP", "TLS", "WS", "WSS", "SCTP"))
_TOLD_TRANSPORTS = np.full(256, _UDP, np.uint8)
_TOLD_TRANSPORTS[[6, 132]] = _TCP, _SCTP  # by the IP protocol that a datagram of HEP tells

_NOTHING_NEW = np.empty((0, 3), np.int64)

Progress = Callable[[str, int], None]
"""Called with the name of a file and how many of its bytes have been read."""


@dataclass(slots=True)
class Scan:
    """What one scan found."""

    messages: RawMessages
    rtp: StreamTables
    marks: list[StreamMark]
    facts: list[CaptureFacts]
    problems: list[Problem]
    icmp: list[IcmpError]

    @property
    def streams(self) -> Table:
        """The RTP streams; nothing is said of their calls."""
        return self.rtp.streams

    @property
    def quality(self) -> Table:
        """Every second of them."""
        return self.rtp.quality


@collector_paused
def scan(sources: list[Source], progress: Progress | None = None, keys: KeyLog | None = None) -> Scan:
    """Read captures: those that follow each other in time count as one, those that overlap are counted apart.

    `keys` open TLS, as do those in the captures. Raises EvidenceError for a file that is no capture.
    """
    scanner = _Scanner(sources, progress, keys or KeyLog())
    found = scanner.read()
    if len(scanner.unread):  # once more, with what tshark finds in the packets that could not be read
        told = scanner.unread.look_inside(sources)
        if any(map(inside_of, sources)):
            scanner = _Scanner(sources, progress, keys or KeyLog())
            found = scanner.read()
        scanner.problems += told
    return scanner.finish(*found)


class _Scanner:
    def __init__(self, sources: list[Source], progress: Progress | None, keys: KeyLog) -> None:
        self._sources = sources
        self._progress = progress
        self._keys = keys
        self._endpoints = Endpoints()
        self._announced = Announced(self._endpoints)
        self._messages = GatheredMessages()
        self._payloads = np.empty(0, np.uint8)
        self._mender = Mender()
        self._ranks: dict[int, int] = {}  # the place of each file among those read, by time
        self._segments: dict[tuple[int, int], list[Segment]] = {}
        self._sip_flows: set[tuple[int, int]] = set()
        self._secure = SecureFlows()
        self._flows = np.full(1 << 12, -1, np.int64)
        self._flow_counts = np.zeros(1 << 12, np.int32)
        self._flows_used = np.zeros(1, np.int64)
        self._control: list[ControlPacket] = []
        self._noted = NotedPackets()
        self.problems: list[Problem] = []
        self.unread = Unread()
        self._updates: dict[int, list[NDArray[np.int64]]] = {}  # file → (n, 3) = frame, endpoint, entry
        self._cut: Counter[int] = Counter()  # file → its SIP packets that the snap length cut

    def read(self) -> tuple[list[CaptureFacts], list[RtpCounter]]:
        """Read all files once."""
        return self._pass(first=True)

    def finish(self, facts: list[CaptureFacts], counters: list[RtpCounter]) -> Scan:
        """What they hold; some may be read again for it."""
        announced = self._finish_tcp()
        if self._open_tls(facts) or announced or self._late(counters):
            counters.clear()  # before there are others: they may be large
            _, counters = self._pass(first=False)
        for number, packets in sorted(self._cut.items()):
            what = f"{packets} SIP packets were not captured whole: what stood behind the cut is missing"
            self.problems.append(Problem(self._sources[number].name, "", what, "capture whole packets (tcpdump -s 0)"))
        if self._mender.fragments.missing:
            what = f"{self._mender.fragments.missing} fragmented packets are not whole"
            self.problems.append(
                Problem(self._sources[0].name, "", what, "capture all fragments: filter by host, not by port", "info")
            )
        rtp = StreamTables(counters, self._announced, remote_views(self._control))
        messages = self._messages.all([self._endpoints.name(n) for n in range(len(self._endpoints))])
        return Scan(messages, rtp, self._noted.marks(rtp), facts, self.problems, self._mender.icmp)

    def _pass(self, first: bool) -> tuple[list[CaptureFacts], list[RtpCounter]]:
        """Read all files once. The first pass finds SIP and RTCP; a second one only counts RTP again."""
        self._noted = NotedPackets()
        counters: list[RtpCounter] = []
        facts: list[CaptureFacts] = []
        last_time: int | None = None
        origin = 0  # where Wireshark's relative time begins
        mender = self._mender = Mender(unread=self.unread if first else None)
        for number in self._in_time_order():
            source = self._sources[number]
            mender.file = number
            self._ranks.setdefault(number, len(self._ranks))
            reader = CaptureReader(source, mender=mender)
            updates = _NOTHING_NEW if first else _by_frame(self._updates.get(number, []))
            facts.append(reader.facts)
            for block in reader.blocks():
                start = int(block.rows["time"][0])
                if block.first and (last_time is None or start < last_time):
                    counters.append(self._counter(first))
                    origin = start
                if first:
                    found = len(self._messages)
                    self._take_sip(block, number)
                    if inside := inside_of(source):
                        self._take_inside(inside, block, number)
                    updates = self._announce(found)
                control, noted = counters[-1].count(block.buffer, block.rows, block.count, number, origin, updates)
                states = counters[-1].streams
                self._noted.take(len(counters) - 1, number, block.buffer, block.rows, noted, states)
                if first:
                    for index in control:
                        self._take_control(block, block.rows[index])
                if self._progress:
                    self._progress(source.name, reader.facts.bytes)
            if reader.facts.last_time is not None:  # a capture may hold no packet
                last_time = max(last_time or 0, reader.facts.last_time)
            if first:
                self.problems += reader.problems
        for counter in counters:
            counter.close()
        return facts, counters

    def _counter(self, first: bool) -> RtpCounter:
        counter = RtpCounter(self._endpoints, self._announced)
        if not first:
            for endpoint, entry in self._announced.first_entries():
                counter.expect(endpoint, entry)
        return counter

    def _in_time_order(self) -> list[int]:
        """The files by the time of their first packet."""
        if len(self._sources) == 1:
            return [0]
        times: list[tuple[int, int]] = []
        for number, source in enumerate(self._sources):
            times.append((CaptureReader(source, block=1 << 16).first_time() or 0, number))
        return [number for _, number in sorted(times)]

    def _take_sip(self, block: Block, file: int) -> None:
        """The SIP of a block: whole datagrams, TCP segments and fragments."""
        at = 0
        picked = np.empty((block.count, 3), np.int32)
        while at < block.count:
            found, at = pick(
                block.buffer,
                block.rows,
                at,
                block.count,
                self._endpoints.slots,
                self._endpoints.table,
                self._endpoints.used,
                self._flows,
                self._flow_counts,
                self._flows_used,
                picked,
            )
            self._take_rows(block, picked[:found], file)
            if at < block.count:
                self._endpoints.grow()
                self._grow_flows()
        self._forget_flows()

    def _take_inside(self, inside: Inside, block: Block, file: int) -> None:
        """The messages that tshark found in packets of this block."""
        frames = block.rows["frame"]
        for told in inside.messages_of(int(frames[0]), int(frames[block.count - 1])):
            if looks_like_sip(told.data):
                (src, sport), (dst, dport) = told.src, told.dst
                ends = self._endpoints.numbers([src, dst], np.arange(2), np.array([sport, dport]))
                mark = Mark(file, told.frame, told.time, 0, 0, self._ranks[file])
                self._messages.add(mark, (int(ends[0]), int(ends[1])), _SCTP, told.data)

    def _take_rows(self, block: Block, picked: NDArray[np.int32], file: int) -> None:
        self._take_datagrams(block, picked, file)
        segments = picked[block.rows["kind"][picked[:, 0]] == TCP]
        if not len(segments):
            return
        rows = block.rows[segments[:, 0]]
        names = ("frame", "time", "ip_id", "ttl", "sequence", "payload", "length", "wire")
        columns = [rows[name].tolist() for name in names]
        flows = zip(segments[:, 1].tolist(), segments[:, 2].tolist(), strict=True)
        view = memoryview(block.buffer.data)
        for flow, frame, time, ip_id, ttl, sequence, at, length, wire in zip(flows, *columns, strict=True):
            mark = Mark(file, frame, time, ip_id, ttl, self._ranks[file])
            data = bytes(view[at : at + length])
            self._take_segment(flow, Segment(sequence, data, wire, mark))

    def _take_datagrams(self, block: Block, picked: NDArray[np.int32], file: int) -> None:
        if not len(picked):
            return
        if len(self._payloads) < len(block.buffer):
            self._payloads = np.empty(len(block.buffer), np.uint8)
        payloads = self._payloads  # used again: new memory would have to be cleared for each block
        marks = np.empty((len(picked), MARKS), np.int64)
        count, size = copy_datagrams(block.buffer, block.rows, picked, len(picked), payloads, marks)
        if count:
            marks = marks[:count]
            if cut := int((marks[:, LENGTH] < marks[:, WIRE]).sum()):
                self._cut[file] += cut
            self._messages.add_datagrams(file, _TOLD_TRANSPORTS[marks[:, TOLD]], marks, payloads[:size])

    def _take_segment(self, flow: tuple[int, int], segment: Segment) -> None:
        self._segments.setdefault(flow, []).append(segment)
        if flow not in self._sip_flows and shows_sip(segment.data):
            self._sip_flows.update((flow, flow[::-1]))

    def _forget_flows(self) -> None:
        """Let go of the early segments of flows that did not turn out to carry SIP."""
        for flow in [f for f, kept in self._segments.items() if len(kept) >= EARLY_SEGMENTS]:
            if not self._carries_sip(flow):
                self._secure.note(flow, self._segments.pop(flow))

    def _carries_sip(self, flow: tuple[int, int]) -> bool:
        if flow not in self._sip_flows and begins_with_sip(self._segments[flow]):
            self._sip_flows.add(flow)
        return flow in self._sip_flows

    def _grow_flows(self) -> None:
        if self._flows_used[0] * 2 < len(self._flows) - 2:
            return
        kept, counts = self._flows, self._flow_counts
        self._flows = np.full(len(kept) * 2, -1, np.int64)
        self._flow_counts = np.zeros(len(kept) * 2, np.int32)
        replant(kept, counts, self._flows, self._flow_counts, self._flows_used)

    def _finish_tcp(self) -> bool:
        """The messages of the TCP flows; whether their SDP announced media, whose packets were counted without it."""
        found = len(self._messages)
        for flow, segments in self._segments.items():
            if not self._carries_sip(flow):
                self._secure.note(flow, segments)
        for flow in sorted(filter(self._carries_sip, self._segments)):
            self._cut.update(s.mark.file for s in self._segments[flow] if len(s.data) < s.wire)
            for data, mark, in_websocket in messages_of(self._segments[flow]):
                self._messages.add(mark, flow, _WS if in_websocket else _TCP, data)
        return len(self._announce(found)) > 0

    def _open_tls(self, facts: list[CaptureFacts]) -> bool:
        """The messages of the TLS connections that there are keys for; whether their SDP announced media."""
        if not len(self._secure):
            return False
        found = len(self._messages)
        keys = together(self._keys, *(fact.keys for fact in facts))
        opened, problems = self._secure.opened(
            self._sources, sorted(self._ranks, key=self._ranks.__getitem__), keys, self._endpoints.name, self._packets
        )
        self.problems += problems
        for flow, segments in opened:
            if any(shows_sip(segment.data) for segment in segments) or begins_with_sip(segments):
                for data, mark, in_websocket in messages_of(segments):
                    self._messages.add(mark, flow, _WSS if in_websocket else _TLS, data)
        return len(self._announce(found)) > 0

    def _packets(self, flows: list[tuple[int, int]]) -> int:
        """How many TCP packets with payload these flows had."""
        keys = [(source << 32) | destination for source, destination in flows]
        return int(self._flow_counts[np.isin(self._flows, keys)].sum())

    def _announce(self, first: int) -> NDArray[np.int64]:
        """Take what the SDP of the messages from `first` on announces: (n, 3) = frame, endpoint, entry, by frame."""
        if first == len(self._messages):
            return _NOTHING_NEW
        media = media_updates(self._messages.since(first))
        endpoints = self._endpoints.numbers(media.addresses, media.address, media.port)
        known = np.flatnonzero(endpoints >= 0)  # a host name tells no endpoint
        if not len(known):
            return _NOTHING_NEW
        endpoints, frames, files = endpoints[known], media.frame[known], media.file[known]
        entries = self._announced.add(endpoints, media.line[known], media.formats, media.time[known], frames)
        order = np.lexsort((entries, endpoints, frames))
        fresh = np.stack([frames, endpoints, entries], axis=1)[order]
        for file in set(files.tolist()):
            self._updates.setdefault(file, []).append(fresh[files[order] == file])
        return fresh

    def _late(self, counters: list[RtpCounter]) -> bool:
        """Whether a stream was counted before the SDP that tells the clock of its payload type."""
        for counter in counters:
            for number in np.flatnonzero(counter.streams["unclocked"]):
                state = counter.streams[number]
                for payload_type in np.flatnonzero(counter.types[number, 96:]) + 96:
                    for endpoint in (int(state["destination"]), int(state["source"])):
                        if self._announced.knows(int(payload_type), endpoint):
                            return True
        return False

    def _take_control(self, block: Block, row: Any) -> None:
        width = 4 if row["version"] == 4 else 16
        address, at = int(row["address"]), int(row["payload"])
        ends = [address_name(block.buffer[start : start + width]) for start in (address, address + width)]
        data = block.buffer[at : at + int(row["length"])].tobytes()
        whole = int(row["length"]) == int(row["wire"])
        self._control.append(ControlPacket(int(row["time"]), ends[0], ends[1], data, whole))


def _by_frame(updates: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """All the updates of a file, by frame."""
    found = np.concatenate([_NOTHING_NEW, *updates])
    return found[np.lexsort((found[:, 2], found[:, 1], found[:, 0]))]
