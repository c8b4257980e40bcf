"""The oracle: our SIP messages and RTP figures are tshark's, and where they are not, a reason is written down."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

import xivolab
from tests.captures import CORPUS, CORPUS_VARIABLE, SAMPLES, each_of_corpus, each_sample
from xivolab.evidence.source import Source
from xivolab.net.carve import packet_at
from xivolab.net.reader import CaptureReader
from xivolab.net.tshark import field_lines
from xivolab.testing import MadePacket, differences_from_tshark, same_as_tshark, tpcap

QUOTED = "ICMP errors that quote SIP are no SIP"
HEP = "tshark 4.0 does not know HEP"
BROKEN = "start lines that the fuzzer broke: a message all the same"
STUN = "after STUN on the port tshark takes the RTP that follows for data"
T38_REFUSED = "T.38 was refused and RTP went on; tshark takes its packets for T.38"
RTP_ON_T38 = "RTP on a port that T.38 has; tshark takes it for T.38"
FIRST_TWICE = "no SDP announced it, and its first packet came twice: one of them is counted"
CLAIMED = "tshark leaves one packet of the flow undissected"

MESSAGES = {
    "private-test-sip.pcapng": QUOTED,
    "hep3_compressed.pcap.pcapng": HEP,
    "fuzz-2006-06-26-2594.pcap": BROKEN,
}
"""Captures with other messages than in tshark, and why that is right."""

STREAMS = {
    "sip-flow-private-2.pcapng": STUN,
    "FAX-Call-t38-CA-TDM-SIP-FB-1.pcap": T38_REFUSED,
    "LtoZ_rtpFilter_fail_2.pcap": RTP_ON_T38,
    "dtmf.pcap": FIRST_TWICE,
    "dups.a.rtp": FIRST_TWICE,
    "stun_signal.pcapng": CLAIMED,
}
"""Captures with other streams than in tshark, and why that is right."""

DECODE_AS = {"sip_ipv4_tcp_fragmented.pcap": ["tcp.port==6060,sip"]}  # tshark takes port 6060 for X11


@each_sample
def test_every_sample_capture_is_read_as_tshark_reads_it(capture: Path) -> None:
    same_as_tshark(capture)


@each_of_corpus
def test_every_capture_of_the_corpus_is_too_or_there_is_a_reason(capture: Path) -> None:
    found = differences_from_tshark(capture, decode_as=DECODE_AS.get(capture.name, ()))
    messages = [difference for difference in found if difference.field == "messages"]
    streams = [difference for difference in found if difference.field != "messages"]
    assert bool(messages) == (capture.name in MESSAGES), "\n".join(map(str, messages))
    assert bool(streams) == (capture.name in STREAMS), "\n".join(map(str, streams))


def duplicates_by_fields(capture: Path) -> tuple[dict[int, bool], Counter[tuple[str, str, str]]]:
    """Whether the UDP packet in each frame is a capture duplicate, and how many of each RTP stream are, by the definition.

    The same addresses, ports and payload within 5 ms, IP identifications equal unless zero, TTLs at most one apart: of the
    innermost packet, counted here from nothing but fields of tshark.
    """
    before: dict[tuple[str, str, str], list[tuple[float, int, int]]] = defaultdict(list)
    twice: dict[int, bool] = {}
    streams: Counter[tuple[str, str, str]] = Counter()
    fields = ["frame.number", "frame.time_epoch", *(f"ip.{name}" for name in ("src", "dst", "id", "ttl"))]
    lines = field_lines(capture, [*fields, "udp.srcport", "udp.dstport", "udp.payload"], display_filter="udp && !icmp")
    for line in lines:
        frame, time, src, dst, ip_id, ttl, sport, dport, payload = (value.rpartition(",")[2] for value in line)
        key, now = (f"{src}:{sport}", f"{dst}:{dport}", payload), (float(time), int(ip_id or "0", 0), int(ttl or 0))
        twice[int(frame)] = any(
            now[0] - other[0] <= 0.005
            and (now[1] == other[1] or 0 in (now[1], other[1]))
            and abs(now[2] - other[2]) <= 1
            for other in before[key]
        )
        before[key].append(now)
        if twice[int(frame)] and len(payload) >= 24 and payload[0] in "89ab":
            streams[key[0], key[1], f"0x{payload[16:24]}"] += 1
    return twice, streams


def assert_the_same_duplicates(capture: Path) -> int:
    """How many there are."""
    twice, streams = duplicates_by_fields(capture)
    case = xivolab.open(capture)
    messages = [row for row in case.table("messages").records() if row["frame"] in twice]
    assert [row["frame"] for row in messages if row["capture_duplicate"]] == [
        row["frame"] for row in messages if twice[row["frame"]]
    ]
    ours = {(row["src"], row["dst"], row["ssrc"]): row["capture_duplicates"] for row in case.table("streams").records()}
    assert ours == {key: streams[key] for key in ours}
    return sum(ours.values()) + sum(row["capture_duplicate"] for row in messages)


@pytest.mark.parametrize("name", ["clean-call", "packet-loss"])
def test_a_sample_as_all_interfaces_of_a_router_see_it(name: str, tmp_path: Path) -> None:
    """Each packet twice, the second with a TTL of one less, in bursts of nine."""
    (sample,) = [path for path in SAMPLES if path.parent.name == name]
    blocks = CaptureReader(Source(sample)).blocks()
    found = [packet_at(block, row) for block in blocks for row in block.rows[: block.count]]
    packets = [MadePacket(packet.time, packet.data) for packet in found]
    seen: list[MadePacket] = []
    for first in range(0, len(packets), 9):
        burst = packets[first : first + 9]
        time = burst[0].time_ns
        seen += [replace(packet, time_ns=time + 1000 * n) for n, packet in enumerate(burst)]
        for n, packet in enumerate(burst):
            routed = bytearray(packet.data)
            routed[22] -= 1  # TTL
            seen.append(replace(packet, time_ns=time + 1_000_000 + 1000 * n, data=bytes(routed)))
    assert assert_the_same_duplicates(tpcap(tmp_path / "any.pcap", seen, nanoseconds=True)) > 100


@pytest.mark.skipif(not CORPUS, reason=f"{CORPUS_VARIABLE} is not set")
@pytest.mark.parametrize(
    "capture", [path for path in CORPUS if "open5gs" in path.parent.name], ids=lambda path: path.name
)
def test_captures_of_any_interface_with_tunnels_in_them(capture: Path) -> None:
    assert assert_the_same_duplicates(capture) > 20
