"""One call as a capture of its own: the same call, dialogs and streams come out of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.captures import SAMPLES, each_of_corpus, each_sample
from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, sdp, sip, talk
from xivolab.net.tshark import oracle_fields
from xivolab.objects import Call
from xivolab.testing import (
    START,
    MadeInterface,
    MadePacket,
    terspan,
    tfragments,
    tframe,
    tgre,
    tgtp,
    thep,
    tlink,
    tpcap,
    tpcapng,
    tpptp,
    trtp,
    ttagged,
    ttcp,
    ttunnelled,
    tudp,
    tvxlan,
)

TOLERANCE_MS = 1e-6  # Wireshark's figures are sums over times since the first packet of the file


def invite(call_id: str, at: float = 0.0, src: str = ALICE_SIP, dst: str = BOB_SIP, media: str = ALICE) -> MadePacket:
    return tudp(src, dst, sip("INVITE sip:bob@10.0.0.2 SIP/2.0", sdp(media), call_id), at, ip_id=int(at * 1000) + 1)


def alike(one: dict[str, Any], other: dict[str, Any] | None) -> list[str]:
    """The fields that differ; indexes of another table do."""
    if other is None:
        return [f"no {one['id']}"]
    return [
        f"{name}: {value} became {other[name]}"
        for name, value in one.items()
        if name != "streams"
        and (
            other[name] != pytest.approx(value, abs=TOLERANCE_MS, rel=1e-9)
            if isinstance(value, float)
            else other[name] != value
        )
    ]


def lost_in(call: Call, cut: Path) -> list[str]:
    """What the cut does not say as the evidence does, of the call's streams and dialogs."""
    case = xivolab.open(cut)
    legs = {leg.call_id for leg in call.legs}
    dialogs = {row["id"]: row for row in case.table("dialogs").records()}
    streams = {row["id"]: row for row in case.table("streams").records()}
    return [
        difference
        for found, wanted in (
            (dialogs, [row for row in call.case.table("dialogs").records() if row["call_id"] in legs]),
            (streams, [stream.record() for stream in call.streams]),
        )
        for row in wanted
        for difference in alike(row, found.get(row["id"]))
    ]


@each_sample
def test_a_sample_gives_the_same_call_and_nothing_else(capture: Path, tmp_path: Path) -> None:
    for call in xivolab.open(capture).call_list():
        out = tmp_path / "call.pcap"
        written = call.cut(out)
        case = xivolab.open(out)
        assert lost_in(call, out) == []
        # That somebody scans is told by all of his calls together.
        context = {"findings": []} if "scan" in str(capture) else {}
        assert [alike(call.record() | context, row | context) for row in case.table("calls").records()] == [[]]
        assert len(case.table("streams")) == len(call.streams)
        assert {row["call_id"] for row in case.table("dialogs").records()} == {leg.call_id for leg in call.legs}
        assert len(oracle_fields(out, "frame", ["frame.number"])) == written.packets


@each_of_corpus
def test_any_capture_gives_the_same_streams_and_messages(capture: Path, tmp_path: Path) -> None:
    case = xivolab.open(capture)
    for call in case.call_list()[:5]:
        out = tmp_path / "call.pcap"
        call.cut(out)
        again = {m.data for leg in call.legs for m in xivolab.open(out).call_list() for m in m.messages}
        assert {message.data for message in call.messages} <= again


def test_tshark_counts_the_same(tmp_path: Path) -> None:
    sample = next(path for path in SAMPLES if path.parent.name == "clean-call")
    call = xivolab.open(sample).call_list()[0]
    out = tmp_path / "call.pcap"
    call.cut(out)
    own = " || ".join(f'sip.Call-ID == "{leg.call_id}"' for leg in call.legs)
    for shown in (own, "rtp", "rtcp"):
        assert len(oracle_fields(out, shown, ["frame.number"])) == len(oracle_fields(sample, shown, ["frame.number"]))
    assert oracle_fields(out, own, ["frame.time_epoch"]) == [
        [f"{time[0]}000" if len(time[0].partition(".")[2]) == 6 else time[0]]
        for time in oracle_fields(sample, own, ["frame.time_epoch"])
    ]


def test_other_calls_on_the_same_ports_stay_behind(tmp_path: Path) -> None:
    packets = [
        invite("one"),
        invite("two", 0.01, src="10.0.0.3:5060", media="10.0.0.3:4000"),
        *talk(range(20), 1, src=BOB, dst=ALICE, ssrc=1),
        *talk(range(20), 1, src=BOB, dst="10.0.0.3:4000", ssrc=2),
    ]
    case = xivolab.open(tpcap(tmp_path / "a.pcap", packets))
    out = tmp_path / "call.pcap"
    assert case.call("one").cut(out).packets == 21
    assert lost_in(case.call("one"), out) == []
    assert [row["ssrc"] for row in xivolab.open(out).table("streams").records()] == ["0x00000001"]


def test_a_call_across_rotated_files_with_fragments(tmp_path: Path) -> None:
    first = tpcap(tmp_path / "a.pcap0", [*tfragments(invite("one"), 256), *talk(range(50), 1)])
    second = tpcap(tmp_path / "a.pcap1", talk(range(50, 100), 2))
    case = xivolab.open(second, first)
    out = tmp_path / "call.pcapng"
    written = case.call("one").cut(out)
    assert (written.format, written.packets) == ("pcapng", len(tfragments(invite("one"), 256)) + 100)
    assert lost_in(case.call("one"), out) == []
    assert {name for (name,) in oracle_fields(out, "frame", ["frame.interface_name"])} == {"a.pcap0", "a.pcap1"}


def test_two_capture_points_are_two_interfaces_in_the_order_of_time(tmp_path: Path) -> None:
    here, there = [invite("one"), *talk(range(10), 1)], [invite("one", 0.001), *talk(range(10), 1.001)]
    one = tpcap(tmp_path / "phone.pcap", here)
    two = tpcap(tmp_path / "pbx.pcap", [tlink(packet, 113) for packet in there], link=113)
    (tmp_path / "case.toml").write_text(
        '[[files]]\npath="phone.pcap"\nkind="capture"\ncapture_point="phone:eth0"\n'
        '[[files]]\npath="pbx.pcap"\nkind="capture"\ncapture_point="pbx:any"\n'
    )
    out = tmp_path / "cut.pcapng"
    assert xivolab.open(tmp_path).call("one").cut(out).packets == len(here) + len(there)
    rows = oracle_fields(out, "frame", ["frame.time_epoch", "frame.interface_name"])
    assert rows == sorted(rows)
    assert {name for _, name in rows} == {"phone:eth0", "pbx:any"}
    assert one.exists()
    assert two.exists()


def test_a_call_of_a_shared_tcp_connection_can_be_put_together(tmp_path: Path) -> None:
    messages = [sip("INVITE sip:bob@10.0.0.2 SIP/2.0", sdp(ALICE), f"call-{n}") for n in range(90)]
    stream = b"".join(messages)
    size = 700
    pieces = [ttcp(ALICE_SIP, BOB_SIP, stream[a : a + size], a / 1e5, seq=1 + a) for a in range(0, len(stream), size)]
    case = xivolab.open(tpcap(tmp_path / "a.pcap", pieces))
    assert len(case.call_list()) == len(messages)
    out = tmp_path / "call.pcap"
    call = case.call("call-40")
    call.cut(out)
    again = xivolab.open(out).call("call-40")
    assert again.messages[0].data == call.messages[0].data
    assert again.start == call.start


def test_mixed_links_make_a_pcapng(tmp_path: Path) -> None:
    made = tlink(talk([1], 1)[0], 113)
    packets = [invite("one"), MadePacket(made.time_ns, made.data, 1)]
    case = xivolab.open(tpcapng(tmp_path / "a.pcapng", packets, interfaces=[MadeInterface(), MadeInterface(link=113)]))
    out = io.BytesIO()
    written = case.call("one").cut_to(out)
    assert (written.format, written.packets) == ("pcapng", 2)


def test_a_folder_gets_a_case_file_that_names_the_hosts(tmp_path: Path) -> None:
    sample = next(path for path in SAMPLES if path.parent.name == "trunk-call")
    call = xivolab.open(sample).call_list()[0]
    written = call.cut(tmp_path)
    assert Path(written.path).name == f"call-{call.id}.pcap"
    again = xivolab.open(tmp_path)
    assert again.told_hosts["10.77.0.50"].role == "operator"
    assert len(again.call_list()) == 1


def test_the_margin_is_of_media(tmp_path: Path) -> None:
    packets = [invite("one"), *(tudp(BOB, ALICE, b"\0\1stun", at) for at in (1, 4, 9))]
    call = xivolab.open(tpcap(tmp_path / "a.pcap", packets)).call("one")
    assert [call.cut_to(io.BytesIO(), margin).packets for margin in (0, 2, None, 10)] == [1, 2, 3, 4]


Sent = tuple[str, str, str, bytes, MadePacket]
"""What one packet of a call is ("sip", "rtp" or "rtcp"), from where to where, its payload, and it in plain Ethernet and UDP."""


def whole_call(call_id: str, n: int = 0) -> list[Sent]:
    """A call between two phones of network n: six messages, two streams, one RTCP report."""
    alice, bob = f"10.0.{n}.1", f"10.0.{n}.2"
    found: list[Sent] = []

    def send(kind: str, src: str, dst: str, data: bytes, at: float) -> None:
        number = 200 * n + len(found) + 1
        found.append((kind, src, dst, data, tudp(src, dst, data, at + n / 10, ip_id=number)))

    def message(first_line: str, by: str, at: float, body: str = "", method: str = "INVITE") -> None:
        data = sip(first_line, body, call_id).replace(b"1 INVITE", b"1 " + method.encode())
        if n:
            data = data.replace(b"alice", b"carol").replace(b"bob", b"dan").replace(b"tag=a", b"tag=b")
        ends = (f"{alice}:5060", f"{bob}:5060")
        send("sip", *(ends if by == "caller" else ends[::-1]), data, at)

    message("INVITE sip:bob@10.0.0.2 SIP/2.0", "caller", 0, sdp(f"{alice}:4000"))
    message("SIP/2.0 180 Ringing", "callee", 0.1)
    message("SIP/2.0 200 OK", "callee", 0.2, sdp(f"{bob}:5000"))
    message("ACK sip:bob@10.0.0.2 SIP/2.0", "caller", 0.25)
    for k in range(60):
        for src, dst, ssrc in ((f"{alice}:4000", f"{bob}:5000", 1 + n), (f"{bob}:5000", f"{alice}:4000", 101 + n)):
            send("rtp", src, dst, trtp(src, dst, k, 160 * k, ssrc=ssrc).data[42:], 0.3 + 0.02 * k)
    send("rtcp", f"{alice}:4001", f"{bob}:5001", b"\x80\xc8\0\6" + (1 + n).to_bytes(4, "big") + bytes(20), 0.9)
    message("BYE sip:bob@10.0.0.2 SIP/2.0", "caller", 2, method="BYE")
    message("SIP/2.0 200 OK", "callee", 2.05, method="BYE")
    return found


def of_hep(sent: Sent, **how: Any) -> MadePacket:
    kind, src, dst, data, plain = sent
    at = plain.time_ns / 1e9 - START
    return thep(src, dst, data, at, kind={"sip": 1, "rtp": 4, "rtcp": 5}[kind], told_at=START + at - 0.5, **how)


def in_parts(packets: list[MadePacket], *, backwards: bool = False) -> list[MadePacket]:
    fragments = [tfragments(packet, 96, ip_id=number) for number, packet in enumerate(packets, 1)]
    return [part for parts in fragments for part in (reversed(parts) if backwards else parts)]


def over_tcp(everything: list[Sent], size: int = 10_000, frames: bool = False) -> list[MadePacket]:
    """The messages in segments of at most so many bytes, or in WebSocket frames; media as it is."""
    sequence: dict[tuple[str, str], int] = {}
    found: list[MadePacket] = []
    for kind, src, dst, data, plain in everything:
        if kind != "sip":
            found.append(plain)
            continue
        content = tframe(data, mask=b"abcd" if src.split(".")[3] == "1:5060" else b"") if frames else data
        for at in range(0, len(content), size):
            number = sequence.get((src, dst), 1)
            piece = content[at : at + size]
            found.append(ttcp(src, dst, piece, plain.time_ns / 1e9 - START + at / 1e7, seq=number))
            sequence[src, dst] = number + len(piece)
    return found


def plain(everything: list[Sent]) -> list[MadePacket]:
    return [packet for *_, packet in everything]


CARRIED: dict[str, Callable[[list[Sent]], list[MadePacket]]] = {
    "VLAN tags": lambda sent: [ttagged(packet, 0x88A8, 0x8100) for packet in plain(sent)],
    "IP in IP": lambda sent: [ttunnelled(packet) for packet in plain(sent)],
    "GRE": lambda sent: [tgre(packet, key=1) for packet in plain(sent)],
    "VXLAN": lambda sent: [tvxlan(packet) for packet in plain(sent)],
    "ERSPAN": lambda sent: [terspan(packet) for packet in plain(sent)],
    "GTP-U": lambda sent: [tgtp(packet) for packet in plain(sent)],
    "PPTP": lambda sent: [tpptp(packet) for packet in plain(sent)],
    "fragments": lambda sent: in_parts(plain(sent)),
    "fragments, the last first": lambda sent: in_parts(plain(sent), backwards=True),
    "fragments in GRE": lambda sent: [tgre(packet) for packet in in_parts(plain(sent))],
    "GRE in fragments": lambda sent: in_parts([tgre(packet) for packet in plain(sent)]),
    "fragments of fragments": lambda sent: in_parts([tgre(packet) for packet in in_parts(plain(sent))]),
    "HEP": lambda sent: [of_hep(one) for one in sent],
    "compressed HEP": lambda sent: [of_hep(one, compressed=True) for one in sent],
    "HEP in fragments": lambda sent: in_parts([of_hep(one) for one in sent]),
    "TCP": over_tcp,
    "TCP in small segments": lambda sent: over_tcp(sent, 70),
    "WebSocket": lambda sent: over_tcp(sent, frames=True),
}


@pytest.mark.parametrize("way", CARRIED)
def test_however_a_call_is_carried(way: str, tmp_path: Path) -> None:
    both = sorted([*whole_call("ours"), *whole_call("theirs", 1)], key=lambda sent: sent[4].time_ns)
    packets = CARRIED[way](both)
    call = xivolab.open(tpcap(tmp_path / "all.pcap", packets)).call("ours")
    assert (call.state, [stream.packets for stream in call.streams]) == ("completed", [60, 60])
    out = tmp_path / "cut.pcap"
    written = call.cut(out)
    again = xivolab.open(out)
    assert lost_in(call, out) == []
    assert [alike(call.record(), row) for row in again.table("calls").records()] == [[]]
    assert len(again.table("streams")) == 2
    assert written.packets == len(CARRIED[way](whole_call("ours")))
    assert len(oracle_fields(out, "frame", ["frame.number"])) == written.packets


@pytest.mark.parametrize("way", ["fragments", "fragments, the last first", "TCP in small segments", "HEP in fragments"])
def test_a_call_in_files_that_were_rotated_anywhere(way: str, tmp_path: Path) -> None:
    """As `tcpdump -C` cuts them: in the middle of a message over TCP, between two fragments."""
    packets = CARRIED[way](whole_call("ours"))
    whole = xivolab.open(tpcap(tmp_path / "all.pcap", packets)).call(0)
    for cut in (1, 2, 3, 7, len(packets) // 2, len(packets) - 1):
        files = [tpcap(tmp_path / "a.pcap0", packets[:cut]), tpcap(tmp_path / "a.pcap1", packets[cut:])]
        for order in (files, files[::-1]):
            call = xivolab.open(*order).call(0)
            assert alike(whole.record(), call.record()) == []
            out = tmp_path / "cut.pcapng"
            assert call.cut(out).packets == len(packets)
            assert lost_in(call, out) == []
