"""RTCP: what senders say of themselves and receivers of the streams that reach them (RFC 3550, 6.4 to 6.6)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from xivolab.rtp.extended import StatisticsSummary, VoipMetrics, parse_blocks

SENDER_REPORT, RECEIVER_REPORT, DESCRIPTION, GOODBYE, EXTENDED_REPORT = 200, 201, 202, 203, 207
_FIRST, _LAST = 192, 223  # packet types of RTCP (RFC 5761, 4)
_CNAME = 1


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


@dataclass(frozen=True, slots=True)
class Name:
    """The canonical name of the sender of `ssrc` (6.5.1)."""

    ssrc: int
    cname: str


@dataclass(frozen=True, slots=True)
class Goodbye:
    """The sender of `ssrc` ends (6.6)."""

    ssrc: int
    reason: str


Report = SenderReport | ReportBlock | Name | Goodbye | VoipMetrics | StatisticsSummary


def parse_rtcp(data: bytes, *, whole: bool = False) -> Iterator[Report]:
    """The reports of a compound packet; stops where it is damaged or cut.

    `whole` says that nothing was cut off when it was captured: then its packets have to fill it to the last byte (A.2),
    and nothing is read of one where they do not. That is how SRTCP is told apart (RFC 3711, 3.4): behind the first
    8 bytes all of it is encrypted.
    """
    if whole and not _adds_up(data):
        return
    at = 0
    while at + 8 <= len(data):
        first, kind, words = struct.unpack_from("!BBH", data, at)
        end = at + 4 * (words + 1)
        if first >> 6 != 2 or end > len(data):
            return
        count = first & 31
        if kind in (SENDER_REPORT, RECEIVER_REPORT):
            yield from _reports(data, at, end, kind, count)
        elif kind == DESCRIPTION:
            yield from _names(data[at + 4 : end], count)
        elif kind == GOODBYE:
            yield from _goodbyes(data[at + 4 : end], count)
        elif kind == EXTENDED_REPORT:
            (reporter,) = struct.unpack_from("!I", data, at + 4)
            yield from parse_blocks(reporter, data[at + 8 : end])
        at = end


def _adds_up(data: bytes) -> bool:
    """Whether packets of RTCP follow each other to the end."""
    at = 0
    while at + 4 <= len(data):
        first, kind, words = struct.unpack_from("!BBH", data, at)
        if first >> 6 != 2 or not _FIRST <= kind <= _LAST:
            return False
        at += 4 * (words + 1)
    return at == len(data)


def _reports(data: bytes, at: int, end: int, kind: int, count: int) -> Iterator[SenderReport | ReportBlock]:
    (sender,) = struct.unpack_from("!I", data, at + 4)
    blocks = at + 8
    if kind == SENDER_REPORT and at + 28 <= end:
        high, low, _, packets, _ = struct.unpack_from("!5I", data, at + 8)
        yield SenderReport(sender, (high & 0xFFFF) << 16 | low >> 16, packets)
        blocks = at + 28
    for n in range(count):
        if blocks + 24 * (n + 1) > end:
            return
        ssrc, losses, highest, jitter, lsr, dlsr = struct.unpack_from("!6I", data, blocks + 24 * n)
        lost = losses & 0xFFFFFF
        if lost & 0x800000:  # signed: a receiver that saw duplicates lost less than nothing
            lost -= 1 << 24
        yield ReportBlock(sender, ssrc, lost, highest, jitter, lsr, dlsr)


def _names(chunks: bytes, count: int) -> Iterator[Name]:
    """The names in the chunks of a source description: an SSRC, items, and zeros up to a multiple of four."""
    at = 0
    for _ in range(count):
        if at + 4 > len(chunks):
            return
        (ssrc,) = struct.unpack_from("!I", chunks, at)
        at += 4
        while at + 1 < len(chunks) and chunks[at]:
            kind, length = chunks[at], chunks[at + 1]
            if kind == _CNAME and at + 2 + length <= len(chunks):
                yield Name(ssrc, chunks[at + 2 : at + 2 + length].decode("utf-8", "replace"))
            at += 2 + length
        at += 4 - at % 4


def _goodbyes(data: bytes, count: int) -> Iterator[Goodbye]:
    at = 4 * count
    length = data[at] if at < len(data) else 0
    reason = data[at + 1 : at + 1 + length].decode("utf-8", "replace")
    for n in range(min(count, len(data) // 4)):
        yield Goodbye(struct.unpack_from("!I", data, 4 * n)[0], reason)
