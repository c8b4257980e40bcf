"""What RTCP says of each stream: loss, jitter and quality after the capture point, the round trip, who sends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from xivolab.rtp.control import Goodbye, Name, ReportBlock, SenderReport, parse_rtcp
from xivolab.rtp.extended import StatisticsSummary, VoipMetrics

_FRACTION = 65536  # LSR and DLSR count 1/65536 s (RFC 3550, 6.4.1)


class ControlPacket(NamedTuple):
    """One RTCP datagram: arrival in ns, addresses without port; `whole` unless the capture cut it."""

    time: int
    source: str
    destination: str
    data: bytes
    whole: bool = True


@dataclass(slots=True)
class RemoteView:
    """What RTCP says of one stream: `lost` and `highest` of the receiver's last report, jitter in ticks, mean rtt.

    `reports` counts the receiver's; `metrics` is its last extended report; `xr_lost`, `xr_duplicates` add up its statistics
    summaries, None without. The sender gives its `cname`, and says goodbye at `bye` (ns).
    """

    reports: int = 0
    lost: int = 0
    highest: int = 0
    jitter: int = 0
    round_trips: int = 0
    round_trip_sum: float = 0.0
    metrics: VoipMetrics | None = None
    xr_lost: int | None = None
    xr_duplicates: int | None = None
    xr_jitter: int | None = None
    summarised: tuple[int, int] | None = None
    cname: str | None = None
    bye: int | None = None

    @property
    def rtt_ms(self) -> float | None:
        """Mean round trip between the capture point and the receiver; None without a pair of reports."""
        return self.round_trip_sum / self.round_trips if self.round_trips else None


StreamKey = tuple[int, str, str]
"""SSRC, sender's and receiver's address."""


def remote_views(packets: Iterable[ControlPacket]) -> dict[StreamKey, RemoteView]:
    """What RTCP says of each stream, by (SSRC, sender's address, receiver's address).

    A report block travels from the receiver to the sender, so that its addresses are those of the stream turned round;
    a name and a goodbye travel as the stream does.
    """
    views: dict[StreamKey, RemoteView] = {}
    sent: dict[tuple[int, int], int] = {}  # (SSRC, NTP) of a sender report → when it passed
    for packet in packets:
        for report in parse_rtcp(packet.data, whole=packet.whole):
            if isinstance(report, SenderReport):
                sent[report.sender, report.ntp] = packet.time
            elif isinstance(report, Name | Goodbye):
                view = views.setdefault((report.ssrc, packet.source, packet.destination), RemoteView())
                if isinstance(report, Name):
                    view.cname = report.cname
                else:
                    view.bye = packet.time
            else:
                view = views.setdefault((report.ssrc, packet.destination, packet.source), RemoteView())
                if isinstance(report, ReportBlock):
                    _take_block(view, report, packet.time, sent.get((report.ssrc, report.lsr)))
                elif isinstance(report, VoipMetrics):
                    view.metrics = report
                else:
                    _take_summary(view, report)
    return views


def _take_block(view: RemoteView, block: ReportBlock, time: int, passed: int | None) -> None:
    view.reports += 1
    view.lost, view.highest, view.jitter = block.lost, block.highest, block.jitter
    if block.lsr and passed is not None:
        rtt = (time - passed) / 1e6 - block.dlsr * 1000 / _FRACTION
        if rtt >= 0:
            view.round_trips += 1
            view.round_trip_sum += rtt


def _take_summary(view: RemoteView, summary: StatisticsSummary) -> None:
    """Add a summary; one that was sent or captured again is about the same packets."""
    if view.summarised == (summary.begin, summary.end):
        return
    view.summarised = summary.begin, summary.end
    if summary.lost is not None:
        view.xr_lost = (view.xr_lost or 0) + summary.lost
    if summary.duplicates is not None:
        view.xr_duplicates = (view.xr_duplicates or 0) + summary.duplicates
    if summary.jitter is not None:
        view.xr_jitter = summary.jitter
