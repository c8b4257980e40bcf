"""Which stream a printed report is of."""

from __future__ import annotations

from xivolab.asterisk.rtp_log.control import Report
from xivolab.asterisk.rtp_log.flows import Flow
from xivolab.asterisk.rtp_log.remote import Tied, _nearest, ssrcs_of, views_of

S = 10**9


def flow(place: str = "10.0.0.1:4000", *, sent: bool = True, callid: int = 1, first: int | None = 100 * S) -> Flow:
    return Flow(place, sent, callid, 0, 0, 1, 50, first, None if first is None else first + 10 * S)


def report(
    address: str = "10.0.0.1:4001", *, sent: bool = False, callid: int = -1, time: int | None = 105 * S, **fields: str
) -> Report:
    told = {name.replace("_", " "): value for name, value in fields.items()}
    return Report(1, time, callid, sent, address, fields=told)


def test_a_report_is_of_the_stream_of_its_time() -> None:
    flows = [flow(first=100 * S), flow(first=900 * S, callid=2)]
    assert _nearest(report(time=105 * S), [0, 1], flows) == 0
    assert _nearest(report(time=905 * S), [0, 1], flows) == 1
    assert _nearest(report(time=500 * S), [0, 1], flows) is None
    assert _nearest(report(time=None), [0], [flow(first=None)]) == 0


def test_the_call_id_decides_between_two() -> None:
    flows = [flow(callid=1), flow(callid=2)]
    assert _nearest(report(callid=1), [0, 1], flows) == 0
    assert _nearest(report(callid=3), [0, 1], flows) == 1


def test_ssrcs_are_told_by_both_sides() -> None:
    came = Tied(report(SSRC_of_sender="7"), sent=0, got=1)
    sent = Tied(report(sent=True, Our_SSRC="5", Their_SSRC="7"), sent=0, got=1)
    assert ssrcs_of([came]) == {1: 7}
    assert ssrcs_of([came, sent]) == {0: 5, 1: 7}
    assert ssrcs_of([Tied(report(sent=True, Our_SSRC="5"), None, None)]) == {}


def test_the_last_report_counts_and_round_trips_are_meant() -> None:
    flows = [flow(), flow(sent=False)]
    told = {"Highest_sequence_number": "500", "Last_SR(our_NTP)": "1.5"}
    tied = [
        Tied(report(Packets_lost_so_far="1", RTT="0.010(sec)", **told), 0, 1),
        Tied(report(Packets_lost_so_far="3", RTT="0.030(sec)", **told, **{"Interarrival_jitter_(samp)": "9"}), 0, 1),
        Tied(report(sent=True, Cumulative_loss="4"), 0, 1),
        Tied(report(), None, None),
    ]
    views = views_of(tied, flows, {0: 8000, 1: 8000})
    sent, got = views[1, "0.0.0.0", "10.0.0.1"], views[2, "10.0.0.1", "0.0.0.0"]
    assert (sent.reports, sent.lost, sent.highest, sent.jitter, sent.rtt_ms) == (2, 3, 500, 9, 20.0)
    assert (got.lost, got.rtt_ms) == (4, None)
