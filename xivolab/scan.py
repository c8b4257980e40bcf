"""One scan of the captures fills everything: SIP messages, RTP streams, RTCP, problems.

In each block the SIP is taken first: what its SDP announces is known when the RTP of the same block is counted, frame by
frame. A stream whose SDP came later (over TCP, in fragments, or simply after its packets) is counted again, with what
is known by then, in a second pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab._collector import collector_paused
from xivolab._memory import return_large_arrays, return_the_rest
from xivolab.errors import Problem
from xivolab.evidence.source import Source
from xivolab.net.datagrams import LENGTH, MARKS, TOLD, WIRE, copy_datagrams
from xivolab.net.endpoints import Endpoints, address_name
from xivolab.net.hep import RTCP, SIP
from xivolab.net.hep_stream import is_hep_stream, packets_told
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
from xivolab.sip.pjsip_logger import logged_by_asterisk, tell_transports
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
    return_large_arrays()
    scanner = Scanner(sources, progress, keys or KeyLog())
    scanner.read(sources)
    if len(scanner.unread):  # once more, with what tshark finds in the packets that could not be read
        told = scanner.unread.look_inside(sources)
        if any(map(inside_of, sources)):
            scanner = Scanner(sources, progress, keys or KeyLog())
            scanner.read(sources)
        scanner.problems += told
    found = scanner.finish()
    del scanner
    return_the_rest()
    return found


@dataclass(slots=True)
class _Pass:
    """One reading of all files: the first finds SIP and RTCP, a second one only counts RTP again.

    `last_time` is that of the last packet so far, `origin` where Wireshark's relative time begins (ns).
    """

    first: bool
    mender: Mender = field(default_factory=Mender)
    noted: NotedPackets = field(default_factory=NotedPackets)
    counters: list[RtpCounter] = field(default_factory=list)
    readers: dict[int, CaptureReader] = field(default_factory=dict)
    last_time: int | None = None
    origin: int = 0

    @property
    def facts(self) -> list[CaptureFacts]:
        """Of the files, in the order in which they were read."""
        return [reader.facts for reader in self.readers.values()]

    def close(self) -> None:
        """Nothing more is counted."""
        for counter in self.counters:
            counter.close()


class Scanner:
    """A scan in steps: `read()` as often as there is more, then `finish()` once. `keys` open TLS."""

    def __init__(self, sources: list[Source], progress: Progress | None, keys: KeyLog) -> None:
        self._sources = sources
        self._progress = progress
        self.keys = keys
        self._endpoints = Endpoints()
        self._announced = Announced(self._endpoints)
        self._messages = GatheredMessages()
        self.hurried = False
        self._gathered = 0  # messages that needed no putting together
        self._learnt: set[tuple[int, int, int]] = set()
        self._payloads = np.empty(0, np.uint8)
        self._ranks: dict[int, int] = {}  # the place of each file among those read, by time
        self._segments: dict[tuple[int, int], list[Segment]] = {}
        self._sip_flows: set[tuple[int, int]] = set()
        self._secure = SecureFlows()
        self._flows = np.full(1 << 12, -1, np.int64)
        self._flow_counts = np.zeros(1 << 12, np.int32)
        self._flows_used = np.zeros(1, np.int64)
        self._control: list[ControlPacket] = []
        self.problems: list[Problem] = []
        self.unread = Unread()
        self._first = _Pass(True, Mender(unread=self.unread))
        self._updates: dict[int, list[NDArray[np.int64]]] = {}  # file → (n, 3) = frame, endpoint, entry
        self._cut: Counter[int] = Counter()  # file → its SIP packets that the snap length cut

    def read(self, sources: list[Source]) -> None:
        """Read what is there and was not read yet: of files that grow the rest, and the files that follow them."""
        self._sources = sources
        self._read(self._first)

    def finish(self, *, again: bool = True) -> Scan:
        """What was found. Nothing can be read afterwards: `copied()` gives another scanner to be finished.

        Where SDP became known after its packets all is read again, and RTP counted with it; not without `again`: `hurried`
        tells then that this would have been right.
        """
        done = self._first
        done.close()
        facts = done.facts
        self.problems = [*(problem for reader in done.readers.values() for problem in reader.problems), *self.problems]
        self._gathered = len(self._messages)
        announced = self._finish_tcp()
        if self._open_tls(facts) or announced or self._late(done.counters):
            self.hurried = not again
            if again:
                done.counters.clear()  # before there are others: they may be large
                done = _Pass(False)
                self._read(done)
                done.close()
        for number, packets in sorted(self._cut.items()):
            what = f"{packets} SIP packets were not captured whole: what stood behind the cut is missing"
            self.problems.append(Problem(self._sources[number].name, "", what, "capture whole packets (tcpdump -s 0)"))
        if done.mender.fragments.missing:
            what = f"{done.mender.fragments.missing} fragmented packets are not whole"
            self.problems.append(
                Problem(self._sources[0].name, "", what, "capture all fragments: filter by host, not by port", "info")
            )
        rtp = StreamTables(done.counters, self._announced, remote_views(self._control))
        messages = self._messages.all(self._endpoints.name)
        logged = logged_by_asterisk(messages)
        if len(logged):
            tell_transports(messages, logged)
            for number in sorted(set(messages.file[logged].tolist())):
                what = "written by Asterisk itself (pjsip set logger pcap): without media, and its own address is not in it"
                remedy = "capture on the network (tcpdump) to see the media"
                self.problems.append(Problem(self._sources[number].name, "", what, remedy, "info"))
        return Scan(messages, rtp, done.noted.marks(rtp), facts, self.problems, done.mender.icmp)

    def copied(self) -> Scanner:
        """This scanner as it stands, to be finished while this one reads on. What never changes is shared."""
        memo: dict[int, Any] = {id(one): one for one in (self._progress, self.keys, *self._sources)}
        for things in (self._control, self._first.mender.icmp):
            memo[id(things)] = list(things)  # of RTCP packets, of ICMP errors
        memo[id(self._payloads)] = np.empty(0, np.uint8)
        memo[id(self._segments)] = {flow: list(kept) for flow, kept in self._segments.items()}
        return deepcopy(self, memo)

    def learn(self, finished: Scanner) -> None:
        """Take what messages over TCP and TLS announced, as a finished copy found, for the packets that are still to come."""
        media = media_updates(finished._messages.since(finished._gathered))
        told = list(zip(media.file.tolist(), media.frame.tolist(), media.port.tolist(), strict=True))
        fresh = np.array([n for n, key in enumerate(told) if key not in self._learnt], np.int64)
        self._learnt.update(told)
        endpoints = self._endpoints.numbers(media.addresses, media.address[fresh], media.port[fresh])
        fresh, endpoints = fresh[endpoints >= 0], endpoints[endpoints >= 0]
        if len(fresh):
            columns = media.line[fresh], media.formats, media.time[fresh], media.frame[fresh]
            entries = self._announced.add(endpoints, *columns)
            for endpoint, entry in zip(endpoints.tolist(), entries.tolist(), strict=True):
                for counter in self._first.counters[-1:]:
                    counter.expect(endpoint, entry)

    @property
    def order(self) -> list[int]:
        """The files that were read, in that order."""
        return list(self._first.readers)

    @property
    def last_time(self) -> int | None:
        """When the last packet so far was captured, in ns."""
        return self._first.last_time

    def _read(self, this: _Pass) -> None:
        """Read on in all files, or all of them in a second pass."""
        for number in self._in_time_order(this):
            source = self._sources[number]
            this.mender.file = number
            self._ranks.setdefault(number, len(self._ranks))
            reader = this.readers.setdefault(number, CaptureReader(source, mender=this.mender))
            reader.source = source
            updates = _NOTHING_NEW if this.first else _by_frame(self._updates.get(number, []))
            for block in reader.blocks():
                # By when it was captured: what HEP tells of happened before.
                if block.first and (this.last_time is None or (reader.facts.first_time or 0) < this.last_time):
                    this.counters.append(self._counter(this.first))
                    this.origin = int(block.rows["time"][0])
                if this.first:
                    found = len(self._messages)
                    self._take_sip(block, number)
                    if inside := inside_of(source):
                        self._take_inside(inside, block, number)
                    updates = self._announce(found)
                counter, index = this.counters[-1], len(this.counters) - 1
                control, noted = counter.count(block.buffer, block.rows, block.count, number, this.origin, updates)
                this.noted.take(index, number, block.buffer, block.rows, noted, counter.streams)
                if this.first:
                    for row in control:
                        self._take_control(block, block.rows[row])
                if self._progress:
                    self._progress(source.name, reader.facts.bytes)
            if reader.facts.last_time is not None:  # a capture may hold no packet
                this.last_time = max(this.last_time or 0, reader.facts.last_time)

    def _counter(self, first: bool) -> RtpCounter:
        counter = RtpCounter(self._endpoints, self._announced)
        if not first:
            for endpoint, entry in self._announced.first_entries():
                counter.expect(endpoint, entry)
        return counter

    def _in_time_order(self, this: _Pass) -> list[int]:
        """The files by the time of their first packet; those that were read before come first, as they were read."""
        before = list(this.readers)
        fresh = [number for number in range(len(self._sources)) if number not in this.readers]
        if len(fresh) == 1:
            return [*before, *fresh]
        times = [(CaptureReader(self._sources[number], block=1 << 16).first_time() or 0, number) for number in fresh]
        return [*before, *(number for _, number in sorted(times))]

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
        if flow not in self._sip_flows and (shows_sip(segment.data) or is_hep_stream([segment])):
            self._sip_flows.update((flow, flow[::-1]))

    def _forget_flows(self) -> None:
        """Let go of the early segments of flows that did not turn out to carry SIP."""
        for flow in [f for f, kept in self._segments.items() if len(kept) >= EARLY_SEGMENTS]:
            if not self._carries_sip(flow):
                self._secure.note(flow, self._segments.pop(flow))

    def _carries_sip(self, flow: tuple[int, int]) -> bool:
        segments = self._segments[flow]
        if flow not in self._sip_flows and (begins_with_sip(segments) or is_hep_stream(segments)):
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
            if is_hep_stream(self._segments[flow]):
                self._take_hep_stream(self._segments[flow])
                continue
            for data, mark, in_websocket in messages_of(self._segments[flow]):
                self._messages.add(mark, flow, _WS if in_websocket else _TCP, data)
        return len(self._announce(found)) > 0

    def _take_hep_stream(self, segments: list[Segment]) -> None:
        """What an agent tells over TCP: SIP, and RTCP."""
        for told, mark in packets_told(segments):
            ends = [address_name(np.frombuffer(packed, np.uint8)) for packed in (told.source, told.destination)]
            time = mark.time if told.time is None else told.time
            if told.kind == SIP and looks_like_sip(told.payload):
                ports = np.array([told.sport, told.dport])
                source, destination = self._endpoints.numbers(ends, np.arange(2), ports).tolist()
                transport = int(_TOLD_TRANSPORTS[told.protocol & 255])
                self._messages.add(
                    mark._replace(time=time, ip_id=0, ttl=0), (source, destination), transport, told.payload
                )
            elif told.kind == RTCP:
                self._control.append(ControlPacket(time, ends[0], ends[1], told.payload))

    def _open_tls(self, facts: list[CaptureFacts]) -> bool:
        """The messages of the TLS connections that there are keys for; whether their SDP announced media."""
        if not len(self._secure):
            return False
        found = len(self._messages)
        keys = together(self.keys, *(fact.keys for fact in facts))
        opened, problems = self._secure.opened(
            self._sources,
            sorted(self._ranks, key=self._ranks.__getitem__),
            keys,
            self._endpoints.name,
            self._packets,
            lambda segments: any(shows_sip(segment.data) for segment in segments) or begins_with_sip(segments),
            alone=not found,
        )
        self.problems += problems
        for flow, segments in opened:
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
