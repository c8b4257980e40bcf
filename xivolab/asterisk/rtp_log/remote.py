"""What the printed reports of RTCP say of the streams of a log: SSRCs, and loss, jitter and round trip at the other end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xivolab.asterisk.log.logs import Logs
from xivolab.asterisk.rtp_log.collect import RtpLines, place_of
from xivolab.asterisk.rtp_log.control import Printed, Report, reports
from xivolab.asterisk.rtp_log.flows import SECOND, Flow
from xivolab.rtp.reports import RemoteView, StreamKey
from xivolab.schema import NULL_INT

_BEFORE, _AFTER = 10 * SECOND, 30 * SECOND
"""A report is of a stream that runs, or begins or ended within this."""

OWN_HOST = "0.0.0.0"  # noqa: S104 - what the engine calls the end that no line tells


@dataclass(frozen=True, slots=True)
class Tied:
    """A report with the flows at the place it came from or went to: what Asterisk sends there, and what it gets from there."""

    report: Report
    sent: int | None
    got: int | None

    @property
    def about(self) -> int | None:
        """The flow that it reports of: the one that its receiver sends."""
        return self.got if self.report.sent else self.sent


def tied_reports(logs: Logs, lines: RtpLines, flows: Sequence[Flow]) -> Iterator[Tied]:
    """The reports that the logs print, in order, with their flows."""
    by_place: dict[tuple[str, str, bool], list[int]] = {}
    for number, flow in enumerate(flows):
        server = logs.files[flow.file].server
        by_place.setdefault((server, flow.place, flow.sent), []).append(number)
    for file in logs.order:
        if file not in lines.files or not lines.files[file].control:
            continue
        rows = np.concatenate(lines.files[file].control)
        times = logs.clocks[file].epoch(rows).tolist()
        columns = (rows["line"].tolist(), times, rows["callid"].tolist(), rows["thread"].tolist())
        printed = (
            Printed(line, None if time == NULL_INT else time, callid, thread, text)
            for line, time, callid, thread, text in zip(*columns, lines.files[file].texts, strict=True)
        )
        for report in reports(printed):
            place = place_of(report.address)
            if place is None:
                continue
            host, _, port = place.rpartition(":")
            server = logs.files[file].server
            # The port of RTCP is the next one, or the same (RFC 5761).
            places = f"{host}:{int(port) - 1}", place
            sent, got = (
                _nearest(report, [n for each in places for n in by_place.get((server, each, way), ())], flows)
                for way in (True, False)
            )
            yield Tied(report, sent, got)


def _nearest(report: Report, numbers: Sequence[int], flows: Sequence[Flow]) -> int | None:
    """The flow that runs while a report is sent; that of its call id before others."""
    found = [number for number in numbers if _beside(report, flows[number])]
    own = [number for number in found if report.callid >= 0 and flows[number].callid == report.callid]
    return next(reversed(own or found), None)


def _beside(report: Report, flow: Flow) -> bool:
    if report.time is None or flow.first is None or flow.last is None:
        return True
    return flow.first - _BEFORE <= report.time <= flow.last + _AFTER


def ssrcs_of(tied: Iterable[Tied]) -> dict[int, int]:
    """The SSRC of each flow that reports tell."""
    found: dict[int, int] = {}
    for one in tied:
        own, other = (one.sent, one.got) if one.report.sent else (one.got, one.sent)
        for number, ssrc in ((own, one.report.sender), (other, one.report.about)):
            if number is not None and ssrc is not None:
                found[number] = ssrc & 0xFFFFFFFF
    return found


def views_of(tied: Iterable[Tied], flows: Sequence[Flow], clocks: Mapping[int, int]) -> dict[StreamKey, RemoteView]:
    """What the reports say of each flow, as of captured streams; `clocks` are the ticks per second of each.

    A flow is named by its number plus 1 where a captured stream has its SSRC.
    """
    views: dict[StreamKey, RemoteView] = {}
    for one in tied:
        report = one.report
        if report.goodbye and one.got is not None:
            _view(views, one.got, flows).bye = report.time
        lost = report.lost
        if one.about is None or lost is None:
            continue
        view = _view(views, one.about, flows)
        view.reports += 1
        view.lost = lost
        highest = report.highest
        view.highest = view.highest if highest is None else highest
        view.jitter = report.jitter(clocks.get(one.about, 0)) or 0
        if report.rtt_ms is not None:
            view.round_trips += 1
            view.round_trip_sum += report.rtt_ms
    return views


def _view(views: dict[StreamKey, RemoteView], number: int, flows: Sequence[Flow]) -> RemoteView:
    flow = flows[number]
    host = flow.place.rpartition(":")[0].strip("[]")
    own = "::" if ":" in host else OWN_HOST
    key = (number + 1, own, host) if flow.sent else (number + 1, host, own)
    return views.setdefault(key, RemoteView())
