"""What RTCP says of a stream, in its record."""

from __future__ import annotations

from typing import Any

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, talk
from tests.rtp.test_control import description, goodbye
from tests.rtp.test_extended import extended_report, statistics, voip_metrics
from xivolab.testing import START, tudp


def record(*control: tuple[str, str, bytes, float]) -> dict[str, Any]:
    packets = [tudp(BOB_SIP, ALICE_SIP, invite(BOB), -1.0), *talk(range(100))]
    return only(scanned([*packets, *(tudp(src, dst, data, at) for src, dst, data, at in control)]).streams)


def test_extended_reports_of_the_receiver() -> None:
    found = record((BOB, ALICE, extended_report(voip_metrics(1), statistics(1)), 2.0))
    assert (found["xr_burst_pct"], found["xr_burst_ms"], found["xr_rtt_ms"]) == (50.0, 250, 90)
    assert (found["xr_end_system_ms"], found["xr_buffer_ms"]) == (60, 50)
    assert (found["xr_r_factor"], found["xr_mos_lq"], found["xr_mos_cq"]) == (80, 4.1, 3.9)
    assert (found["xr_lost"], found["xr_duplicates"], found["xr_jitter_ms"]) == (4, 2, 30 / 8)
    assert found["remote_lost_pct"] is None  # an extended report is no report block


def test_name_and_goodbye_of_the_sender() -> None:
    found = record((ALICE, BOB, description((1, "alice@10.0.0.1")), 0.5), (ALICE, BOB, goodbye(1), 2.0))
    assert (found["cname"], found["rtcp_bye"]) == ("alice@10.0.0.1", START + 2)


def test_without_rtcp_nothing_is_claimed() -> None:
    found = record()
    told = [name for name in found if name.startswith(("xr_", "remote_", "rtt", "cname", "rtcp"))]
    assert len(told) == 18
    assert {found[name] for name in told} == {None}
