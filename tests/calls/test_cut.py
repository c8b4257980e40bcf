"""One call as a capture of its own: the same call, dialogs and streams come out of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.captures import SAMPLES, each_of_corpus, each_sample
from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, sdp, sip, talk
from xivolab.net.tshark import oracle_fields
from xivolab.objects import Call
from xivolab.testing import MadeInterface, MadePacket, tfragments, tlink, tpcap, tpcapng, ttcp, tudp

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
        assert [alike(call.record(), row) for row in case.table("calls").records()] == [[]]
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
