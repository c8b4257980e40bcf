"""One message's packets again."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import pytest

from xivolab.errors import UsageError
from xivolab.evidence.source import Source
from xivolab.net.carve import SEGMENTS, carve, message_packets
from xivolab.testing import ALICE, BOB, PBX, tpcap, tpcapng, ttcp, tudp

A, P, B = f"{ALICE}:5060", f"{PBX}:5060", f"{BOB}:5060"
PACKETS = [tudp(A, P, b"one", 0.123456789), tudp(P, A, b"two", 1), tudp(A, P, b"three", 2)]


@pytest.mark.parametrize("byte_order", ["<", ">"])
@pytest.mark.parametrize("write", [tpcap, tpcapng])
def test_a_datagram_is_its_own_frame(write: object, byte_order: str, tmp_path: Path) -> None:
    path = write(tmp_path / "all", PACKETS, byte_order=byte_order)  # type: ignore[operator]
    assert carve(Source(path), 2, tmp_path / "one.pcap") == [2]
    (again,) = message_packets(Source(tmp_path / "one.pcap"), 1)
    assert (again.data, again.time, again.link) == (PACKETS[1].data, PACKETS[1].time_ns, 1)


def test_nanoseconds_and_the_length_on_the_wire_are_kept(tmp_path: Path) -> None:
    path = tpcap(tmp_path / "all", PACKETS, nanoseconds=True, snaplen=30)
    carve(Source(path), 1, tmp_path / "one.pcap")
    (again,) = message_packets(Source(tmp_path / "one.pcap"), 1)
    assert (again.time, len(again.data), again.original) == (PACKETS[0].time_ns, 30, len(PACKETS[0].data))


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_length_on_the_wire_stands_farther_from_the_data_in_the_modified_format(order: str, tmp_path: Path) -> None:
    header = struct.pack(order + "IHHiIII", 0xA1B2CD34, 2, 4, 0, 0, 60, 1)
    data = PACKETS[0].data[:30]
    record = struct.pack(order + "IIIIIHBB", 1_700_000_000, 5, len(data), 1234, 2, 0x800, 4, 0) + data
    path = tmp_path / "modified.pcap"
    path.write_bytes(header + record)
    (packet,) = message_packets(Source(path), 1)
    assert (packet.data, packet.original) == (data, 1234)


def test_a_compressed_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "all.pcap.gz"
    path.write_bytes(gzip.compress(tpcap(tmp_path / "all", PACKETS).read_bytes()))
    assert carve(Source(path), 3, tmp_path / "one.pcap") == [3]


def test_over_tcp_what_the_sender_sent_before_comes_along(tmp_path: Path) -> None:
    packets = [
        ttcp(A, P, b"INVITE sip:", 0, seq=1),
        ttcp(P, A, b"", 0.1),
        ttcp(B, P, b"another flow", 0.2),
        ttcp(A, P, b"b@c SIP/2.0\r\n", 0.3, seq=12),
        ttcp(A, P, b"later", 0.4, seq=25),
    ]
    assert carve(Source(tpcap(tmp_path / "all", packets)), 4, tmp_path / "one.pcap") == [1, 4]


def test_of_a_long_tcp_flow_the_last_segments_are_enough(tmp_path: Path) -> None:
    packets = [ttcp(A, P, b"x", n / 100, seq=n + 1) for n in range(SEGMENTS + 40)]
    frames = carve(Source(tpcap(tmp_path / "all", packets)), SEGMENTS + 20, tmp_path / "one.pcap")
    assert frames == list(range(21, SEGMENTS + 21))


def fragment(data: bytes, offset: int, more: bool) -> bytes:
    """The bytes of an Ethernet frame made a fragment (RFC 791, 3.1): `offset` in units of eight bytes."""
    field = (offset | more << 13).to_bytes(2, "big")
    return data[:20] + field + data[22:]


def test_all_fragments_come_along(tmp_path: Path) -> None:
    first = tudp(A, P, b"x" * 64, 0, ip_id=7)
    other = tudp(A, P, b"y" * 64, 0.1, ip_id=8)
    packets = [
        type(first)(first.time_ns, fragment(first.data, 0, more=True)),
        type(other)(other.time_ns, fragment(other.data, 0, more=True)),
        type(first)(first.time_ns, fragment(first.data, 9, more=False)),
    ]
    assert carve(Source(tpcap(tmp_path / "all", packets)), 3, tmp_path / "one.pcap") == [1, 3]


@pytest.mark.parametrize("frame", [0, 4])
def test_a_frame_that_is_not_there_is_told(frame: int, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"there is no frame {frame}; it has 3"):
        carve(Source(tpcap(tmp_path / "all", PACKETS)), frame, tmp_path / "one.pcap")
