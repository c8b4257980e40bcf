"""One scan of captures: the samples against plain Python, and the same evidence cut, split, or read without a compiler."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.captures import ROOT, SAMPLES, each_sample
from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, sip, talk
from tests.plain import is_plain, rtp_streams
from tests.rtp.reference import counts, mean_jitter_ms
from xivolab.evidence.source import Source
from xivolab.net.carve import packet_at
from xivolab.net.reader import CaptureReader
from xivolab.scan import Scan, scan
from xivolab.testing import START, MadePacket, tfragments, tpcap, ttcp, tudp

CALL = ROOT / "captures" / "clean-call" / "capture.pcap"


def read(*paths: Path) -> Scan:
    return scan([Source(path) for path in paths])


def tables(result: Scan) -> dict[str, Any]:
    """All that a scan found, as plain values."""
    raw = result.messages
    return {
        "messages": [
            [int(raw.time[n]), raw.addresses[raw.src[n]], raw.addresses[raw.dst[n]], raw.data[n].decode("latin-1")]
            for n in range(len(raw))
        ],
        "streams": list(result.streams.records()),
        "quality": list(result.quality.records()),
    }


each_plain_sample = pytest.mark.parametrize(
    "capture", [path for path in SAMPLES if is_plain(path)], ids=lambda path: path.parent.name
)


class TestSamples:
    """The streams of the sample captures, recounted in plain Python."""

    @each_plain_sample
    def test_the_streams_are_those_on_the_wire(self, capture: Path) -> None:
        found = {(row["src"], row["dst"], row["ssrc"]): row["packets"] for row in read(capture).streams.records()}
        assert found == {key: len(packets) for key, packets in rtp_streams(capture).items()}

    @each_plain_sample
    def test_loss_and_jitter(self, capture: Path) -> None:
        wire = rtp_streams(capture)
        for row in read(capture).streams.records():
            packets = wire[row["src"], row["dst"], row["ssrc"]]
            recount = counts([packet.sequence for packet in packets])
            assert (row["expected"], row["lost"]) == (recount.expected, recount.lost)
            if {packet.payload_type for packet in packets} == {8}:  # without events
                times = [(packet.arrival, packet.timestamp) for packet in packets]
                assert row["jitter_rfc_ms"] == pytest.approx(mean_jitter_ms(times, 8000), abs=1e-6)

    @each_sample
    def test_seconds_sum_up_to_their_stream(self, capture: Path) -> None:
        result = read(capture)
        for stream in result.streams.records():
            seconds = [row for row in result.quality.records() if row["stream"] == stream["id"]]
            assert sum(row["packets"] for row in seconds) == stream["packets"]
            assert sum(row["lost"] for row in seconds) == stream["lost"]
            assert [row["second"] for row in seconds] == sorted({row["second"] for row in seconds})


class TestSeveralFiles:
    def test_a_capture_split_in_two_is_one(self, tmp_path: Path) -> None:
        packets = [tudp(BOB_SIP, ALICE_SIP, invite(BOB)), *talk(range(500)), tudp(ALICE_SIP, BOB_SIP, sip(), 20)]
        whole = tpcap(tmp_path / "whole", packets)
        first, second = tpcap(tmp_path / "1", packets[:200]), tpcap(tmp_path / "2", packets[200:])
        assert tables(read(first, second)) == tables(read(whole))
        assert tables(read(second, first)) == tables(read(whole))

    def test_two_captures_at_the_same_time_are_counted_apart(self, tmp_path: Path) -> None:
        """One on each side of the network: the same stream, twice."""
        sent = talk(range(100))
        arrived = [packet for number, packet in enumerate(sent) if number % 10 != 5]
        result = read(tpcap(tmp_path / "1", sent), tpcap(tmp_path / "2", arrived))
        assert sorted(row["packets"] for row in result.streams.records()) == [90, 100]
        assert len({row["id"] for row in result.streams.records()}) == 2

    @pytest.mark.parametrize("start", [-1.0, 50.0], ids=["before", "after"])
    def test_sdp_in_another_file_names_the_codec(self, tmp_path: Path, start: float) -> None:
        announced = tudp(BOB_SIP, ALICE_SIP, invite(BOB, "96", "a=rtpmap:96 G722/8000"), start)
        signalling = tpcap(tmp_path / "sip", [announced, tudp(ALICE_SIP, BOB_SIP, sip(), start + 0.5)])
        record = only(read(tpcap(tmp_path / "rtp", talk(range(50), pt=96)), signalling).streams)
        assert (record["codec"], record["jitter_max_ms"], record["mos_scale"]) == ("G722", 0.0, "wb")

    def test_one_that_holds_no_packet_changes_nothing(self, tmp_path: Path) -> None:
        empty, full = tpcap(tmp_path / "empty", []), tpcap(tmp_path / "full", talk(range(50)))
        assert tables(read(empty, full)) == tables(read(full, empty)) == tables(read(full))

    def test_messages_of_all_files_are_in_the_order_of_time(self, tmp_path: Path) -> None:
        later = tpcap(tmp_path / "later", [tudp(ALICE_SIP, BOB_SIP, sip(call_id="second"), 2.0)])
        earlier = tpcap(tmp_path / "earlier", [tudp(ALICE_SIP, BOB_SIP, sip(call_id="first"), 1.0)])
        raw = read(later, earlier).messages
        assert [data.split(b"Call-ID: ")[1][:5] for data in raw.data] == [b"first", b"secon"]
        assert raw.file.tolist() == [1, 0]

    def test_no_file_is_an_empty_scan(self) -> None:
        assert tables(scan([])) == {"messages": [], "streams": [], "quality": []}


class TestSipOverTcp:
    def test_in_ip_fragments(self, tmp_path: Path) -> None:
        packets = [*tfragments(ttcp(ALICE_SIP, BOB_SIP, sip()), 64), ttcp(BOB_SIP, ALICE_SIP, sip("SIP/2.0 200 OK"), 1)]
        assert read(tpcap(tmp_path / "a", packets)).messages.data == [sip(), sip("SIP/2.0 200 OK")]

    def test_media_it_announces_needs_no_probation(self, tmp_path: Path) -> None:
        """Three packets, of which no two follow each other: too few and too odd for RTP that nobody announced."""
        packets = [ttcp(ALICE_SIP, BOB_SIP, invite()), *talk([1], start=1), *talk([3], start=2), *talk([5], start=3)]
        assert only(read(tpcap(tmp_path / "a", packets)).streams)["packets"] == 3


class TestCutBySnapLength:
    def test_a_problem_counts_the_sip_packets_that_are_not_whole(self, tmp_path: Path) -> None:
        first, second = sip()[:100], sip()[100:]
        packets = [
            tudp(ALICE_SIP, BOB_SIP, sip()),
            ttcp(ALICE_SIP, BOB_SIP, first, 1.0, seq=1),
            ttcp(ALICE_SIP, BOB_SIP, second, 1.1, seq=101),
            *talk(range(10)),
        ]
        (problem,) = read(tpcap(tmp_path / "a", packets, snaplen=120)).problems
        assert problem.what.startswith("3 SIP packets were not captured whole")

    def test_rtp_needs_its_header_only(self, tmp_path: Path) -> None:
        result = read(tpcap(tmp_path / "a", talk(range(10)), snaplen=60))
        assert (only(result.streams)["packets"], result.problems) == (10, [])


class TestSeconds:
    def test_a_second_has_its_packets_its_loss_and_its_longest_gap(self, tmp_path: Path) -> None:
        sequences = [n for n in range(120) if n not in (60, 61, 62)]  # lost in the second second
        result = read(tpcap(tmp_path / "a", talk(sequences)))
        found = [(row["second"], row["packets"], row["lost"], row["delta_max_ms"]) for row in result.quality.records()]
        assert found == [(0, 50, 0, 20.0), (1, 47, 3, 80.0), (2, 20, 0, 20.0)]

    def test_the_mos_of_a_second_is_that_of_its_own_loss(self, tmp_path: Path) -> None:
        sequences = [n for n in range(100) if n not in (60, 61, 62, 63, 64)]
        first, second = read(tpcap(tmp_path / "a", talk(sequences))).quality.records()
        assert (round(first["mos"], 2), round(second["mos"], 2)) == (4.41, 3.41)  # 0 and 10 %

    def test_a_second_of_silence_has_no_row(self, tmp_path: Path) -> None:
        path = tpcap(tmp_path / "a", [*talk(range(10)), *talk(range(10, 20), start=5.0)])
        assert [row["second"] for row in read(path).quality.records()] == [0, 5]


class TestIdentity:
    def test_times_and_id_of_a_stream(self, tmp_path: Path) -> None:
        row = only(read(tpcap(tmp_path / "a", talk(range(51)))).streams)
        assert (row["start"], row["end"]) == (START, START + 1.0)
        assert row["id"] == only(read(tpcap(tmp_path / "other-name", talk(range(51)))).streams)["id"]

    def test_streams_are_sorted_by_start_source_destination_and_ssrc(self, tmp_path: Path) -> None:
        packets = [*talk(range(5), src=BOB, dst=ALICE), *talk(range(5), ssrc=2), *talk(range(5), ssrc=1)]
        streams = read(tpcap(tmp_path / "a", sorted(packets, key=lambda packet: packet.time_ns))).streams.records()
        assert [(row["src"], row["ssrc"]) for row in streams] == [
            (ALICE, "0x00000001"),
            (ALICE, "0x00000002"),
            (BOB, "0x00000001"),
        ]


def test_progress_counts_the_bytes_of_each_file() -> None:
    told: list[tuple[str, int]] = []
    scan([Source(CALL)], lambda name, done: told.append((name, done)))
    assert told[-1] == (str(CALL), CALL.stat().st_size)


_PRINT_TABLES = """
import json, sys
from pathlib import Path
from tests.test_scan import read, tables
print(json.dumps(tables(read(Path(sys.argv[1])))))
"""


def _in_a_process(capture: Path, **environment: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", _PRINT_TABLES, str(capture)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=os.environ | environment,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("name", ["busy", "clean-call"])
def test_without_the_compiler_the_answers_are_the_same(name: str, tmp_path: Path) -> None:
    (sample,) = [path for path in SAMPLES if path.parent.name == name]
    cut = tmp_path / "cut.pcap"
    cut.write_bytes(sample.read_bytes()[:100_000])
    assert _in_a_process(cut, NUMBA_DISABLE_JIT="1") == json.loads(json.dumps(tables(read(cut))))


@pytest.mark.parametrize("snaplen", [60, 96, 300, 600])
def test_packets_that_the_snap_length_cut(snaplen: int, tmp_path: Path) -> None:
    """Headers are whole: RTP is counted to the packet, and SIP has what is there."""
    sample = next(path for path in SAMPLES if path.parent.name == "packet-loss")
    blocks = CaptureReader(Source(sample)).blocks()
    packets = [packet_at(block, row) for block in blocks for row in block.rows[: block.count]]
    cut = tpcap(tmp_path / "cut.pcap", [MadePacket(p.time, p.data) for p in packets], snaplen=snaplen, nanoseconds=True)
    names = ("ssrc", "src", "dst", "packets", "lost", "wireshark_lost", "jitter_rfc_ms", "delta_max_ms", "ip_bytes")
    whole, found = (
        [{n: row[n] for n in names} for row in scan([Source(path)]).streams.records()] for path in (sample, cut)
    )
    assert found == whole
    case = xivolab.open(cut)
    messages = list(case.table("messages").records())
    assert len(messages) == len(xivolab.open(sample).table("messages"))
    assert all(row["truncated"] for row in messages) == (snaplen < 600)
    ids = set(xivolab.open(sample).table("dialogs")["call_id"])
    assert {row["call_id"] for row in messages} <= ids | {None}
    assert "not captured whole" in " ".join(case.table("problems")["what"])
