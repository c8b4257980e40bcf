"""What receivers report: loss and jitter behind the capture point, and the round trip."""

from __future__ import annotations

from typing import Any

import pytest

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, talk
from tests.rtp.test_control import block, description, goodbye, receiver_report, sender_report
from tests.rtp.test_extended import extended_report, statistics, voip_metrics
from xivolab.rtp.reports import ControlPacket, RemoteView, remote_views
from xivolab.testing import tudp

ALICE_RTCP, BOB_RTCP = "10.0.0.1:4001", "10.0.0.2:5001"
NTP = (0x00010002, 0x00030000)  # its middle: 0x00020003
MS = 1_000_000


def test_a_report_is_of_the_stream_that_goes_the_other_way() -> None:
    packet = ControlPacket(0, "bob", "alice", receiver_report(2, block(1, lost=3, highest=99, jitter=80)))
    assert remote_views([packet]) == {(1, "alice", "bob"): RemoteView(reports=1, lost=3, highest=99, jitter=80)}


def test_the_last_report_counts() -> None:
    packets = [ControlPacket(n, "bob", "alice", receiver_report(2, block(1, lost=n, highest=n))) for n in range(1, 4)]
    assert remote_views(packets)[1, "alice", "bob"].lost == 3


def test_the_round_trip_leaves_out_the_time_the_receiver_held_the_report() -> None:
    """The sender report passes at 0, the answer at 100 ms; the receiver held it for 0x1000/65536 s = 62.5 ms."""
    packets = [
        ControlPacket(0, "alice", "bob", sender_report(1, NTP, 0)),
        ControlPacket(100 * MS, "bob", "alice", receiver_report(2, block(1, lsr=0x00020003, dlsr=0x1000))),
    ]
    assert remote_views(packets)[1, "alice", "bob"].rtt_ms == pytest.approx(37.5)


def test_without_the_sender_report_there_is_no_round_trip() -> None:
    packets = [ControlPacket(0, "bob", "alice", receiver_report(2, block(1, lsr=0x00020003)))]
    assert remote_views(packets)[1, "alice", "bob"].rtt_ms is None


def test_a_round_trip_below_zero_is_an_error_of_clocks() -> None:
    packets = [
        ControlPacket(0, "alice", "bob", sender_report(1, NTP, 0)),
        ControlPacket(10 * MS, "bob", "alice", receiver_report(2, block(1, lsr=0x00020003, dlsr=65536))),
    ]
    assert remote_views(packets)[1, "alice", "bob"].rtt_ms is None


def test_a_name_and_a_goodbye_travel_with_the_stream() -> None:
    packet = ControlPacket(7, "alice", "bob", description((1, "alice@10.0.0.1")) + goodbye(1))
    assert remote_views([packet]) == {(1, "alice", "bob"): RemoteView(cname="alice@10.0.0.1", bye=7)}


def test_extended_reports_are_of_the_stream_that_goes_the_other_way_and_add_up() -> None:
    reports = [statistics(1, begin=0, end=100, lost=4), statistics(1, begin=100, end=200, lost=5)]
    packets = [
        ControlPacket(n, "bob", "alice", extended_report(report)) for n, report in enumerate([*reports, reports[1]])
    ]
    packets.append(ControlPacket(9, "bob", "alice", extended_report(voip_metrics(1))))
    view = remote_views(packets)[1, "alice", "bob"]
    assert (view.xr_lost, view.xr_duplicates, view.xr_jitter) == (9, 4, 30)  # captured twice is once
    assert view.metrics is not None
    assert view.metrics.mos_lq == 4.1


class TestInAStream:
    """The same through a whole scan."""

    @staticmethod
    def record(*control: tuple[str, str, bytes, float], base: int = 0) -> dict[str, Any]:
        packets = [tudp(BOB_SIP, ALICE_SIP, invite(BOB), -1.0), *talk(range(base, base + 100))]
        packets += [tudp(src, dst, data, at) for src, dst, data, at in control]
        return only(scanned(packets).streams)

    def test_loss_in_percent_of_what_the_receiver_expected(self) -> None:
        report = receiver_report(2, block(1, lost=5, highest=1099, jitter=160))
        record = self.record((BOB_RTCP, ALICE_RTCP, report, 2.0), base=1000)
        assert record["remote_lost_pct"] == 5.0
        assert record["remote_jitter_ms"] == 20.0
        assert record["rtt_ms"] is None

    def test_reports_on_the_port_of_rtp(self) -> None:
        """RFC 5761."""
        report = receiver_report(2, block(1, lost=5, highest=99))
        assert self.record((BOB, ALICE, report, 2.0))["remote_lost_pct"] == 5.0

    def test_negative_loss_is_none(self) -> None:
        report = receiver_report(2, block(1, lost=-3, highest=99))
        assert self.record((BOB_RTCP, ALICE_RTCP, report, 2.0))["remote_lost_pct"] == 0.0

    def test_delay_costs_mos(self) -> None:
        asked = (ALICE_RTCP, BOB_RTCP, sender_report(1, NTP, 0), 1.0)
        answered = (BOB_RTCP, ALICE_RTCP, receiver_report(2, block(1, highest=99, lsr=0x00020003)), 1.5)
        record = self.record(asked, answered)
        assert record["rtt_ms"] == pytest.approx(500)
        assert record["mos"] == pytest.approx(3.96, abs=0.01)  # 300 ms one way: R = 93.2 - 14.8

    def test_without_reports_nothing_is_claimed(self) -> None:
        record = self.record()
        assert (record["remote_lost_pct"], record["remote_jitter_ms"], record["rtt_ms"]) == (None, None, None)
