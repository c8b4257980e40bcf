"""Blocks of a capture: whatever their size, and wherever the file ends, the same packets come out."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made import ALICE_SIP, BOB_SIP, sip, talk
from xivolab.errors import EvidenceError
from xivolab.evidence.source import Source
from xivolab.net.reader import CaptureReader
from xivolab.net.rows import PACKET
from xivolab.testing import MadePacket, tblock, tpcap, tpcapng, tudp

FILE = 24

Packet = tuple[int, int, int, int, bytes]


def packets(path: Path, block: int = 8 << 20) -> list[Packet]:
    """Frame, time, kind, destination port and transport payload of every packet."""
    found: list[Packet] = []
    for part in CaptureReader(Source(path), block=block).blocks():
        for row in part.rows[: part.count]:
            payload = part.buffer[row["payload"] : row["payload"] + row["length"]].tobytes()
            found.append((int(row["frame"]), int(row["time"]), int(row["kind"]), int(row["dport"]), payload))
    return found


@pytest.fixture(params=["pcap", "pcapng"])
def capture(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """300 RTP packets, a packet of 60 000 bytes among them, which is longer than a small block."""
    made = talk(range(300))
    made.insert(100, MadePacket(made[100].time_ns, tudp(ALICE_SIP, BOB_SIP, sip(body="x" * 60_000)).data))
    writer = tpcap if request.param == "pcap" else tpcapng
    return writer(tmp_path / "made", made)


@pytest.mark.parametrize("block", [64, 300, 4096, 65536])
def test_the_size_of_blocks_makes_no_difference(capture: Path, block: int) -> None:
    assert packets(capture, block) == packets(capture)


def test_what_is_known_of_a_capture(capture: Path) -> None:
    reader = CaptureReader(Source(capture))
    blocks = list(reader.blocks())
    assert reader.facts.packets == sum(block.count for block in blocks) == 301
    assert reader.facts.bytes == capture.stat().st_size
    assert reader.facts.first_time == 1_700_000_000_000_000_000
    assert reader.facts.last_time == 1_700_000_005_980_000_000
    assert reader.facts.link_names == ["Ethernet"]
    assert reader.problems == []


def test_offsets_in_the_file_find_each_packet_again(capture: Path) -> None:
    content = capture.read_bytes()
    for block in CaptureReader(Source(capture), block=4096).blocks():
        for row in block.rows[: block.count]:
            frame = block.buffer[row["data"] : row["data"] + row["captured"]].tobytes()
            assert content[block.base + row["data"] :].startswith(frame)


def test_more_packets_than_a_row_table_holds(tmp_path: Path) -> None:
    path = tpcap(tmp_path / "many", [MadePacket(0, b"")] * 70_000)
    assert [frame for frame, *_ in packets(path)] == list(range(1, 70_001))


def test_a_cut_file_gives_the_packets_before_the_cut_and_names_the_byte(tmp_path: Path) -> None:
    whole = tpcap(tmp_path / "whole", talk(range(20))).read_bytes()
    record = (len(whole) - FILE) // 20
    for size in range(FILE, len(whole), 97):
        cut = tmp_path / "cut"
        cut.write_bytes(whole[:size])
        reader = CaptureReader(Source(cut))
        read = sum(block.count for block in reader.blocks())
        assert read == (size - FILE) // record
        if (size - FILE) % record:
            (problem,) = reader.problems
            assert problem.place == f"byte {FILE + read * record}"
            assert problem.what == f"the file is cut short in the middle of a packet: {read} packets read before it"
            assert problem.severity == "warning"
        else:
            assert reader.problems == []


def test_a_file_that_is_no_capture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pcap"
    path.write_bytes(b"hello")
    with pytest.raises(EvidenceError, match="not a capture; give a pcap or pcapng file"):
        CaptureReader(Source(path))


@given(st.binary(max_size=300), st.integers(0, 3000), st.sampled_from([tpcap, tpcapng]))
@settings(max_examples=80)
def test_junk_anywhere_in_a_capture_never_raises(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int, writer: object
) -> None:
    path = tmp_path_factory.mktemp("junk") / "made"
    whole = writer(path, [tudp(ALICE_SIP, BOB_SIP, sip()), *talk(range(5))]).read_bytes()  # type: ignore[operator]
    at = max(FILE, at % len(whole))
    path.write_bytes(whole[:at] + junk + whole[at + len(junk) :])
    for block in CaptureReader(Source(path), block=4096).blocks():
        assert block.rows.dtype == PACKET


def test_the_keys_in_a_capture(tmp_path: Path) -> None:
    text = f"CLIENT_RANDOM {'ab' * 32} {'cd' * 48}\n".encode()
    for order in "<>":
        secret = tblock(10, struct.pack(order + "II", 0x544C534B, len(text)) + text, order)
        path = tpcapng(tmp_path / "made.pcapng", [tudp("10.0.0.1:5060", "10.0.0.2:5060", b"x" * 20)], byte_order=order)
        path.write_bytes(path.read_bytes() + secret)
        reader = CaptureReader(Source(path))
        assert sum(block.count for block in reader.blocks()) == 1
        assert reader.facts.keys.opens(b"\xab" * 32)
