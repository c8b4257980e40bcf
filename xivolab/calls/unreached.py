"""ICMP errors and what they hit: the message, dialog, stream and call of the packet that each quotes.

A quote may be eight bytes of the transport header and no more (RFC 792), so several things can tell: the Call-ID or SSRC where
the quote goes so far, the IP identification, and otherwise what went from that end to the other a moment before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np

from xivolab.calls.announced import read_announcements
from xivolab.calls.leg import Leg
from xivolab.calls.media import NO_SSRC, StreamRows, tie_streams
from xivolab.calls.tables import CallTables
from xivolab.net.icmp import IcmpError
from xivolab.schema import ICMP
from xivolab.sip.tables import SipTables
from xivolab.table import Table

SOON_NS = 10_000_000_000
"""An error comes so soon after the packet that it is about."""

_EARLY_NS = 100_000_000  # captures of several interfaces are not quite in the order of their times

Flow = tuple[str, str]


@dataclass(slots=True)
class _Hit:
    protocol: str | None = None
    call: str | None = None
    call_id: str | None = None
    message: int | None = None
    stream: str | None = None
    leg_end: int | None = None


def icmp_table(errors: Sequence[IcmpError], sip: SipTables, streams: StreamRows, calls: CallTables) -> Table:
    """The errors by time, each with what it hit."""
    ordered = sorted(errors, key=lambda error: (error.time, error.frame))
    hits = _hits(ordered, sip, streams, calls) if ordered else []
    seen: dict[str, int] = {}
    rows = []
    for error, hit in zip(ordered, hits, strict=True):
        row = {
            "time": error.time,
            "src": error.src,
            "dst": error.dst,
            "error": error.words,
            "type": error.type,
            "code": error.code,
            "unreachable": error.unreachable,
            "after_end": hit.leg_end is not None and hit.leg_end <= error.time,
            "transport": error.transport,
            "quoted_src": error.quoted_src,
            "quoted_dst": error.quoted_dst,
            "protocol": hit.protocol,
            "call": hit.call,
            "call_id": hit.call_id,
            "message": hit.message,
            "stream": hit.stream,
            "file": sip.files[error.file] if error.file < len(sip.files) else "",
            "frame": error.frame,
        }
        content = [row[name] for name in ("time", "src", "dst", "error", "quoted_src", "quoted_dst")]
        name = blake2b(repr((content, error.ip_id)).encode(), digest_size=6).hexdigest()
        count = seen[name] = seen.get(name, 0) + 1
        rows.append({"id": name if count == 1 else f"{name}-{count}", **row})
    return Table.from_rows(ICMP, rows)


def runs(errors: Table) -> Iterator[list[int]]:
    """The rows of errors that say one thing: of one message, or of one flow of media, each soon after the other."""
    names = ("src", "dst", "error", "quoted_src", "quoted_dst", "protocol", "call", "message")
    open_runs: dict[tuple[Any, ...], list[int]] = {}
    times = errors["time"].tolist()
    found: list[list[int]] = []
    for row, key in enumerate(zip(*(errors[name].tolist() for name in names), strict=True)):
        run = open_runs.get(key)
        if run is None or times[row] - times[run[-1]] > SOON_NS:
            run = open_runs[key] = []
            found.append(run)
        run.append(row)
    yield from found


def _hits(errors: Sequence[IcmpError], sip: SipTables, streams: StreamRows, calls: CallTables) -> list[_Hit]:
    quoted = {_quoted(error) for error in errors}
    signalling = _Signalling(sip, quoted, calls)
    media = _Media(streams, quoted, calls)
    hits = [signalling.hit(error) or media.hit(error) or _Hit() for error in errors]
    missed = [n for n, hit in enumerate(hits) if hit == _Hit() and errors[n].transport == "UDP"]
    if missed:
        announced = _announced([errors[n] for n in missed], sip, calls)
        for n, hit in zip(missed, announced, strict=True):
            hits[n] = hit
    return hits


def _quoted(error: IcmpError) -> Flow:
    return error.quoted_src, error.quoted_dst


class _Signalling:
    """The messages that went the way of a quoted packet."""

    def __init__(self, sip: SipTables, quoted: Iterable[Flow], calls: CallTables) -> None:
        self._sip = sip
        self._rows: dict[tuple[Flow, str | int | None], list[int]] = defaultdict(list)
        for flow, rows in _rows_by_flow(sip, quoted).items():
            for row in rows:
                for key in (None, int(sip.raw.ip_id[row]), sip.index.call_id[row]):
                    self._rows[flow, key].append(row)
        self._call_of: dict[int, str] = {}
        self._calls_of: dict[str, str] = {}
        for call, legs in zip(calls.calls["id"].tolist(), calls.legs, strict=True):
            for leg in legs:
                self._calls_of.setdefault(leg.call_id, call)
                for row in leg.messages:
                    self._call_of[row] = call

    def hit(self, error: IcmpError) -> _Hit | None:
        """The message that it quotes, else the dialog; None when it quotes no SIP."""
        told = None if error.call_id is None else error.call_id.decode("utf-8", "surrogateescape")
        row = self._message(error, told)
        if row is None:
            if told is None:
                return None
            known = told if told in self._sip.groups else None
            return _Hit("SIP", self._calls_of.get(told), known)
        call_id = self._sip.index.call_id[row]
        return _Hit("SIP", self._call_of.get(row), call_id, row)

    def _message(self, error: IcmpError, call_id: str | None) -> int | None:
        """The one with the same IP identification, else the last before the error; of the Call-ID where that is told."""
        flow, ids = _quoted(error), self._sip.raw.ip_id
        if call_id is not None:
            sent = self._before(error, flow, call_id)
            same = [row for row in sent if error.ip_id and ids[row] == error.ip_id]
            return _last(same or sent)
        same = self._before(error, flow, error.ip_id) if error.ip_id else []
        return _last(same or self._before(error, flow, None))

    def _before(self, error: IcmpError, flow: Flow, key: str | int | None) -> list[int]:
        """What was sent on a flow soon before the error, by time."""
        rows, time = self._rows.get((flow, key), []), self._sip.index.time
        first = bisect_left(rows, error.time - SOON_NS, key=time.__getitem__)
        return rows[first : bisect_right(rows, error.time + _EARLY_NS, key=time.__getitem__)]


def _rows_by_flow(sip: SipTables, flows: Iterable[Flow]) -> dict[Flow, list[int]]:
    """The messages of each of some flows, by time."""
    raw = sip.raw
    numbers = {name: number for number, name in enumerate(raw.addresses)}
    known = {(numbers[a], numbers[b]): (a, b) for a, b in flows if a in numbers and b in numbers}
    wanted = np.array([(a << 32) | b for a, b in known], np.int64)
    keys = (raw.src.astype(np.int64) << 32) | raw.dst
    found: dict[Flow, list[int]] = defaultdict(list)
    for row in np.flatnonzero(np.isin(keys, wanted)).tolist():
        found[known[int(raw.src[row]), int(raw.dst[row])]].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: int(raw.time[row]))
    return found


def _last(rows: Sequence[int]) -> int | None:
    return rows[-1] if rows else None


class _Media:
    """The streams between two ends, and beside them RTCP on the next ports (RFC 3550, 11)."""

    def __init__(self, streams: StreamRows, quoted: Iterable[Flow], calls: CallTables) -> None:
        self._streams = streams
        self._calls = calls.stream_calls
        self._legs = calls.stream_legs
        self._ends = {leg.call_id: leg.end for members in calls.legs for leg in members}
        wanted = {end for flow in quoted for end in (flow, _one_lower(flow))}
        self._rows: dict[Flow, list[int]] = defaultdict(list)
        for row, flow in enumerate(zip(streams.src, streams.dst, strict=True)):
            if flow in wanted:
                self._rows[flow].append(row)

    def hit(self, error: IcmpError) -> _Hit | None:
        """The stream that it quotes; None when there is none."""
        if error.transport != "UDP":
            return None
        flow, protocol = _quoted(error), _protocol(error)
        row = self._stream(error, flow)
        if row is None and error.media in ("RTCP", ""):
            row, protocol = self._stream(error, _one_lower(flow)), "RTCP"
        if row is None:
            return None
        end = self._ends.get(self._legs[row] or "")
        return _Hit(protocol, self._calls[row], stream=self._streams.id[row], leg_end=end)

    def _stream(self, error: IcmpError, flow: Flow) -> int | None:
        """The latest one that ran then, with the SSRC where that is told."""
        streams = self._streams
        ran = [
            row
            for row in self._rows.get(flow, ())
            if streams.start[row] - _EARLY_NS <= error.time <= streams.end[row] + SOON_NS
        ]
        same = [row for row in ran if error.ssrc is not None and int(streams.ssrc[row], 16) == error.ssrc]
        return max(same or ran, key=lambda row: streams.start[row], default=None)


def _announced(errors: Sequence[IcmpError], sip: SipTables, calls: CallTables) -> list[_Hit]:
    """The calls whose session descriptions announced the ends of media that was not captured itself."""
    call_of = {leg: call for call, legs in zip(calls.calls["id"].tolist(), calls.legs, strict=True) for leg in legs}
    announcements = read_announcements(sip.index, list(call_of))

    def tied(flows: Sequence[Flow]) -> list[Leg | None]:
        times, (src, dst) = [error.time for error in errors], zip(*flows, strict=True)
        rows = StreamRows([""] * len(errors), src, dst, [NO_SSRC] * len(errors), times, times)
        return [tie.leg if tie else None for tie in tie_streams(rows, announcements)]

    flows = [_quoted(error) for error in errors]
    hits = []
    for error, here, lower in zip(errors, tied(flows), tied([_one_lower(flow) for flow in flows]), strict=True):
        may_be_lower = here is None and error.media in ("RTCP", "")
        leg, protocol = (lower, "RTCP") if may_be_lower else (here, _protocol(error))
        hits.append(_Hit(protocol, call_of[leg], leg.call_id, leg_end=leg.end) if leg else _Hit())
    return hits


def _protocol(error: IcmpError) -> str | None:
    """What is quoted of media; where the quote is too short to tell, RTP is meant."""
    return "RTP" if error.media == "" else error.media


def _one_lower(flow: Flow) -> Flow:
    """The ports of RTP where these are those of its RTCP."""
    source, destination = (end.rpartition(":") for end in flow)
    return f"{source[0]}:{int(source[2]) - 1}", f"{destination[0]}:{int(destination[2]) - 1}"
