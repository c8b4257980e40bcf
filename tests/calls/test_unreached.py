"""ICMP errors and the message, dialog, stream and call that each hit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.captures import each_of_corpus
from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, sdp, sip, talk
from xivolab.calls.unreached import SOON_NS, runs
from xivolab.net.tshark import oracle_fields
from xivolab.testing import MadePacket, ticmp, tpcap, tudp

_KINDS, _PORTS = ("icmp.type", "icmpv6.type"), ("udp.srcport", "tcp.srcport")
ROUTER = b"\xc0\x00\x02\x09"


def invite(call_id: str = "ours", at: float = 0.0, ip_id: int = 0, src: str = ALICE_SIP) -> MadePacket:
    return tudp(src, BOB_SIP, sip("INVITE sip:bob@10.0.0.2 SIP/2.0", sdp(ALICE), call_id), at, ip_id=ip_id)


def answer(call_id: str = "ours", at: float = 1.0) -> MadePacket:
    return tudp(BOB_SIP, ALICE_SIP, sip("SIP/2.0 200 OK", sdp(BOB), call_id), at)


def only_ports(packet: MadePacket) -> MadePacket:
    """The packet as a router quotes it that does what RFC 792 asks for and no more: eight bytes of UDP."""
    return replace(packet, data=packet.data[: 14 + 20 + 8])


def errors(packets: list[MadePacket], tmp_path: Path) -> list[dict[str, Any]]:
    case = xivolab.open(tpcap(tmp_path / "made.pcap", sorted(packets, key=lambda packet: packet.time_ns)))
    return list(case.table("icmp").records())


def test_a_message_that_did_not_arrive(tmp_path: Path) -> None:
    (error,) = errors([invite(), ticmp(invite(), 0.01)], tmp_path)
    call = xivolab.open(tmp_path / "made.pcap").call(0)
    assert (error["protocol"], error["call"], error["call_id"], error["message"]) == ("SIP", call.id, "ours", 0)
    assert (error["src"], error["dst"], error["error"]) == ("10.0.0.2", "10.0.0.1", "ICMP port unreachable")
    assert (error["unreachable"], error["stream"], error["frame"]) == (True, None, 2)
    assert [row["id"] for row in call.icmp.records()] == [error["id"]]


def test_a_short_quote_is_the_message_with_its_ip_identification(tmp_path: Path) -> None:
    """Two calls of one hop at once: where no Call-ID is quoted, the number of the IP packet tells them apart."""
    sent = [invite("one", 0, 11), invite("two", 0.1, 12), invite("three", 0.2, 13)]
    (error,) = errors([*sent, ticmp(only_ports(sent[1]), 0.3)], tmp_path)
    assert (error["call_id"], error["message"]) == ("two", 1)


def test_without_anything_else_it_is_the_last_one_that_went_that_way(tmp_path: Path) -> None:
    sent = [invite("one"), invite("two", 0.1), answer("one", 0.2)]
    soon, late = errors([*sent, ticmp(only_ports(sent[0]), 0.3), ticmp(only_ports(sent[0]), 60)], tmp_path)
    assert (soon["call_id"], late["call_id"], late["protocol"]) == ("two", None, None)


def test_the_sending_that_is_quoted_not_the_first(tmp_path: Path) -> None:
    again = invite(at=0.5, ip_id=8)
    error, other = errors([invite(ip_id=7), again, ticmp(invite(ip_id=7), 0.6), ticmp(again, 0.7)], tmp_path)
    assert (error["message"], other["message"]) == (0, 1)


def test_a_dialog_that_is_no_call(tmp_path: Path) -> None:
    options = tudp(ALICE_SIP, BOB_SIP, sip(call_id="ping"))
    (error,) = errors([options, ticmp(options, 0.01, code=10)], tmp_path)
    assert (error["call"], error["call_id"], error["error"]) == (None, "ping", "ICMP host prohibited")


def test_a_message_that_was_not_captured(tmp_path: Path) -> None:
    (error,) = errors([ticmp(invite("unseen"))], tmp_path)
    assert (error["protocol"], error["call"], error["call_id"], error["message"]) == ("SIP", None, None, None)


def test_media_and_its_rtcp(tmp_path: Path) -> None:
    media = talk(range(50), 2.0)
    report = tudp("10.0.0.1:4001", "10.0.0.2:5001", b"\x80\xc8\x00\x06" + (1).to_bytes(4, "big") + bytes(20), 2.5)
    came = [
        ticmp(media[10], 2.21),
        ticmp(only_ports(media[20]), 2.41),
        ticmp(report, 2.51),
        ticmp(only_ports(report), 2.52),
    ]
    found = errors([invite(), answer(), *media, report, *came], tmp_path)
    case = xivolab.open(tmp_path / "made.pcap")
    assert [error["protocol"] for error in found] == ["RTP", "RTP", "RTCP", "RTCP"]
    assert {(error["call"], error["stream"]) for error in found} == {(case.call(0).id, case.stream(0).id)}
    assert case.stream(0).packets == 50  # what is quoted counts for nothing


def test_a_port_that_a_later_call_uses_again(tmp_path: Path) -> None:
    first, second = talk(range(50), 2.0, ssrc=1), talk(range(50), 30.0, ssrc=2)
    bye = tudp(ALICE_SIP, BOB_SIP, sip("BYE sip:bob@10.0.0.2 SIP/2.0", call_id="ours"), 4)
    calls = [invite(), answer(), bye, invite("later", 28), answer("later", 29)]
    found = errors([*calls, *first, *second, ticmp(first[40], 2.9), ticmp(second[40], 30.9)], tmp_path)
    case = xivolab.open(tmp_path / "made.pcap")
    assert [error["call"] for error in found] == [case.call("ours").id, case.call("later").id]
    assert [error["stream"] for error in found] == [case.stream(0).id, case.stream(1).id]


def test_media_that_goes_on_after_the_end_finds_its_port_closed(tmp_path: Path) -> None:
    bye = tudp(ALICE_SIP, BOB_SIP, sip("BYE sip:bob@10.0.0.2 SIP/2.0", call_id="ours"), 2.5)
    media = talk(range(50), 2.0)
    came = [
        ticmp(media[10], 2.21),
        ticmp(media[40], 2.81),
        ticmp(talk([7], src=BOB, dst=ALICE)[0], 2.9),
        ticmp(bye, 2.95),
    ]
    found = errors([invite(), answer(), *media, bye, *came], tmp_path)
    assert [error["after_end"] for error in found] == [False, True, True, False]
    assert {error["call"] for error in found} == {xivolab.open(tmp_path / "made.pcap").call(0).id}


def test_media_that_was_not_captured_itself(tmp_path: Path) -> None:
    """A capture beside the way of the RTP: the session description tells whose ports these are."""
    report = tudp("10.0.0.1:4001", "10.0.0.2:5001", b"\x80\xc8\x00\x06" + bytes(24))
    stun = tudp(ALICE, BOB, b"\0\1\0\0\x21\x12\xa4\x42" + bytes(12))
    came = [ticmp(packet, 2 + n) for n, packet in enumerate([*talk([1]), report, stun])]
    found = errors([invite(), answer(), *came], tmp_path)
    call = xivolab.open(tmp_path / "made.pcap").call(0)
    assert [error["call"] for error in found] == [call.id] * 3
    assert [(error["protocol"], error["stream"]) for error in found] == [("RTP", None), ("RTCP", None), (None, None)]


def test_what_is_of_no_call(tmp_path: Path) -> None:
    query = tudp("10.0.0.1:40000", "10.0.0.9:53", b"\x12\x34\x01\0\0\1" + bytes(20), 0.5)
    (error,) = errors([invite(), query, ticmp(query)], tmp_path)
    assert (error["protocol"], error["call"], error["call_id"]) == (None, None, None)


def test_a_router_on_the_way(tmp_path: Path) -> None:
    error = ticmp(invite(), 0.1, kind=11, code=0)
    (found,) = errors([invite(), replace(error, data=error.data[:26] + ROUTER + error.data[30:])], tmp_path)
    assert (found["src"], found["error"], found["call_id"]) == ("192.0.2.9", "ICMP time exceeded", "ours")


def test_ids_do_not_depend_on_the_order_of_files(tmp_path: Path) -> None:
    one = tpcap(tmp_path / "one.pcap", [invite(), ticmp(invite(), 0.1), ticmp(invite(), 0.1)])
    two = tpcap(tmp_path / "two.pcap", [invite("later", 20), ticmp(invite("later"), 20.1)])
    ids = [[row["id"] for row in xivolab.open(*files).table("icmp").records()] for files in ((one, two), (two, one))]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3


def test_runs_are_of_one_message_or_one_flow(tmp_path: Path) -> None:
    media, away = talk(range(100), 2.0), SOON_NS / 1e9
    again = invite(at=0.5, ip_id=2)
    sent = [invite(ip_id=1), answer(), again, *media, *talk([9000], 4 + 3 * away)]
    came = [ticmp(invite(ip_id=1), 0.01), ticmp(again, 0.51), *(ticmp(media[n], 2.02 + 0.02 * n) for n in (1, 5, 9))]
    late = ticmp(talk([9000], 4 + 3 * away)[0], 4.1 + 3 * away)
    case = xivolab.open(tpcap(tmp_path / "made.pcap", sorted([*sent, *came, late], key=lambda p: p.time_ns)))
    assert list(runs(case.table("icmp"))) == [[0], [1], [2, 3, 4], [5]]


@pytest.mark.parametrize("margin", [None, 0.0])
def test_the_cut_has_the_errors_of_its_call_alone(margin: float | None, tmp_path: Path) -> None:
    theirs = invite("theirs", 0.2, 5, "10.0.0.7:5060")
    media = talk(range(50), 2.0)
    sent = [invite(ip_id=4), theirs, answer(), *media]
    came = [ticmp(invite(ip_id=4), 0.1), ticmp(theirs, 0.3), ticmp(only_ports(media[20]), 2.41)]
    path = tpcap(tmp_path / "made.pcap", sorted([*sent, *came], key=lambda packet: packet.time_ns))
    call = xivolab.open(path).call("ours")
    call.cut(tmp_path / "cut.pcap", margin)
    again = xivolab.open(tmp_path / "cut.pcap")
    ids = [row["id"] for row in again.table("icmp").records()]
    assert ids == [row["id"] for row in call.icmp.records()]
    assert len(ids) == 2


@each_of_corpus
def test_every_error_that_tshark_finds_in_the_captures_of_others(capture: Path) -> None:
    kinds = "icmp.type in {3, 4, 5, 11, 12} || icmpv6.type in {1, 2, 3, 4}"
    # The first frame too: of a file that is cut short tshark says nothing but that where it finds nothing.
    found = oracle_fields(
        capture, f"frame.number == 1 || (({kinds}) && (udp || tcp))", ["frame.number", *_KINDS, *_PORTS]
    )
    theirs = [int(frame) for frame, *told in found if any(told[:2]) and any(told[2:])]
    if theirs:
        assert sorted(xivolab.open(capture).table("icmp")["frame"].tolist()) == theirs
