"""The figures of a report that an index shows."""

from __future__ import annotations

from tests.report.made_case import T0, S, call, made_report, problem, registration, stream


def test_the_summary_has_what_the_index_shows() -> None:
    calls = [call(mos_min=3.1), call(id="2", state="rejected", mos_min=None, mos_scale=None)]
    rejected = registration(accepted=0, rejected=1)
    facts = made_report(calls=calls, streams=[stream()], registrations=[rejected], problems=[problem()]).summary()
    assert facts["calls"] == 2
    assert facts["failures"] == 2
    assert facts["worst_mos"] == 3.1
    assert facts["problems"] == ["a.pcap: byte 24: cut"]
    assert facts["start"] == (T0 + 2 * S) / S


def test_mos_of_two_scales_are_not_compared() -> None:
    calls = [call(mos_min=4.0), call(id="2", mos_min=2.0, mos_scale="wb")]
    assert made_report(calls=calls).summary()["worst_mos"] == 4.0


def test_poor_streams_without_a_call_are_to_be_looked_at() -> None:
    poor = stream(call=None, lost_pct=5.3, mos=3.9)
    short = stream(id="short", call=None, lost_pct=50.0, mos=1.2, end=T0 + 3 * S)
    fine = stream(id="fine", call=None)
    facts = made_report(streams=[poor, short, fine]).summary()
    assert (facts["degraded"], facts["worst_mos"]) == (1, 3.9)
