"""Events of ICMP errors."""

from __future__ import annotations

from pathlib import Path

import xivolab
from tests.made import ALICE_SIP, BOB_SIP, sdp, sip, talk
from xivolab.testing import ticmp, tpcap, tudp


def test_messages_one_by_one_and_media_in_runs(tmp_path: Path) -> None:
    message = tudp(ALICE_SIP, BOB_SIP, sip("INVITE sip:bob@10.0.0.2 SIP/2.0", sdp("10.0.0.1:4000"), "ours"))
    media = talk(range(50), 1.0)
    errors = [ticmp(message, 0.1), *(ticmp(media[n], 1.0 + 0.02 * n + 0.001) for n in (10, 20, 30))]
    packets = sorted([message, *media, *errors], key=lambda packet: packet.time_ns)
    case = xivolab.open(tpcap(tmp_path / "made.pcap", packets))
    found = [row for row in case.table("events").records() if row["kind"] == "icmp-unreachable"]
    assert [(row["source"], row["text"]) for row in found] == [
        ("sip", "ICMP port unreachable · SIP 10.0.0.1:5060 → 10.0.0.2:5060"),
        ("rtp", "ICMP port unreachable ×3 · RTP 10.0.0.1:4000 → 10.0.0.2:5000"),
    ]
    assert [row["call"] for row in found] == [case.call(0).id] * 2
    assert [row["stream"] for row in found] == [None, case.stream(0).id]
    assert [row["frame"] for row in found] == [2, 14]
    assert [row["kind"] for row in case.call(0).events].count("icmp-unreachable") == 2


def test_an_error_after_which_packets_find_another_way_is_no_failure(tmp_path: Path) -> None:
    message = tudp(ALICE_SIP, BOB_SIP, sip(call_id="ping"))
    case = xivolab.open(tpcap(tmp_path / "made.pcap", [message, ticmp(message, 0.1, kind=5, code=1)]))
    (event,) = case.table("events").records()
    assert (event["kind"], event["call"]) == ("icmp-error", None)
    assert event["text"] == "ICMP redirect · SIP 10.0.0.1:5060 → 10.0.0.2:5060"


def test_media_after_the_end_is_no_failure(tmp_path: Path) -> None:
    sent = [
        tudp(ALICE_SIP, BOB_SIP, sip("INVITE sip:bob@10.0.0.2 SIP/2.0", sdp("10.0.0.1:4000"), "ours")),
        tudp(BOB_SIP, ALICE_SIP, sip("SIP/2.0 200 OK", sdp("10.0.0.2:5000"), "ours"), 0.5),
        tudp(ALICE_SIP, BOB_SIP, sip("BYE sip:bob@10.0.0.2 SIP/2.0", call_id="ours"), 1.5),
    ]
    late = talk([1], 1.6)
    case = xivolab.open(tpcap(tmp_path / "made.pcap", [*sent, *late, ticmp(late[0], 1.61)]))
    assert [row["kind"] for row in case.table("events").records() if "ICMP" in row["text"]] == ["icmp-error"]


def test_what_is_no_telephony_is_no_event(tmp_path: Path) -> None:
    query = tudp("10.0.0.1:40000", "10.0.0.9:53", b"\x12\x34\x01\0\0\1" + bytes(20))
    case = xivolab.open(tpcap(tmp_path / "made.pcap", [query, ticmp(query)]))
    assert (len(case.table("icmp")), len(case.table("events"))) == (1, 0)
