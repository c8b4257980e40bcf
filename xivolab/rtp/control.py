"""RTCP: what receivers report of the streams that reach them (RFC 3550, 6.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

SENDER_REPORT, RECEIVER_REPORT = 200, 201


@dataclass(frozen=True, slots=True)
class SenderReport:
    """Sent by `sender`: `ntp` is the middle 32 bits of its NTP time, to which a receiver refers."""

    sender: int
    ntp: int
    packets: int


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """What `reporter` says of the packets of `ssrc`: losses are cumulative and signed, jitter in ticks of its clock.

    `lsr` is the `ntp` of the last sender report that reached it (0 for none), `dlsr` the delay since, in 1/65536 s.
    """

    reporter: int
    ssrc: int
    lost: int
    highest: int
    jitter: int
    lsr: int
    dlsr: int


def parse_rtcp(data: bytes) -> Iterator[SenderReport | ReportBlock]:
    """The reports of a compound packet; stops where it is damaged or cut."""
    at = 0
    while at + 8 <= len(data):
        first, kind, words = struct.unpack_from("!BBH", data, at)
        end = at + 4 * (words + 1)
        if first >> 6 != 2 or end > len(data):
            return
        blocks = at + 8
        (sender,) = struct.unpack_from("!I", data, at + 4)
        if kind == SENDER_REPORT and at + 28 <= end:
            high, low, _, packets, _ = struct.unpack_from("!5I", data, at + 8)
            yield SenderReport(sender, (high & 0xFFFF) << 16 | low >> 16, packets)
            blocks = at + 28
        if kind in (SENDER_REPORT, RECEIVER_REPORT):
            for n in range(first & 31):
                if blocks + 24 * (n + 1) > end:
                    return
                ssrc, losses, highest, jitter, lsr, dlsr = struct.unpack_from("!6I", data, blocks + 24 * n)
                lost = losses & 0xFFFFFF
                if lost & 0x800000:  # signed: a receiver that saw duplicates lost less than nothing
                    lost -= 1 << 24
                yield ReportBlock(sender, ssrc, lost, highest, jitter, lsr, dlsr)
        at = end
