"""RTP packets at two points: the same ones, whatever the network did to them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xivolab.rtp.packets import RTP_PACKET
from xivolab.testing import MadePacket, tpcap, trtp
from xivolab.work.compare.media import is_copy, keys, pair_streams
from xivolab.work.compare.sides import Side

A, B, C = "10.0.0.1:4000", "10.0.0.2:10000", "10.0.0.3:4010"


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2**32 - 1) | st.just(7)), max_size=40))
def test_every_packet_has_a_key_of_its_own(numbers: list[tuple[int, int]]) -> None:
    packets = np.zeros(len(numbers), RTP_PACKET)
    packets["sequence"], packets["timestamp"] = [n for n, _ in numbers], [t for _, t in numbers]
    found = keys(packets)
    assert len(set(found.tolist())) == len(numbers)
    assert int(is_copy(found).sum()) == len(numbers) - len(set(numbers))


def voice(src: str, dst: str, count: int = 50, first: int = 0, **more: int) -> list[MadePacket]:
    return [trtp(src, dst, first + n, 160 * (first + n), n / 50, **more) for n in range(count)]


def side(folder: Path, name: str, *packets: list[MadePacket]) -> Side:
    every = sorted((one for part in packets for one in part), key=lambda packet: packet.time_ns)
    return Side(tpcap(folder / name, every))


def test_a_port_that_changes_on_the_way_is_one_stream_still(tmp_path: Path) -> None:
    a = side(tmp_path, "a.pcap", voice(A, B, 100))
    moved = [trtp("10.0.0.9:7777", B, n, 160 * n, n / 50) for n in range(50, 100)]
    b = side(tmp_path, "b.pcap", voice("10.0.0.9:4000", B, 50), moved)
    (pair,) = pair_streams(a, b)
    assert (len(pair.a), len(pair.b), len(pair.same_a)) == (1, 2, 100)


def test_of_two_legs_with_the_same_packets_the_one_of_known_hosts_is_taken(tmp_path: Path) -> None:
    a = side(tmp_path, "a.pcap", voice(A, B))
    b = side(tmp_path, "b.pcap", voice("10.0.0.9:4000", B), voice(B, C))
    for row in (0, 1):
        (pair,) = pair_streams(a, b, lambda row_a, row_b, row=row: row_b == row)
        assert pair.b == [row]


def test_a_relay_with_an_ssrc_of_its_own_is_seen_through(tmp_path: Path) -> None:
    a = side(tmp_path, "a.pcap", voice(A, B, first=7, ssrc=5))
    b = side(tmp_path, "b.pcap", voice(B, C, first=7, ssrc=6)[3:])
    (pair,) = pair_streams(a, b)
    assert pair.renamed
    assert len(pair.same_a) == 47


def test_streams_that_were_made_anew_are_no_pair(tmp_path: Path) -> None:
    a = side(tmp_path, "a.pcap", voice(A, B, first=7, ssrc=5))
    b = side(tmp_path, "b.pcap", voice(B, C, first=900, ssrc=6))
    assert pair_streams(a, b) == []
