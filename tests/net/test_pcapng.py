"""The pcapng format: sections, interfaces, resolutions of time, blocks of every kind."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.made import ALICE_SIP, BOB_SIP, sip
from xivolab.evidence.source import Source
from xivolab.scan import Scan, scan
from xivolab.testing import MadeInterface, MadePacket, tblock, tlink, tpcapng, tudp

TIME = 1_700_000_000_123_456_789
SECOND = 10**9

MESSAGE = tudp(ALICE_SIP, BOB_SIP, sip()).data


def read(path: Path) -> Scan:
    return scan([Source(path)])


def times(path: Path) -> list[int]:
    return read(path).messages.time.tolist()


@pytest.mark.parametrize("byte_order", ["<", ">"], ids=["little-endian", "big-endian"])
def test_byte_orders(tmp_path: Path, byte_order: str) -> None:
    assert times(tpcapng(tmp_path / "a", [MadePacket(TIME, MESSAGE)], byte_order=byte_order)) == [TIME]


@pytest.mark.parametrize(
    ("tsresol", "expected"),
    [
        pytest.param(0, TIME // SECOND * SECOND, id="seconds"),
        pytest.param(3, TIME // 10**6 * 10**6, id="milliseconds"),
        pytest.param(6, TIME // 1000 * 1000, id="microseconds"),
        pytest.param(9, TIME, id="nanoseconds"),
        pytest.param(0x80, TIME // SECOND * SECOND, id="2^-0-seconds"),
        pytest.param(0x80 | 1, TIME // SECOND * SECOND, id="halves-of-a-second"),
        pytest.param(
            0x80 | 20, TIME // SECOND * SECOND + (123_456_789 * 2**20 // SECOND) * SECOND // 2**20, id="2^-20"
        ),
    ],
)
def test_resolutions_of_time(tmp_path: Path, tsresol: int, expected: int) -> None:
    path = tpcapng(tmp_path / "a", [MadePacket(TIME, MESSAGE)], interfaces=[MadeInterface(tsresol=tsresol)])
    assert times(path) == [expected]


def test_picoseconds_and_offset(tmp_path: Path) -> None:
    """A time of today in picoseconds needs more than 63 bits, therefore such files have an offset."""
    interface = MadeInterface(tsresol=12, tsoffset=1_699_999_000)
    assert times(tpcapng(tmp_path / "a", [MadePacket(TIME, MESSAGE)], interfaces=[interface])) == [TIME]


def test_an_offset_that_cannot_be_is_no_crash(tmp_path: Path) -> None:
    path = tpcapng(tmp_path / "a", [], interfaces=[MadeInterface()])
    path.write_bytes(path.read_bytes().replace(struct.pack("<HHq", 14, 8, 0), struct.pack("<HHq", 14, 8, 2**62)))
    assert times(path) == []


def test_each_interface_has_its_link_and_its_clock(tmp_path: Path) -> None:
    """As two interfaces captured at once by dumpcap give it."""
    interfaces = [MadeInterface(link=1, tsresol=9), MadeInterface(link=113, tsresol=6)]
    cooked = tlink(tudp(BOB_SIP, ALICE_SIP, sip()), 113).data
    path = tpcapng(
        tmp_path / "a", [MadePacket(TIME, MESSAGE), MadePacket(TIME, cooked, interface=1)], interfaces=interfaces
    )
    raw = read(path).messages
    assert [raw.addresses[n] for n in raw.src] == [BOB_SIP, ALICE_SIP]  # by time: the second lost its nanoseconds
    assert raw.time.tolist() == [TIME // 1000 * 1000, TIME]


def test_sections_have_their_own_byte_order_and_interfaces(tmp_path: Path) -> None:
    one = tpcapng(tmp_path / "1", [MadePacket(TIME, MESSAGE)], byte_order="<")
    cooked = tlink(MadePacket(TIME, MESSAGE), 113)
    other = tpcapng(tmp_path / "2", [cooked], byte_order=">", interfaces=[MadeInterface(link=113, tsresol=6)])
    both = tmp_path / "both"
    both.write_bytes(one.read_bytes() + other.read_bytes())
    raw = read(both).messages
    assert sorted(raw.time.tolist()) == [TIME // 1000 * 1000, TIME]
    assert sorted(raw.frame.tolist()) == [1, 2]  # frames are numbered over the sections


def test_simple_and_obsolete_packet_blocks(tmp_path: Path) -> None:
    path = tpcapng(tmp_path / "a", [], interfaces=[MadeInterface(tsresol=6)])
    size = struct.pack("<I", len(MESSAGE))
    ticks = TIME // 1000
    obsolete = struct.pack("<HHII", 0, 0, ticks >> 32, ticks & 0xFFFFFFFF) + size * 2 + MESSAGE
    path.write_bytes(path.read_bytes() + tblock(3, size + MESSAGE) + tblock(2, obsolete))
    raw = read(path).messages
    assert raw.data == [sip(), sip()]
    assert raw.time.tolist() == [0, TIME // 1000 * 1000]  # a simple packet block carries no time


def test_unknown_blocks_and_secrets_are_skipped(tmp_path: Path) -> None:
    path = tpcapng(tmp_path / "a", [MadePacket(TIME, MESSAGE)])
    others = tblock(0xBAD, b"custom") + tblock(10, b"TLSK" + bytes(8)) + tblock(5, bytes(12))
    packet = struct.pack("<IIIII", 0, 0, 0, len(MESSAGE), len(MESSAGE)) + MESSAGE
    path.write_bytes(path.read_bytes() + others + tblock(6, packet))
    result = read(path)
    assert len(result.messages) == 2
    assert result.problems == []


def test_a_packet_of_an_interface_that_was_not_described_is_damage(tmp_path: Path) -> None:
    path = tpcapng(tmp_path / "a", [MadePacket(TIME, MESSAGE)])
    good = path.stat().st_size
    block = struct.pack("<IIIII", 7, 0, 0, len(MESSAGE), len(MESSAGE)) + MESSAGE
    path.write_bytes(path.read_bytes() + tblock(6, block))
    result = read(path)
    assert len(result.messages) == 1
    assert [problem.place for problem in result.problems] == [f"byte {good}"]


@pytest.mark.parametrize("length", [0, 8, 0xFFFFFFF0], ids=["nothing", "too-short", "endless"])
def test_a_section_with_an_impossible_length_is_damage(tmp_path: Path, length: int) -> None:
    path = tpcapng(tmp_path / "a", [MadePacket(TIME, MESSAGE)])
    good = path.stat().st_size
    section = struct.pack("<III", 0x0A0D0D0A, length, 0x1A2B3C4D)
    path.write_bytes(path.read_bytes() + section + bytes(100))
    result = read(path)
    assert len(result.messages) == 1
    (problem,) = result.problems
    assert (problem.place, problem.what) == (
        f"byte {good}",
        "the file is damaged from here on: 1 packets read before it",
    )
