"""RTCP extended reports, beside tshark's reading of the same bytes."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rtp.test_control import receiver_report
from xivolab.net.tshark import oracle_fields
from xivolab.rtp.control import parse_rtcp
from xivolab.rtp.extended import StatisticsSummary, VoipMetrics, parse_blocks
from xivolab.testing import tpcap, tudp

REPORTER, SENDER = 0x22222222, 0x11111111


def voip_metrics(ssrc: int = SENDER, scores: tuple[int, int, int] = (80, 41, 39)) -> bytes:
    """RFC 3611, 4.7."""
    r, lq, cq = scores
    return struct.pack(
        "!BBHI4B4HbbBB4BBBHHH",
        *(7, 0, 8, ssrc),
        *(13, 26, 128, 3),  # lost, discarded, densities
        *(250, 4000, 90, 60),  # burst, gap, round trip, end system
        *(-20, -60, 55, 16),
        *(r, 127, lq, cq),
        *(0xF0, 0, 50, 100, 300),  # configuration, buffer: nominal, maximum, absolute maximum
    )


def statistics(ssrc: int = SENDER, flags: int = 0xE0, begin: int = 100, end: int = 200, lost: int = 4) -> bytes:
    """RFC 3611, 4.6."""
    return struct.pack("!BBHIHH6I4B", 6, flags, 9, ssrc, begin, end, lost, 2, 1, 90, 30, 7, 0, 0, 0, 0)


def extended_report(*blocks: bytes, reporter: int = REPORTER) -> bytes:
    body = struct.pack("!I", reporter) + b"".join(blocks)
    return struct.pack("!BBH", 0x80, 207, len(body) // 4) + body


def test_voip_metrics() -> None:
    (report,) = parse_rtcp(extended_report(voip_metrics()))
    assert report == VoipMetrics(
        reporter=REPORTER,
        ssrc=SENDER,
        lost_pct=13 * 100 / 256,
        discarded_pct=26 * 100 / 256,
        burst_pct=50.0,
        gap_pct=3 * 100 / 256,
        burst_ms=250,
        gap_ms=4000,
        rtt_ms=90,
        end_system_ms=60,
        r_factor=80,
        mos_lq=4.1,
        mos_cq=3.9,
        buffer_ms=50,
    )


def test_a_score_that_is_not_there() -> None:
    (report,) = parse_rtcp(extended_report(voip_metrics(scores=(127, 127, 0))))
    assert isinstance(report, VoipMetrics)
    assert (report.r_factor, report.mos_lq, report.mos_cq) == (None, None, None)


def test_statistics_and_what_was_not_counted() -> None:
    whole, none = parse_rtcp(extended_report(statistics(), statistics(flags=0)))
    assert whole == StatisticsSummary(REPORTER, SENDER, 100, 200, 4, 2, 30)
    assert none == StatisticsSummary(REPORTER, SENDER, 100, 200, None, None, None)


def test_other_blocks_are_passed_over() -> None:
    reference_time = struct.pack("!BBHII", 4, 0, 2, 1, 2)
    assert len(list(parse_rtcp(receiver_report(REPORTER) + extended_report(reference_time, voip_metrics())))) == 1


def test_tshark_reads_the_same(tmp_path: Path) -> None:
    packet = receiver_report(REPORTER) + extended_report(statistics(), voip_metrics())
    capture = tpcap(tmp_path / "xr.pcap", [tudp("10.0.0.2:5001", "10.0.0.1:4001", packet)])
    names = "stats.lost stats.dups stats.meanjitter voipmetrics.burstduration voipmetrics.rtdelay voipmetrics.esdelay"
    names += " voipmetrics.rfactor voipmetrics.jbnominal voipmetrics.moslq"
    fields = [f"rtcp.xr.{name}" for name in names.split()]
    (told,) = oracle_fields(capture, "rtcp", fields, decode_as=["udp.port==5001,rtcp"])
    summary, metrics = list(parse_rtcp(packet))
    assert isinstance(summary, StatisticsSummary)
    assert isinstance(metrics, VoipMetrics)
    ours = [summary.lost, summary.duplicates, summary.jitter, metrics.burst_ms, metrics.rtt_ms, metrics.end_system_ms]
    assert list(map(float, told)) == pytest.approx([*ours, metrics.r_factor, metrics.buffer_ms, metrics.mos_lq])


@given(st.binary(max_size=120))
def test_any_bytes_end(data: bytes) -> None:
    assert len(list(parse_blocks(1, data))) <= 30
