"""What the receivers' RTCP says of each stream: loss and jitter after the capture point, and the round trip."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from xivolab.rtp.control import ReportBlock, SenderReport, parse_rtcp

_FRACTION = 65536  # LSR and DLSR count 1/65536 s (RFC 3550, 6.4.1)


class ControlPacket(NamedTuple):
    """One RTCP datagram: arrival in ns, addresses without port."""

    time: int
    source: str
    destination: str
    data: bytes


@dataclass(slots=True)
class RemoteView:
    """What the receiver of one stream reported: `lost` and `highest` of its last report, jitter in ticks, mean rtt."""

    lost: int = 0
    highest: int = 0
    jitter: int = 0
    round_trips: int = 0
    round_trip_sum: float = 0.0

    @property
    def rtt_ms(self) -> float | None:
        """Mean round trip between the capture point and the receiver; None without a pair of reports."""
        return self.round_trip_sum / self.round_trips if self.round_trips else None


StreamKey = tuple[int, str, str]
"""SSRC, sender's and receiver's address."""


def remote_views(packets: Iterable[ControlPacket]) -> dict[StreamKey, RemoteView]:
    """The receivers' view of each stream, by (SSRC, sender's address, receiver's address).

    A report block travels from the receiver to the sender, so that its addresses are those of the stream turned round.
    """
    views: dict[StreamKey, RemoteView] = {}
    sent: dict[tuple[int, int], int] = {}  # (SSRC, NTP) of a sender report → when it passed
    for packet in packets:
        for report in parse_rtcp(packet.data):
            if isinstance(report, SenderReport):
                sent[report.sender, report.ntp] = packet.time
            elif isinstance(report, ReportBlock):
                view = views.setdefault((report.ssrc, packet.destination, packet.source), RemoteView())
                view.lost, view.highest, view.jitter = report.lost, report.highest, report.jitter
                passed = sent.get((report.ssrc, report.lsr))
                if report.lsr and passed is not None:
                    rtt = (packet.time - passed) / 1e6 - report.dlsr * 1000 / _FRACTION
                    if rtt >= 0:
                        view.round_trips += 1
                        view.round_trip_sum += rtt
    return views
