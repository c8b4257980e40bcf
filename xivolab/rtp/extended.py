"""RTCP extended reports: what a receiver says of loss, delay and quality on its side (RFC 3611)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_STATISTICS, _VOIP = 6, 7
_UNKNOWN = 127  # what stands in a score that the receiver does not have (4.7.5)


@dataclass(frozen=True, slots=True)
class VoipMetrics:
    """What the receiver of `ssrc` measured (4.7): shares in percent, times in ms, scores None where it has none.

    `lost_pct` was lost on the way, `discarded_pct` thrown away by its jitter buffer; `burst_pct` and `gap_pct` are the
    shares of both inside bursts of loss, which last `burst_ms`, and between them. `rtt_ms` and `end_system_ms` are 0 where
    it knows none. `buffer_ms` is the nominal delay of its jitter buffer.
    """

    reporter: int
    ssrc: int
    lost_pct: float
    discarded_pct: float
    burst_pct: float
    gap_pct: float
    burst_ms: int
    gap_ms: int
    rtt_ms: int
    end_system_ms: int
    r_factor: int | None
    mos_lq: float | None
    mos_cq: float | None
    buffer_ms: int


@dataclass(frozen=True, slots=True)
class StatisticsSummary:
    """What the receiver of `ssrc` counted from sequence number `begin` up to `end` (4.6); None where it did not.

    Jitter is the mean of what it observed, in ticks of the RTP clock.
    """

    reporter: int
    ssrc: int
    begin: int
    end: int
    lost: int | None
    duplicates: int | None
    jitter: int | None


def parse_blocks(reporter: int, data: bytes) -> Iterator[VoipMetrics | StatisticsSummary]:
    """The blocks that are known here, from those of one XR packet (3); stops where they are damaged or cut."""
    at = 0
    while at + 4 <= len(data):
        kind, flags, words = struct.unpack_from("!BBH", data, at)
        end = at + 4 * (words + 1)
        if end > len(data):
            return
        if kind == _VOIP and words == 8:
            yield _voip_metrics(reporter, data, at + 4)
        elif kind == _STATISTICS and words == 9:
            yield _statistics(reporter, flags, data, at + 4)
        at = end


def _voip_metrics(reporter: int, data: bytes, at: int) -> VoipMetrics:
    ssrc, loss, discard, burst, gap, burst_ms, gap_ms, rtt, end_system = struct.unpack_from("!I4B4H", data, at)
    r, _, lq, cq = struct.unpack_from("!4B", data, at + 20)
    (nominal,) = struct.unpack_from("!H", data, at + 26)
    return VoipMetrics(
        reporter=reporter,
        ssrc=ssrc,
        lost_pct=loss * 100 / 256,
        discarded_pct=discard * 100 / 256,
        burst_pct=burst * 100 / 256,
        gap_pct=gap * 100 / 256,
        burst_ms=burst_ms,
        gap_ms=gap_ms,
        rtt_ms=rtt,
        end_system_ms=end_system,
        r_factor=None if r == _UNKNOWN else r,
        mos_lq=_score(lq),
        mos_cq=_score(cq),
        buffer_ms=nominal,
    )


def _score(value: int) -> float | None:
    """MOS × 10, from 10 to 50 (4.7.5); anything else is no MOS."""
    return value / 10 if 10 <= value <= 50 else None


def _statistics(reporter: int, flags: int, data: bytes, at: int) -> StatisticsSummary:
    ssrc, begin, end, lost, duplicates, _, _, mean, _ = struct.unpack_from("!IHH6I", data, at)
    return StatisticsSummary(
        reporter=reporter,
        ssrc=ssrc,
        begin=begin,
        end=end,
        lost=lost if flags & 0x80 else None,
        duplicates=duplicates if flags & 0x40 else None,
        jitter=mean if flags & 0x20 else None,
    )
