"""Traffic over time, against counting by hand and against tshark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import xivolab
from tests.work.traffic_made import MadeAttempt, call_packets, case_of, register
from xivolab import resources
from xivolab.errors import UsageError
from xivolab.net.tshark import oracle_fields, oracle_sip_counts
from xivolab.testing import START, tpcap, trtp, tudp
from xivolab.work.traffic import Chosen, capture_points, traffic

AT = st.integers(0, 3000).map(lambda tenth: tenth / 10)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(AT, st.sampled_from([0.5, 7.0, 60.0])), min_size=1, max_size=15),
    st.sampled_from([None, 1.0, 7.0, 60.0]),
)
def test_the_series_is_that_of_counting_by_hand(
    tmp_path_factory: pytest.TempPathFactory, calls: list[tuple[float, float]], every: float | None
) -> None:
    made = [MadeAttempt(at, talks=talks) for at, talks in calls]
    packets = [packet for n, one in enumerate(made) for packet in call_packets(n, one)]
    found = case_of(tmp_path_factory.mktemp("traffic"), packets).traffic(every)
    step = found.every_s
    held = [(one.at, one.at + 1.0 + (one.talks or 0)) for one in made]
    # A grid finer than anything made; in tenths, half a tenth off every beginning and end.
    moments = [tenth / 20 for tenth in range(1, 8000, 2)]
    for row in found.series.records():
        begin, end = row["start"] - START, row["start"] - START + step
        inside = [moment for moment in moments if begin <= moment < end]
        at_once = [sum(a <= moment < b for a, b in held) for moment in inside]
        assert row["calls"] == sum(begin <= one.at < end for one in made)
        assert row["concurrent_max"] == max(at_once, default=0)
        assert row["calls_per_s"] == pytest.approx(row["calls"] / step)
    assert found.series["calls"].sum() == len(made) == found.figures["calls"]
    assert found.figures["concurrent_max"] == max(sum(a <= moment < b for a, b in held) for moment in moments)


def test_intervals_begin_on_round_times_and_leave_no_gap(tmp_path: Path) -> None:
    packets = [packet for n, at in enumerate((3, 95)) for packet in call_packets(n, MadeAttempt(at))]
    series = case_of(tmp_path, packets).traffic(10).series
    starts = series["start"] // 1_000_000_000
    assert (starts % 10 == 0).all()
    assert set((starts[1:] - starts[:-1]).tolist()) == {10}
    covered = series["covered_s"].sum()
    assert covered == pytest.approx(95 + 1 + 10.05 - 3)


def test_the_length_chosen_suits_a_picture(tmp_path: Path) -> None:
    for at, every in ((0, 1.0), (100, 1.0), (1000, 10.0), (100_000, 900.0)):
        packets = [*call_packets(1, MadeAttempt(0)), *call_packets(2, MadeAttempt(at))]
        found = case_of(tmp_path, packets).traffic()
        assert found.every_s == every
        assert len(found.series) <= 122


@pytest.mark.parametrize("every", [0, -1, float("nan"), 0.0001])
def test_no_interval_is_an_error(tmp_path: Path, every: float) -> None:
    with pytest.raises(UsageError, match="a millisecond or more"):
        case_of(tmp_path, call_packets(1, MadeAttempt(0))).traffic(every)


def test_too_many_intervals_are_an_error(tmp_path: Path) -> None:
    packets = [*call_packets(1, MadeAttempt(0)), *call_packets(2, MadeAttempt(100_000))]
    with pytest.raises(UsageError, match="100,011 intervals are too many"):
        case_of(tmp_path, packets).traffic(1)


def test_an_empty_capture_has_no_traffic(tmp_path: Path) -> None:
    found = case_of(tmp_path, []).traffic()
    assert (found.figures["calls"], found.figures["start"], found.figures["asr_pct"]) == (0, None, None)
    assert len(found.series) == len(found.by) == 0
    assert "No packet" in found.plots().text()
    assert "Aucun paquet" in found.plots("fr").svg()


def test_options_are_counted_apart(tmp_path: Path) -> None:
    ping = (
        b"OPTIONS sip:1002@10.0.0.11 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.10;branch=z9hG4bKping\r\nFrom: <sip:p@10.0.0.10>;tag=1\r\n"
        b"To: <sip:1002@10.0.0.11>\r\nCall-ID: ping\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
    )
    again = [tudp("10.0.0.10:5060", "10.0.0.11:5060", ping, at) for at in (0.0, 0.5)]
    figures = case_of(tmp_path, [*again, *call_packets(1, MadeAttempt(2))]).traffic().figures
    assert (figures["options"], figures["calls"], figures["registrations"]) == (1, 1, 0)


def test_a_part_of_the_case(tmp_path: Path) -> None:
    packets = [
        *(packet for n, at in enumerate((0, 20, 40)) for packet in call_packets(n, MadeAttempt(at))),
        *register(1, 21, [401, 200]),
    ]
    case = case_of(tmp_path, packets)
    since, until = round((START + 10) * 1e9), round((START + 35) * 1e9)
    part = traffic(case, None, Chosen(since=since, until=until)).figures
    assert (part["calls"], part["registrations"], part["duration_s"]) == (1, 1, 25.0)
    chosen = traffic(case, None, Chosen(calls=[0, 2], streams=[], accounts=frozenset())).figures
    assert (chosen["calls"], chosen["registrations"], chosen["streams_max"]) == (2, 0, 0)


def test_a_call_that_began_before_the_window_is_load_in_it_and_no_attempt(tmp_path: Path) -> None:
    packets = [packet for n, at in enumerate((0, 20)) for packet in call_packets(n, MadeAttempt(at))]
    case = case_of(tmp_path, packets)
    whole = traffic(case).figures
    part = traffic(case, None, Chosen(since=round((START + 5) * 1e9), until=round((START + 15) * 1e9))).figures
    assert (whole["calls"], whole["calls_begun_before"]) == (2, 0)
    assert (part["calls"], part["calls_begun_before"]) == (0, 1)
    assert (part["concurrent_max"], part["talking_max"]) == (1, 1)
    assert part["concurrent_max_at"] == START + 5


def test_capture_points_are_told() -> None:
    assert capture_points(xivolab.open(resources.captures() / "clean-call")) == ["pbx:eth0"]


def test_it_shows_itself(tmp_path: Path) -> None:
    found = case_of(tmp_path, call_packets(1, MadeAttempt(0))).traffic()
    assert repr(found) == "<Traffic: 1 calls, 0 registrations in 11.05 s>"
    assert set(found._repr_mimebundle_()) == {"text/plain", "text/html"}
    assert found.to_pandas("by")["dimension"].nunique() == 6
    with pytest.raises(UsageError, match="no table 'all'"):
        found.table("all")


class TestBandwidth:
    def test_streams_at_once_and_their_kilobits(self, tmp_path: Path) -> None:
        def stream(ssrc: int, at: float, port: int) -> list[Any]:
            ends = f"10.0.0.1:{port}", f"10.0.0.2:{port}"
            return [trtp(*ends, n, 160 * n, at + 0.02 * n, ssrc=ssrc) for n in range(500)]

        packets = [*stream(1, 0.0, 4000), *stream(2, 5.0, 4002), *stream(3, 30.0, 4004)]
        found = case_of(tmp_path, packets).traffic(1)
        assert (found.figures["streams_max"], found.figures["concurrent_max"]) == (2, 0)
        assert found.figures["kbit_s_max"] == pytest.approx(160, abs=1)  # twice 50 packets of 200 bytes
        kbit = found.series["kbit_s"]
        assert kbit[2] == pytest.approx(80, abs=2)
        assert not kbit[16:29].any()
        assert found.figures["kbit_s_mean"] * found.figures["duration_s"] == pytest.approx(1500 * 200 * 8 / 1000)

    def test_packets_captured_twice_count_once(self, tmp_path: Path) -> None:
        once = [trtp("10.0.0.1:4000", "10.0.0.2:4000", n, 160 * n, 0.02 * n, ip_id=n + 1) for n in range(500)]
        twice = [trtp("10.0.0.1:4000", "10.0.0.2:4000", n, 160 * n, 0.02 * n + 1e-4, ip_id=n + 1) for n in range(500)]
        found = case_of(tmp_path, [*once, *twice]).traffic(1)
        assert found.series["kbit_s"][3] == pytest.approx(80, abs=2)

    def test_the_same_bytes_as_tshark(self) -> None:
        capture = resources.captures() / "clean-call" / "capture.pcap"
        figures = xivolab.open(capture).traffic().figures
        lengths = [int(length) for (length,) in oracle_fields(capture, "rtp", ["ip.len"])]
        assert figures["kbit_s_mean"] * figures["duration_s"] == pytest.approx(sum(lengths) * 8 / 1000, rel=1e-6)


class TestAgainstTshark:
    """`-z sip,stat` counts messages, and averages every INVITE with its final response: the same where there is one leg and no challenge."""

    def test_where_the_definitions_agree(self, tmp_path: Path) -> None:
        made = [MadeAttempt(0, ends_after=2.5), MadeAttempt(4, ends_after=1.0), MadeAttempt(9, status=486)]
        packets = [packet for n, one in enumerate(made) for packet in call_packets(n, one)]
        case = case_of(tmp_path, [*packets, *register(1, 12, [200])])
        told, found = oracle_sip_counts(tmp_path / "made.pcap"), case.traffic()
        assert told["INVITE"] == found.figures["calls"] == 3
        assert told["REGISTER"] == found.figures["registrations"] == 1
        assert told["486"] == next(row["calls"] for row in found.by.records() if row["value"] == "486")
        assert told["setup_ms"] == pytest.approx((found.calls.final - found.calls.asked).mean() / 1e6, abs=1)

    def test_where_they_do_not(self) -> None:
        """clean-call: one call over two legs, the caller challenged; two phones registered, both challenged."""
        case = resources.captures() / "clean-call"
        told, figures = oracle_sip_counts(case / "capture.pcap"), xivolab.open(case).traffic().figures
        assert (told["INVITE"], figures["calls"]) == (3, 1)
        assert (told["REGISTER"], figures["registrations"]) == (4, 2)
        assert told["setup_ms"] > 2000 > figures["srd_mean_ms"]


def test_thousands_of_calls(tmp_path: Path) -> None:
    """The figures of three thousand calls."""
    packets = [packet for n in range(3000) for packet in call_packets(n, MadeAttempt(n / 10))]
    case = xivolab.open(tpcap(tmp_path / "many.pcap", sorted(packets, key=lambda packet: packet.time_ns)))
    found = case.traffic()
    assert found.figures["calls"] == 3000
    assert len(found.series) == 63
    assert len(found.by) >= 6
