"""The streams that logs tell, beside those that were captured: counted by the same engine, in the same tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.asterisk.log.logs import Logs
from xivolab.asterisk.log.rows import NO_CLOCK
from xivolab.asterisk.rtp_log.collect import RtpLines
from xivolab.asterisk.rtp_log.flows import TOLD_PACKET, Flow, as_captured, assign, told_once, with_events
from xivolab.asterisk.rtp_log.remote import ssrcs_of, tied_reports, views_of
from xivolab.errors import Problem
from xivolab.rtp.announced import Announced
from xivolab.rtp.counter import RtpCounter
from xivolab.rtp.marks import NotedPackets
from xivolab.rtp.streams import StreamTables
from xivolab.rtp.told import ToldStream
from xivolab.scan import Scan
from xivolab.sip.announced import media_updates
from xivolab.sip.store import RawMessages

BootOf = Callable[[int, NDArray[np.int64]], NDArray[np.int64]]
"""After which start of Asterisk the lines (n,) of a file are."""

_OWN = ("0.0.0.0", "::")  # noqa: S104 - stands for an address that is not known
_APART = 2_000_000_000
"""The clock of a log and that of a capture may differ by this."""


@dataclass(frozen=True, slots=True)
class ToldMedia:
    """A scan with the streams of logs in its tables; `flows` are those, by row of the streams."""

    scan: Scan
    flows: dict[int, Flow]
    problems: list[Problem]


def with_told_streams(
    found: Scan, logs: Logs, lines: RtpLines, messages: RawMessages, first_file: int, boot_of: BootOf
) -> ToldMedia:
    """What a scan found, with what `lines` of `logs` tell of RTP, but for the streams that were captured as well.

    `messages` are the SIP messages of the logs, which announce the media; files of logs are numbered from `first_file` on.
    """
    packets = [_packets(logs, lines, numbers, boot_of) for numbers in _servers(logs, lines)]
    flows: list[Flow] = []
    for each in packets:
        mine = assign(each, lines.places)
        each["flow"] += np.where(each["flow"] >= 0, len(flows), 0).astype(np.int32)
        flows += mine
    problems = list(_unsequenced(logs, packets))
    every = np.concatenate([np.zeros(0, TOLD_PACKET), *packets])
    fresh = np.array([not _was_captured(flow, found.rtp) for flow in flows], np.bool_)
    every = every[every["flow"] >= 0]
    every = every[fresh[every["flow"]]]
    if not len(every):
        return ToldMedia(found, {}, problems)
    updates = _announce(found.rtp.announced, messages, flows, every)
    counter, noted = _counted(every, flows, found.rtp, updates, first_file)
    numbers = counter.streams["ssrc"].tolist()  # the number of the flow, plus 1, stands where the SSRC would be
    tied = list(tied_reports(logs, lines, flows))
    ssrcs = ssrcs_of(tied)
    resolutions = {number: _resolution_ms(each["time"]) for number, each in _by_file(every)}
    told = {
        stream: _told(flows[number - 1], ssrcs.get(number - 1), resolutions, logs)
        for stream, number in enumerate(numbers)
    }
    clocks = {number - 1: int(clock) for number, clock in zip(numbers, counter.streams["clock"], strict=True)}
    rtp = found.rtp.joined_by(counter, told, views_of(tied, flows, clocks))
    marks = [replace(mark, stream=rtp.row_of[found.rtp.numbers[mark.stream]]) for mark in found.marks]
    rows = {rtp.row_of[found.rtp.next_counter, stream]: flows[number - 1] for stream, number in enumerate(numbers)}
    return ToldMedia(replace(found, rtp=rtp, marks=[*marks, *noted.marks(rtp)]), rows, problems)


def _servers(logs: Logs, lines: RtpLines) -> Iterator[list[int]]:
    """The files of each server that tell of packets, in order."""
    told = [number for number in logs.order if number in lines.files and lines.files[number].packets]
    for server in dict.fromkeys(logs.files[number].server for number in told):
        yield [number for number in told if logs.files[number].server == server]


def _packets(logs: Logs, lines: RtpLines, numbers: Sequence[int], boot_of: BootOf) -> NDArray[Any]:
    """The packets that some files of one server tell, each once, in order."""
    parts = []
    for number in numbers:
        told = with_events(np.concatenate(lines.files[number].packets))
        part = np.zeros(len(told), TOLD_PACKET)
        for name in told.dtype.names or ():
            if name in (TOLD_PACKET.names or ()) and name != "time":
                part[name] = told[name]
        times = logs.clocks[number].epoch(told)
        part["time"] = np.where(told["clock"] == NO_CLOCK, 0, times)
        part["file"], part["boot"], part["flow"] = number, boot_of(number, told["line"]), -1
        parts.append(part)
    every = np.concatenate(parts)
    return told_once(every) if len(parts) > 1 else every


def _by_file(packets: NDArray[Any]) -> Iterator[tuple[int, NDArray[Any]]]:
    for number in np.unique(packets["file"]).tolist():
        yield number, packets[packets["file"] == number]


def _resolution_ms(times: NDArray[np.int64]) -> float | None:
    """How fine the times of a file are: the largest power of ten of ns that divides all; None without times."""
    known = times[times != 0]
    if not len(known):
        return None
    for power in range(9, 0, -1):
        if not (known % 10**power).any():
            return float(10**power / 1e6)
    return 1e-6


def _told(flow: Flow, ssrc: int | None, resolutions: dict[int, float | None], logs: Logs) -> ToldStream:
    key = f"log {flow.callid} {'to' if flow.sent else 'from'} {flow.place} {flow.line}"
    resolution = resolutions[flow.file] if flow.first is not None else None
    return ToldStream(logs.files[flow.file].path, flow.sent, key, ssrc, resolution)


def _unsequenced(logs: Logs, packets: Iterable[NDArray[Any]]) -> Iterator[Problem]:
    """What was handed on without a number, and cannot be counted."""
    for each in packets:
        for number, part in _by_file(each[each["sequence"] < 0]):
            what = f"{len(part)} packets that a native bridge handed on (P2P) have no sequence numbers: they are not counted"
            remedy = "debug all addresses (rtp set debug on): the packet that came before has the number"
            yield Problem(logs.files[number].path, f"line {part['line'][0]}", what, remedy, "info")


def _was_captured(flow: Flow, rtp: StreamTables) -> bool:
    """Whether a capture has a stream with the same other end at the same time."""
    for start, end in rtp.spans(flow.place, to=flow.sent):
        if flow.first is None or flow.last is None:
            return True
        if start - _APART <= flow.last and flow.first <= end + _APART:
            return True
    return False


def _announce(
    announced: Announced, messages: RawMessages, flows: Sequence[Flow], packets: NDArray[Any]
) -> dict[int, NDArray[np.int64]]:
    """Take the SDP of the messages, and what the lines tell: which types are events, and that all of it is RTP.

    For each file (u, 3) = line, endpoint, entry, sorted, of what its SDP announces.
    """
    media = media_updates(messages)
    endpoints = announced.endpoints
    numbers = endpoints.numbers(media.addresses, media.address, media.port)
    known = np.flatnonzero(numbers >= 0)
    updates: dict[int, NDArray[np.int64]] = {}
    if len(known):
        frames, files = media.frame[known], media.file[known]
        entries = announced.add(numbers[known], media.line[known], media.formats, media.time[known], frames)
        order = np.lexsort((entries, numbers[known], frames))
        fresh = np.stack([frames, numbers[known], entries], axis=1)[order]
        updates = {file: fresh[files[order] == file] for file in set(files.tolist())}
    own = endpoints.numbers(list(_OWN), np.arange(2), np.zeros(2, np.int64))
    _add(announced, own, {0: ("PCMU", 8000)})  # nothing has to prove that it is RTP
    events = packets[(packets["length"] == 4) & (packets["type"] >= 96)]
    for number, payload_type in sorted(set(zip(events["flow"].tolist(), events["type"].tolist(), strict=True))):
        host, _, port = flows[number].place.rpartition(":")
        end = endpoints.numbers([host.strip("[]")], np.zeros(1, np.int64), np.array([int(port)]))
        if not announced.any_for(int(end[0])):
            _add(announced, end, {payload_type: ("telephone-event", 8000)})
    return updates


def _add(announced: Announced, numbers: NDArray[np.int64], formats: dict[int, tuple[str | None, int | None]]) -> None:
    zeros = np.zeros(len(numbers), np.int64)
    announced.add(numbers, zeros, [formats], zeros, zeros)


def _counted(
    packets: NDArray[Any],
    flows: Sequence[Flow],
    rtp: StreamTables,
    updates: dict[int, NDArray[np.int64]],
    first_file: int,
) -> tuple[RtpCounter, NotedPackets]:
    """The packets as the engine counts them, and what it noted of single ones."""
    counter, noted = RtpCounter(rtp.announced.endpoints, rtp.announced), NotedPackets()
    for endpoint, entry in rtp.announced.first_entries():
        counter.expect(endpoint, entry)
    known = packets["time"][packets["time"] != 0]
    origin = int(known[0]) if len(known) else 0
    numbers = range(1, len(flows) + 1)
    for file, part in _by_file(packets):
        told = updates.get(first_file + file, np.empty((0, 3), np.int64))
        for buffer, rows in as_captured(part, flows, numbers):
            _, found = counter.count(buffer, rows, len(rows), first_file + file, origin, told)
            noted.take(rtp.next_counter, first_file + file, buffer, rows, found, counter.streams)
    counter.close()
    return counter, noted
