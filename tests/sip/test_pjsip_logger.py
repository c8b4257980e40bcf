"""The captures that Asterisk writes itself: the calls of the recordings, from its side alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import xivolab
from tests.captures import ROOT, each_sample
from tests.made import scanned, sip
from xivolab.sip.pjsip_logger import logged_by_asterisk
from xivolab.testing import MadePacket, same_as_tshark, tlogged, tpcap, tudp

TELLING = (
    "state",
    "status",
    "from_user",
    "to_user",
    "caller",
    "callee",
    "answered",
    "answered_by",
    "released_by",
    "cause",
)
CASES = [
    "clean-call",
    "busy",
    "cancelled",
    "no-answer",
    "phone-not-registered",
    "blind-transfer",
    "hold-resume",
    "ipv6-call",
    "tcp-call",
    "trunk-call",
    "voicemail",
]


def logged(case: xivolab.Case, pbx: set[str], name: Callable[[str], str] = str) -> list[MadePacket]:
    """What the logger of the PBX would have written of the messages of a case."""
    packets = []
    for number, row in enumerate(case.table("messages").records()):
        data = case.reading.sip.raw.data[number]
        at = row["time"] - 1_700_000_000.0
        ends = [row[end].rpartition(":")[0].strip("[]") in pbx for end in ("src", "dst")]
        if ends[0] != ends[1]:
            packets.append(tlogged(name(row["dst" if ends[0] else "src"]), data, at, sent=ends[0]))
    return packets


@pytest.mark.parametrize("name", CASES)
def test_the_calls_of_a_recording(tmp_path: Path, name: str) -> None:
    """All legs are joined across the PBX, though its address is in no packet."""
    case = xivolab.open(ROOT / "captures" / name)
    pbx = {address for address, host in case.names.items() if host.role == "pbx"}
    capture = tpcap(tmp_path / "pjsip.pcap", logged(case, pbx))
    same_as_tshark(capture)
    found = xivolab.open(capture)
    assert told(found) == told(case)
    assert [row["transport"] for row in found.table("dialogs").records()] == [
        row["transport"] for row in case.table("dialogs").records()
    ]
    assert found.names["::" if name == "ipv6-call" else "0.0.0.0"].role == "pbx"


def told(case: xivolab.Case) -> list[list[Any]]:
    return [[call[field] for field in TELLING] + [len(call["legs"])] for call in case.table("calls").records()]


def test_what_is_said_of_it(tmp_path: Path) -> None:
    (problem,) = scanned([tlogged("10.0.0.1:5060", sip())]).problems
    assert problem.severity == "info"
    assert "pjsip set logger pcap" in problem.what
    case = xivolab.open(tpcap(tmp_path / "a.pcap", [tlogged("10.0.0.1:5060", sip())]))
    (pbx,) = (row for row in case.table("hosts").records() if row["role"] == "pbx")
    assert (pbx["address"], pbx["name"], pbx["known_by"]) == ("0.0.0.0", "pbx", "logger")


def test_both_families_are_one_machine(tmp_path: Path) -> None:
    """A call from a phone with IPv6 to one with IPv4."""
    first = sip("INVITE sip:1002@pbx SIP/2.0", call_id="a")
    second = sip("INVITE sip:1002@10.0.0.2 SIP/2.0", call_id="b")
    packets = [
        tlogged("[2001:db8::1]:5060", first),
        tlogged("10.0.0.2:5060", second, 0.01, sent=True),
        tlogged("10.0.0.2:5060", sip("SIP/2.0 486 Busy Here", call_id="b"), 0.5),
        tlogged("[2001:db8::1]:5060", sip("SIP/2.0 486 Busy Here", call_id="a"), 0.51, sent=True),
    ]
    case = xivolab.open(tpcap(tmp_path / "a.pcap", packets))
    assert [(call["state"], len(call["legs"])) for call in case.table("calls").records()] == [("busy", 2)]


@pytest.mark.parametrize(
    ("via", "transport"), [("UDP", 0), ("TCP", 1), ("TLS", 2), ("WS", 3), ("wss", 4), ("DCCP", 0)], ids=str
)
def test_the_transport_is_that_of_the_top_via(via: str, transport: int) -> None:
    data = sip().replace(b"Via: SIP/2.0/UDP", f"v : SIP / 2.0 / {via}".encode(), 1)
    found = scanned([tlogged("10.0.0.1:5060", data), tudp("10.0.0.1:5060", "10.0.0.2:5060", data, 1.0)])
    assert found.messages.transport.tolist() == [transport, 0]
    assert logged_by_asterisk(found.messages).tolist() == [0]


@each_sample
def test_no_capture_of_a_network_is_taken_for_one(capture: Path) -> None:
    from xivolab.evidence.source import Source
    from xivolab.scan import scan

    assert len(logged_by_asterisk(scan([Source(capture)]).messages)) == 0
