"""Streams out of logs, against the captures of the same calls and tshark."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.asterisk.log.made import said, step, written
from tests.asterisk.rtp_log.printed import WHOLE_SECONDS, log_of
from tests.captures import ROOT
from xivolab.case import Case
from xivolab.errors import UsageError
from xivolab.net.tshark import oracle_streams

OWN = {"10.77.0.10", "fd77::10"}
CALLS = ("packet-loss", "dtmf-menu", "ipv6-call")

# What is counted is the same; what is measured is so within the resolution of the log.
COUNTED = (
    "ssrc",
    "payload_type",
    "packets",
    "ip_bytes",
    "expected",
    "lost",
    "lost_pct",
    "duplicates",
    "out_of_order",
    "wireshark_lost",
    "loss_bursts",
    "burst_mean",
    "burst_max",
    "burst_ratio",
    "burst_histogram",
    "restarts",
    "payload_types",
    "payload_type_changes",
    "ptime_ms",
    "late_50",
    "late_200",
)
MEASURED = {"jitter_rfc_ms": 0.3, "jitter_mean_ms": 0.3, "gap_max_ms": 1.5, "start": 0.0011, "end": 0.0011, "mos": 0.01}


def capture_of(name: str) -> Path:
    return next((ROOT / "captures" / name).glob("*.pcap*"))


def opened(*paths: Path) -> Case:
    return xivolab.open(*paths, tz="UTC", year=2026)


def rows(case: Case) -> list[dict[str, Any]]:
    return list(case.table("streams").records())


def told(stream: dict[str, Any], streams: list[dict[str, Any]]) -> dict[str, Any]:
    """The stream of a log that is a captured one."""
    sent = stream["src"].rpartition(":")[0].strip("[]") in OWN
    end = "dst" if sent else "src"
    (one,) = (other for other in streams if other[end] == stream[end])
    assert one["src" if sent else "dst"] is None
    return one


@pytest.mark.parametrize("name", CALLS)
def test_streams_are_those_of_the_capture(name: str, tmp_path: Path) -> None:
    captured = rows(opened(capture_of(name)))
    streams = rows(opened(written(tmp_path, log_of(capture_of(name), OWN))))
    assert len(streams) == len(captured) > 0
    for one in captured:
        other = told(one, streams)
        assert {field: other[field] for field in COUNTED} == {field: one[field] for field in COUNTED}
        for field, within in MEASURED.items():
            assert other[field] == pytest.approx(one[field], abs=within), field
        assert other["time_resolution_ms"] == 1.0
        assert other["delta_max_ms"] is None


@pytest.mark.parametrize("name", ["rtp-debug", "rtp-debug-native"])
def test_what_a_real_asterisk_printed_is_what_was_captured(name: str) -> None:
    captured = rows(opened(capture_of(name)))
    streams = rows(opened(ROOT / "sample_logs" / name / "full"))
    assert len(streams) == len(captured) == 4
    for one in captured:
        other = told(one, streams)
        # Asterisk stops to read when the call ends, a packet or two before the phone stops to send.
        assert one["packets"] - 2 <= other["packets"] <= one["packets"]
        assert one["expected"] - 3 <= other["expected"] <= one["expected"]
        assert one["lost"] - 2 <= other["lost"] <= one["lost"]
        for field in ("payload_type", "codec", "duplicates", "out_of_order", "restarts", "payload_types", "ptime_ms"):
            assert other[field] == one[field], field
        assert other["ssrc"] in (one["ssrc"], None)
        if other["time_resolution_ms"] == 1.0:
            assert other["ssrc"] == one["ssrc"]
            assert other["jitter_rfc_ms"] == pytest.approx(one["jitter_rfc_ms"], abs=0.1)
            assert other["mos"] == pytest.approx(one["mos"], abs=0.05)
            for field in ("remote_lost_pct", "remote_jitter_ms"):
                assert other[field] == pytest.approx(one[field])
        else:
            assert other["jitter_rfc_ms"] is None


@pytest.mark.parametrize("name", CALLS)
def test_tshark_counts_the_same(name: str, tmp_path: Path) -> None:
    streams = rows(opened(written(tmp_path, log_of(capture_of(name), OWN))))
    oracle = oracle_streams(capture_of(name))
    assert oracle
    for one in oracle:
        other = told(one, streams)
        assert (other["ssrc"], other["packets"], other["wireshark_lost"]) == (
            one["ssrc"],
            one["packets"],
            one["wireshark_lost"],
        )
        assert other["jitter_max_ms"] == pytest.approx(one["jitter_max_ms"], abs=0.3)


@pytest.mark.parametrize("old", [False, True])
def test_rtcp_says_the_same_of_the_other_end(old: bool, tmp_path: Path) -> None:
    captured = rows(opened(capture_of("packet-loss")))
    streams = rows(opened(written(tmp_path, log_of(capture_of("packet-loss"), OWN, old=old))))
    for one in captured:
        other = told(one, streams)
        if other["src"] is None or not old:
            assert other["remote_lost_pct"] == pytest.approx(one["remote_lost_pct"])
            assert other["remote_jitter_ms"] == one["remote_jitter_ms"]
        else:  # Asterisk 11 does not print what it got so far
            assert other["remote_lost_pct"] is None
            assert other["remote_jitter_ms"] == pytest.approx(one["remote_jitter_ms"], abs=0.1)
        # The capture is made beside Asterisk: what that sends is on its way for the whole round trip.
        assert (other["rtt_ms"] is None) == (other["dst"] is None or old)
    lossy = [one for one in streams if one["lost"]]
    assert lossy
    assert all(one["remote_lost_pct"] for one in lossy if not old)


def test_the_port_of_rtcp_is_the_next_one_or_the_same(tmp_path: Path) -> None:
    text = log_of(capture_of("packet-loss"), OWN)
    apart = rows(opened(written(tmp_path, text)))
    same = text
    for one in apart:
        host, _, port = (one["src"] or one["dst"]).rpartition(":")
        same = same.replace(f"{host}:{int(port) + 1}\n", f"{host}:{port}\n")  # RFC 5761
    assert same != text
    assert [one["remote_lost_pct"] for one in rows(opened(written(tmp_path, same, "same")))] == [
        one["remote_lost_pct"] for one in apart
    ]
    wrong = text.replace(":10009\n", ":10099\n").replace(":10015\n", ":10099\n")
    assert {one["remote_lost_pct"] for one in rows(opened(written(tmp_path, wrong, "wrong")))} == {None}


def test_the_seconds_are_those_of_the_capture(tmp_path: Path) -> None:
    captured = opened(capture_of("packet-loss"))
    log = opened(written(tmp_path, log_of(capture_of("packet-loss"), OWN)))
    streams = {one["id"]: told(one, rows(log))["id"] for one in rows(captured)}
    lost = {(row["stream"], row["second"]): (row["packets"], row["lost"]) for row in log.table("quality").records()}
    wrong = [
        row
        for row in captured.table("quality").records()
        if abs(lost[streams[row["stream"]], row["second"]][0] - row["packets"]) > 1
    ]
    assert wrong == []


def test_digits_are_those_of_the_capture(tmp_path: Path) -> None:
    def digits(case: Case) -> list[tuple[str, float]]:
        return [(event["digit"], event["duration_ms"]) for event in case.table("events").records() if event["digit"]]

    log = opened(written(tmp_path, log_of(capture_of("dtmf-menu"), OWN)))
    assert digits(log) == [one for one in digits(opened(capture_of("dtmf-menu"))) if one] != []
    event = next(event for event in log.table("events").records() if event["digit"])
    assert event["frame"] is None
    assert event["line"] > 1
    assert "RTP RFC2833" not in (tmp_path / "full").read_text().splitlines()[event["line"] - 1]


def test_whole_seconds_tell_no_jitter(tmp_path: Path) -> None:
    log = opened(written(tmp_path, log_of(capture_of("packet-loss"), OWN, WHOLE_SECONDS)))
    for one in rows(opened(capture_of("packet-loss"))):
        other = told(one, rows(log))
        assert (other["packets"], other["lost"], other["ssrc"]) == (one["packets"], one["lost"], one["ssrc"])
        assert other["time_resolution_ms"] == 1000.0
        for field in ("jitter_rfc_ms", "jitter_max_ms", "mos", "late_50", "mos_lq_50", "gap_max_ms", "clock_skew_ppm"):
            assert other[field] is None, field
    seconds = list(log.table("quality").records())
    assert sum(row["packets"] for row in seconds) == sum(one["packets"] for one in rows(log))
    assert {(row["jitter_ms"], row["late"], row["mos"]) for row in seconds} == {(None, None, None)}


def test_a_console_without_dates_tells_no_times(tmp_path: Path) -> None:
    log = opened(written(tmp_path, log_of(capture_of("packet-loss"), OWN, None)))
    for one in rows(opened(capture_of("packet-loss"))):
        other = told(one, rows(log))
        assert (other["packets"], other["lost"], other["start"], other["end"]) == (
            one["packets"],
            one["lost"],
            None,
            None,
        )
    assert len(log.table("quality")) == 0


def test_what_a_capture_has_is_not_counted_twice(tmp_path: Path) -> None:
    capture = shutil.copy(capture_of("packet-loss"), tmp_path)
    log = written(tmp_path, log_of(capture_of("packet-loss"), OWN))
    assert rows(opened(Path(capture), log)) == rows(opened(Path(capture)))


def test_what_no_capture_has_stands_beside_it(tmp_path: Path) -> None:
    log = written(tmp_path, log_of(capture_of("dtmf-menu"), OWN))
    both = opened(capture_of("packet-loss"), log)
    assert [one["file"] is None for one in rows(both)] == [False] * 2 + [True] * 4  # in the order of their times
    alone = {one["id"]: one for one in (*rows(opened(capture_of("packet-loss"))), *rows(opened(log)))}
    for one in rows(both):
        same = alone[one["id"]]
        assert {name: one[name] for name in one if name != "call"} == {
            name: same[name] for name in one if name != "call"
        }
    events = [event for event in both.table("events").records() if event["digit"]]
    assert len(events) == 2
    assert {event["stream"] for event in events} <= {one["id"] for one in rows(both)}


def test_two_logs_of_one_server_tell_a_packet_once(tmp_path: Path) -> None:
    text = log_of(capture_of("packet-loss"), OWN)
    log, copy = written(tmp_path, text), written(tmp_path, text, "console")
    assert [one["packets"] for one in rows(opened(log, copy))] == [one["packets"] for one in rows(opened(log))]


def test_the_call_id_ties_a_stream_to_its_call(tmp_path: Path) -> None:
    packet = "res_rtp_asterisk.c: Got  RTP packet from    10.0.0.1:4000 (type 08, seq {n:06d}, ts 000160, len 000160)"
    lines = [step("Dial", "PJSIP/bob,20"), *(packet.format(n=n) for n in range(10)), step("Hangup")]
    case = opened(written(tmp_path, said(*lines) + said(step("Dial", "PJSIP/carol"), callid=2, first=40)))
    (stream,) = rows(case)
    call = next(call for call in case.table("calls").records() if call["log_ids"] == ["C-00000001"])
    assert (stream["call"], stream["matched_by"], stream["line"]) == (call["id"], "log", 2)
    assert call["streams"] == [0]
    assert call["stream_ids"] == [stream["id"]]
    assert [one["streams"] for one in case.table("calls").records() if one["log_ids"] == ["C-00000002"]] == [[]]


def test_packets_handed_on_without_a_number_are_told(tmp_path: Path) -> None:
    line = "res_rtp_asterisk.c: Sent RTP P2P packet to 10.0.0.2:4002 (type 08, len 000160)"
    case = opened(written(tmp_path, said(line, line)))
    assert rows(case) == []
    (problem,) = (one for one in case.table("problems").records() if "native bridge" in one["what"])
    assert problem["what"].startswith("2 packets")
    assert problem["place"] == "line 1"


def test_there_is_no_sound_in_a_log(tmp_path: Path) -> None:
    case = opened(written(tmp_path, log_of(capture_of("packet-loss"), OWN)))
    with pytest.raises(UsageError, match="told by a log"):
        case.stream(0).audio()
    sample = opened(ROOT / "sample_logs" / "rtp-debug" / "full")
    with pytest.raises(UsageError, match="told by a log"):
        sample.call_list()[0].audio()
    assert len(sample.levels()) == 0


def test_pictures_have_a_lane_for_the_asterisk_that_wrote_it() -> None:
    case = opened(ROOT / "sample_logs" / "rtp-debug" / "full")
    (call,) = case.call_list()
    text = call.ladder().text(width=100)
    assert "Asterisk" in text
    assert "MOS" in text
    assert len(call.quality().tracks) == 4


def test_a_call_that_only_a_log_tells_has_the_filter_of_its_media(tmp_path: Path) -> None:
    packet = "res_rtp_asterisk.c: Got  RTP packet from    10.0.0.1:4000 (type 08, seq {n:06d}, ts 000160, len 000160)"
    lines = [step("Dial", "PJSIP/bob,20"), *(packet.format(n=n) for n in range(10))]
    (call,) = opened(written(tmp_path, said(*lines))).call_list()
    assert call.display_filter == "rtp && ip.src == 10.0.0.1 && udp.srcport == 4000 && !icmp"
    (silent,) = opened(written(tmp_path, said(lines[0]), "silent")).call_list()
    assert silent.display_filter == ""
