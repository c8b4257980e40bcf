"""The pcap format: byte orders, units of time, the modified header, damage."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.made import ALICE_SIP, BOB_SIP, sip
from xivolab.evidence.source import Source
from xivolab.net.pcap import LARGEST_PACKET, PcapHeader, read_header
from xivolab.scan import Scan, scan
from xivolab.testing import MadePacket, tpcap, tudp

TIME = 1_700_000_000_123_456_789

MESSAGE = tudp(ALICE_SIP, BOB_SIP, sip()).data


def read(path: Path) -> Scan:
    return scan([Source(path)])


@pytest.mark.parametrize("byte_order", ["<", ">"], ids=["little-endian", "big-endian"])
@pytest.mark.parametrize(
    ("nanoseconds", "time"), [(False, TIME // 1000 * 1000), (True, TIME)], ids=["microseconds", "nanoseconds"]
)
def test_byte_orders_and_units_of_time(tmp_path: Path, byte_order: str, nanoseconds: bool, time: int) -> None:
    path = tpcap(tmp_path / "a.pcap", [MadePacket(TIME, MESSAGE)], byte_order=byte_order, nanoseconds=nanoseconds)
    found = read(path).messages
    assert found.data == [sip()]
    assert found.time.tolist() == [time]


def test_the_modified_format_of_2000_has_longer_record_headers(tmp_path: Path) -> None:
    header = struct.pack("<IHHiIII", 0xA1B2CD34, 2, 4, 0, 0, 65535, 1)
    record = struct.pack("<IIIIIHBB", 1_700_000_000, 5, len(MESSAGE), len(MESSAGE), 2, 0x800, 0, 0)
    path = tmp_path / "modified.pcap"
    path.write_bytes(header + (record + MESSAGE) * 2)
    assert read(path).messages.time.tolist() == [1_700_000_000_000_005_000] * 2


def test_the_link_type_is_in_the_low_16_bits() -> None:
    """The high ones may tell the length of the frame check sequence."""
    header = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 0x14000001)
    assert read_header(header) == PcapHeader(swapped=False, unit=1000, link=1, record_header=16)


def test_other_files_and_short_ones_are_no_pcap() -> None:
    assert read_header(b"GIF89a" + bytes(30)) is None
    assert read_header(struct.pack("<I", 0xA1B2C3D4)) is None


def test_frames_are_numbered_from_1(tmp_path: Path) -> None:
    path = tpcap(tmp_path / "a.pcap", [MadePacket(TIME, b"not ip")] * 4 + [MadePacket(TIME, MESSAGE)])
    assert read(path).messages.frame.tolist() == [5]


def test_a_cut_packet_gives_what_is_there_of_its_message(tmp_path: Path) -> None:
    path = tpcap(tmp_path / "a.pcap", [MadePacket(TIME, MESSAGE)], snaplen=120)
    assert read(path).messages.data == [sip()[: 120 - 42]]


def test_an_impossible_length_is_damage_and_names_the_byte(tmp_path: Path) -> None:
    path = tpcap(tmp_path / "a.pcap", [MadePacket(TIME, MESSAGE)] * 2)
    good = path.stat().st_size
    path.write_bytes(path.read_bytes() + struct.pack("<IIII", 0, 0, LARGEST_PACKET + 1, 0) + bytes(100))
    result = read(path)
    assert len(result.messages) == 2
    (problem,) = result.problems
    assert problem.place == f"byte {good}"
    assert problem.what == "the file is damaged from here on: 2 packets read before it"


def test_a_capture_without_packets_is_empty_and_no_problem(tmp_path: Path) -> None:
    result = read(tpcap(tmp_path / "a.pcap", []))
    assert (len(result.messages), len(result.streams), result.problems) == (0, 0, [])
    assert result.facts[0].first_time is None
