"""What our own reader does not know is read as tshark reads it: messages and streams to the packet, at their own frames."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import xivolab
from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, sip, talk
from xivolab.errors import MissingToolError
from xivolab.evidence.source import Source
from xivolab.net import inside, tshark, unread
from xivolab.net.aside import Aside
from xivolab.scan import scan
from xivolab.testing import (
    RADIOTAP,
    WIFI,
    MadePacket,
    differences_from_tshark,
    same_as_tshark,
    tetherip,
    tfragments,
    thep,
    tl2tp,
    tpcap,
    tsctp,
    ttcp,
    tudp,
    tvntag,
    twifi,
)

KINDS: dict[str, tuple[Callable[[MadePacket], MadePacket], int]] = {
    "802.11": (twifi, WIFI),
    "802.11 with radiotap": (partial(twifi, radiotap=True), RADIOTAP),
    "L2TP": (tl2tp, 1),
    "other tunnels in IP": (tetherip, 1),
    "other tags and tunnels in Ethernet": (tvntag, 1),
}

CALL = [
    tudp(ALICE_SIP, BOB_SIP, invite()),
    ttcp(ALICE_SIP, BOB_SIP, sip(call_id="tcp")[:100], 0.01, seq=1),
    ttcp(ALICE_SIP, BOB_SIP, sip(call_id="tcp")[100:], 0.02, seq=101),
    *talk([n for n in range(30) if n not in (7, 8)], 0.1, src=BOB, dst=ALICE),
]


@pytest.mark.parametrize("kind", KINDS)
def test_sip_and_media(tmp_path: Path, kind: str) -> None:
    wrap, link = KINDS[kind]
    capture = tpcap(tmp_path / "a.pcap", map(wrap, CALL), link=link)
    differences = differences_from_tshark(capture)
    if kind.startswith("802.11"):  # the oracle of streams switches LLC off, which is here: they are compared below
        differences = [difference for difference in differences if difference.field == "messages"]
    assert not differences
    found, plain = scan([Source(capture)]), scanned(CALL)
    assert found.messages.frame.tolist() == plain.messages.frame.tolist() == [1, 3]
    assert found.messages.time.tolist() == plain.messages.time.tolist()
    assert found.messages.transport.tolist() == plain.messages.transport.tolist()
    assert list(found.messages.data) == list(plain.messages.data)
    assert list(found.streams.records()) == list(plain.streams.records())
    (problem,) = found.problems
    assert (problem.severity, problem.place) == ("info", kind)
    assert problem.what == f"{len(CALL)} packets read through tshark"


def test_only_what_cannot_be_read_goes_to_tshark() -> None:
    found = scanned([CALL[0], *(tl2tp(packet) for packet in talk(range(10), 0.1, src=BOB, dst=ALICE))])
    assert only(found.streams)["packets"] == 10
    assert [problem.what for problem in found.problems] == ["10 packets read through tshark"]


def test_no_tshark_for_what_we_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> str:
        raise AssertionError("tshark was started")

    monkeypatch.setattr(tshark, "tshark_path", never)
    monkeypatch.setattr(Aside, "add", never)
    assert scanned(CALL).problems == []


def test_a_tunnel_in_fragments() -> None:
    large = tl2tp(tudp(ALICE_SIP, BOB_SIP, sip(body="x" * 3000)))
    found = scanned([*tfragments(large, 1000), *map(tl2tp, talk(range(5), 1.0))])
    assert [len(data) for data in found.messages.data] == [len(sip(body="x" * 3000))]
    assert found.messages.frame.tolist() == [4]


def test_what_is_inside_goes_the_usual_way() -> None:
    """Fragments, and HEP, which tshark does not know."""
    told = thep(ALICE_SIP, BOB_SIP, sip(call_id="told"))
    parts = tfragments(tudp(ALICE_SIP, BOB_SIP, sip(body="x" * 2000)), 1000)
    found = scanned([twifi(packet, n) for n, packet in enumerate([told, *parts])], link=WIFI)
    assert list(found.messages.data) == [sip(call_id="told"), sip(body="x" * 2000)]


class TestSctp:
    BASE = tudp("10.0.0.1:1", "10.0.0.2:1", b"")

    def test_messages_of_a_packet(self, tmp_path: Path) -> None:
        packets = [tsctp(self.BASE, [sip(call_id="a"), sip(call_id="b")]), tsctp(self.BASE, [sip(call_id="c")], tsn=3)]
        capture = tpcap(tmp_path / "a.pcap", packets)
        same_as_tshark(capture)
        found = scan([Source(capture)])
        assert found.messages.frame.tolist() == [1, 1, 2]
        assert [found.messages.addresses[n] for n in found.messages.src] == [ALICE_SIP] * 3

    def test_a_message_in_several_packets(self, tmp_path: Path) -> None:
        data = sip(body="x" * 2500)
        parts = [(data[:1000], 2), (data[1000:2000], 0), (data[2000:], 1)]
        packets = [tsctp(self.BASE, [part], tsn=n, flags=flags) for n, (part, flags) in enumerate(parts, 1)]
        capture = tpcap(tmp_path / "a.pcap", packets)
        same_as_tshark(capture)
        found = scan([Source(capture)])
        assert [(int(found.messages.frame[0]), data)] == [(3, found.messages.data[0])]

    def test_other_ports_and_protocols(self) -> None:
        packets = [
            tsctp(self.BASE, [sip()], (7000, 7001), ppid=99),
            tsctp(self.BASE, [b"\1\0\0\x14" + bytes(16)], ppid=46),
        ]
        found = scanned(packets)
        assert [found.messages.addresses[n] for n in found.messages.dst] == ["10.0.0.2:7001"]
        assert [(problem.place, problem.what) for problem in found.problems] == [
            ("SCTP", "1 packet read through tshark")
        ]

    def test_nothing_but_diameter_is_not_worth_a_word(self) -> None:
        assert scanned([tsctp(self.BASE, [b"\1\0\0\x14" + bytes(16)], ppid=46)]).problems == []

    @given(st.binary(max_size=60))
    def test_any_bytes(self, data: bytes) -> None:
        unread._sip_ppids(data)


def test_without_tshark(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise MissingToolError("tshark is not on this machine", "tshark", tshark.REMEDY)

    monkeypatch.setattr(inside.tshark, "tshark_path", missing)
    (problem,) = scanned([tl2tp(packet) for packet in CALL]).problems
    assert (problem.severity, problem.place) == ("warning", "L2TP")
    assert problem.what == f"{len(CALL)} packets not read: tshark is not on this machine"
    assert "install" in problem.remedy


def test_a_link_without_ip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside.tshark, "tshark_path", None)  # not even asked
    (problem,) = scanned([MadePacket(0, bytes(40))] * 3, link=195).problems
    assert (problem.severity, problem.place) == ("info", "802.15.4")
    assert problem.what == "3 packets of a link that carries no IP"


def test_a_link_with_nothing_in_it() -> None:
    (problem,) = scanned([MadePacket(0, bytes(40))] * 3, link=105).problems
    assert (problem.severity, problem.place) == ("info", "802.11")
    assert problem.what == "3 packets given to tshark, which found neither UDP nor TCP in them"


def test_too_much_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Aside.__init__, "__defaults__", (3000,))
    packets = [tl2tp(packet) for packet in talk(range(30))]
    found = scanned(packets)
    assert any("were too much" in problem.what for problem in found.problems)
    assert 3 < only(found.streams)["packets"] < 30


def test_cutting_and_playing_read_it_too(tmp_path: Path) -> None:
    call = [tudp(ALICE_SIP, BOB_SIP, invite()), *talk(range(100), 0.1, src=BOB, dst=ALICE)]
    other = talk(range(50), 0.1, src="10.0.0.7:4000", dst="10.0.0.8:4000", ssrc=9)
    packets = sorted([*call, *other], key=lambda packet: packet.time_ns)
    case = xivolab.open(tpcap(tmp_path / "a.pcap", map(twifi, packets), link=WIFI))
    assert case.call(0).cut(tmp_path / "cut.pcap").packets == 101
    cut = xivolab.open(tmp_path / "cut.pcap")
    assert [row["packets"] for row in cut.table("streams").records()] == [100]


def test_a_call_over_sctp_is_cut_whole(tmp_path: Path) -> None:
    data = sip("INVITE sip:bob@10.0.0.2 SIP/2.0", "x" * 1500)
    base = TestSctp.BASE
    packets = [tsctp(base, [data[:1000]], flags=2), tsctp(base, [data[1000:]], tsn=2, flags=1)]
    case = xivolab.open(tpcap(tmp_path / "a.pcap", packets))
    case.call(0).cut(tmp_path / "cut.pcap")
    assert [row["transport"] for row in xivolab.open(tmp_path / "cut.pcap").table("dialogs").records()] == ["SCTP"]
