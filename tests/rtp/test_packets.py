"""The packets of some streams out of captures: which they are, and their columns and payloads."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import xivolab
from tests.captures import each_sample
from tests.made import ALICE, BOB, talk
from xivolab.evidence.source import Source
from xivolab.net.tshark import oracle_fields
from xivolab.rtp.packets import Flow, RtpPackets, flow_of, rtp_packets
from xivolab.testing import START, MadePacket, thep, tpcap, trtp, tudp

NS = int(START) * 10**9


def read(path: Path, *flows: Flow, data: bool = True) -> list[RtpPackets]:
    return rtp_packets([Source(path)], flows, data=data)


@each_sample
def test_every_stream_of_the_samples_has_the_packets_that_tshark_sees(capture: Path) -> None:
    case = xivolab.open(capture)
    streams = [case.stream(row) for row in range(len(case.table("streams")))]
    fields = ["frame.number", "ip.src", "ipv6.src", "udp.srcport", "ip.dst", "ipv6.dst", "udp.dstport", "rtp.ssrc"]
    wanted = ["rtp.seq", "rtp.timestamp", "rtp.p_type", "rtp.marker", "rtp.payload"]
    theirs: dict[tuple[str, str, str], list[list[str]]] = {}
    for frame, ip4, ip6, sport, to4, to6, dport, ssrc, *rest in oracle_fields(capture, "rtp", fields + wanted):
        src, dst = (
            f"{four}:{port}" if four else f"[{six}]:{port}"
            for four, six, port in ((ip4, ip6, sport), (to4, to6, dport))
        )
        theirs.setdefault((src, dst, ssrc), []).append([frame, *rest])
    found = rtp_packets([Source(capture)], [flow_of(stream) for stream in streams])
    for stream, packets in zip(streams, found, strict=True):
        ours = [
            [
                str(row["frame"]),
                str(row["sequence"]),
                str(row["timestamp"]),
                str(row["payload_type"]),
                str(int(row["marker"])),
                packets.payload(index).hex(),
            ]
            for index, row in enumerate(packets.rows)
        ]
        # tshark shows the payload of an event taken apart, not as bytes
        expected = [
            [*line[:5], line[5].replace(":", "") or ours[n][5]]
            for n, line in enumerate(theirs[stream.src, stream.dst, stream.ssrc])
        ]
        assert ours == expected


def test_each_flow_gets_its_own(tmp_path: Path) -> None:
    packets = [
        *talk(range(10), ssrc=7, payload=b"one"),
        *talk(range(10), src=BOB, dst=ALICE, ssrc=7, payload=b"back"),
        *talk(range(10), ssrc=8, payload=b"other"),
        *talk(range(5), src="10.9.9.9:4000", ssrc=7, payload=b"relayed"),
        *talk(range(4), src="[2001:db8::1]:4000", dst="[2001:db8::2]:5000", ssrc=7, payload=b"six"),
        tudp(ALICE, BOB, b"\x80\xc9" + bytes(6) + struct.pack("!I", 7)),  # RTCP
    ]
    flows = [
        Flow("[2001:db8::1]:4000", "[2001:db8::2]:5000", 7),
        Flow(ALICE, BOB, 7),
        Flow("10.9.9.9:4000", BOB, 7),
        Flow(BOB, ALICE, 7),
        Flow(BOB, ALICE, 99),
    ]
    found = read(tpcap(tmp_path / "a", packets), *flows)
    assert [len(one) for one in found] == [4, 10, 5, 10, 0]
    assert [one.payload(0) for one in found[:4]] == [b"six", b"one", b"relayed", b"back"]


def test_streams_that_follow_each_other_on_the_same_ports_are_told_apart_by_time(tmp_path: Path) -> None:
    path = tpcap(tmp_path / "a", [*talk(range(10)), *talk(range(10), start=100.0)])
    first, second, both = (
        Flow(ALICE, BOB, 1, NS, NS + 180_000_000),
        Flow(ALICE, BOB, 1, NS + 100 * 10**9, NS + 101 * 10**9),
        Flow(ALICE, BOB, 1),
    )
    assert [len(one) for one in read(path, first, second)] == [10, 10]
    assert [one.rows["time"][0] - NS for one in read(path, second, first)] == [100 * 10**9, 0]
    assert len(read(path, both)[0]) == 20


def test_nothing_is_read_long_after_the_last_flow(tmp_path: Path) -> None:
    seen: list[int] = []
    packets = [*talk(range(10)), *[trtp(ALICE, BOB, n, 0, 500 + n, payload=bytes(1000)) for n in range(20_000)]]
    path = tpcap(tmp_path / "a", packets)
    rtp_packets([Source(path)], [Flow(ALICE, BOB, 1, NS, NS + 10**9)], progress=lambda _, size: seen.append(size))
    assert seen[-1] < path.stat().st_size


def test_csrcs_extension_and_padding_are_no_payload(tmp_path: Path) -> None:
    head = struct.pack("!BBHII", 0x80 | 0x20 | 0x10 | 2, 8, 1, 160, 1)
    body = bytes(8) + struct.pack("!HHI", 0xBEDE, 1, 0) + b"voice" + b"\0\0\3"
    cut = MadePacket(NS + 1, tudp(ALICE, BOB, head + body).data)
    (found,) = read(tpcap(tmp_path / "a", [tudp(ALICE, BOB, head + body), cut]), Flow(ALICE, BOB, 1))
    assert found.payload(0) == b"voice"
    assert found.packet(0) == head + body
    # Cut by the snap length, the last byte is not the padding's.
    (short,) = read(tpcap(tmp_path / "b", [cut], snaplen=len(cut.data) - 4), Flow(ALICE, BOB, 1))
    assert short.payload(0) == b"voic"
    assert (short.rows["wire"][0], short.rows["length"][0]) == (len(head + body), len(head + body) - 4)


def test_several_captures_are_one_stream_in_order_of_time(tmp_path: Path) -> None:
    late = tpcap(tmp_path / "late", talk(range(10, 20), start=0.2))
    early = tpcap(tmp_path / "early", talk(range(10)))
    (found,) = rtp_packets([Source(late), Source(early)], [Flow(ALICE, BOB, 1)])
    assert found.rows["sequence"].tolist() == list(range(20))
    assert found.rows["file"].tolist() == [1] * 10 + [0] * 10
    assert found.rows["frame"].tolist() == [*range(1, 11), *range(1, 11)]


def test_the_columns_alone_keep_no_bytes(tmp_path: Path) -> None:
    (found,) = read(tpcap(tmp_path / "a", talk(range(5), payload=b"abc")), Flow(ALICE, BOB, 1), data=False)
    assert len(found.data) == 0
    assert found.rows["size"].tolist() == [3] * 5


def test_a_clock_that_went_back_leaves_nothing_out(tmp_path: Path) -> None:
    packets = [*talk(range(5), start=1000.0), *talk(range(5, 10))]
    case = xivolab.open(tpcap(tmp_path / "a.pcap", packets))
    (found,) = read(tmp_path / "a.pcap", flow_of(case.stream(0)))
    assert len(found) == 10


@given(st.lists(st.binary(max_size=40), max_size=30), st.integers(0, 2**32 - 1))
def test_any_bytes_are_a_packet_or_none(payloads: list[bytes], seed: int) -> None:
    import tempfile

    chance = random.Random(seed)
    packets = [
        tudp(ALICE, BOB, (b"\x90\x08" + bytes(6) + b"\0\0\0\1" if chance.random() < 0.7 else b"") + payload, n / 100)
        for n, payload in enumerate(payloads)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = tpcap(Path(folder) / "a", packets, snaplen=chance.choice([42 + 12, 42 + 20, 65535]))
        (found,) = read(path, Flow(ALICE, BOB, 1))
    rows = found.rows
    assert (rows["payload"] + rows["size"] <= rows["length"]).all()
    assert np.all(rows["size"] >= 0)
    assert sum(len(found.packet(n)) for n in range(len(found))) == len(found.data)


@each_sample
def test_the_dscp_of_every_packet_is_that_of_tshark(capture: Path) -> None:
    case = xivolab.open(capture)
    theirs = {
        int(frame): int(four or six)
        for frame, four, six in oracle_fields(capture, "rtp", ["frame.number", "ip.dsfield.dscp", "ipv6.tclass.dscp"])
    }
    flows = [flow_of(case.stream(row)) for row in range(len(case.table("streams")))]
    for packets in rtp_packets([Source(capture)], flows, data=False):
        assert packets.rows["dscp"].tolist() == [theirs[frame] for frame in packets.rows["frame"].tolist()]


def test_where_there_is_no_ip_header_nothing_is_claimed(tmp_path: Path) -> None:
    packet = struct.pack("!BBHII", 0x80, 8, 1, 0, 1) + b"\xd5" * 160
    path = tpcap(tmp_path / "hep.pcap", [thep("10.0.0.1:4000", "10.0.0.2:5000", packet)])
    (found,) = read(path, Flow("10.0.0.1:4000", "10.0.0.2:5000", 1))
    assert found.rows["dscp"].tolist() == [-1]
