"""From the link header to the transport payload: every way a packet is wrapped gives the same message."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made import scanned, sip
from xivolab.scan import Scan
from xivolab.testing import MadePacket, textended, tfragments, tlink, ttagged, ttcp, ttunnelled, tudp

V4 = ("10.0.0.1:5060", "10.0.0.2:5070")
V6 = ("[2001:db8::1]:5060", "[2001:db8::2]:5070")

MESSAGE = sip()


def found(result: Scan) -> list[tuple[str, str, bytes]]:
    """Source, destination and text of each message."""
    raw = result.messages
    return [(raw.addresses[raw.src[n]], raw.addresses[raw.dst[n]], raw.data[n]) for n in range(len(raw))]


@pytest.mark.parametrize("ends", [V4, V6], ids=["ipv4", "ipv6"])
class TestWrappings:
    def test_ethernet(self, ends: tuple[str, str]) -> None:
        assert found(scanned([tudp(*ends, MESSAGE)])) == [(*ends, MESSAGE)]

    @pytest.mark.parametrize(
        "link",
        [
            pytest.param(0, id="bsd-loopback"),
            pytest.param(108, id="openbsd-loopback"),
            pytest.param(113, id="linux-cooked-v1"),
            pytest.param(276, id="linux-cooked-v2"),
            pytest.param(101, id="raw-ip"),
            pytest.param(12, id="raw-ip-of-bsd"),
        ],
    )
    def test_other_links(self, ends: tuple[str, str], link: int) -> None:
        assert found(scanned([tlink(tudp(*ends, MESSAGE), link)], link=link)) == [(*ends, MESSAGE)]

    @pytest.mark.parametrize(
        "tags", [(0x8100,), (0x88A8, 0x8100), (0x8100, 0x8100, 0x8100)], ids=["vlan", "qinq", "three"]
    )
    def test_vlan_tags(self, ends: tuple[str, str], tags: tuple[int, ...]) -> None:
        assert found(scanned([ttagged(tudp(*ends, MESSAGE), *tags)])) == [(*ends, MESSAGE)]

    def test_ip_in_ip(self, ends: tuple[str, str]) -> None:
        assert found(scanned([ttunnelled(ttunnelled(tudp(*ends, MESSAGE)))])) == [(*ends, MESSAGE)]

    def test_tcp(self, ends: tuple[str, str]) -> None:
        assert found(scanned([ttcp(*ends, MESSAGE)])) == [(*ends, MESSAGE)]


def test_a_vlan_tag_in_a_cooked_capture() -> None:
    cooked = tlink(tudp(*V4, MESSAGE), 113)
    tagged = replace(cooked, data=cooked.data[:14] + b"\x81\0\0\x18" + cooked.data[14:])
    assert found(scanned([tagged], link=113)) == [(*V4, MESSAGE)]


def test_ipv6_extension_headers_are_stepped_over() -> None:
    assert found(scanned([textended(tudp(*V6, MESSAGE))])) == [(*V6, MESSAGE)]


def test_pppoe() -> None:
    packet = tudp(*V4, MESSAGE)
    session = b"\x88\x64" + b"\x11\0\0\1" + (len(packet.data) - 12).to_bytes(2, "big") + b"\0\x21"
    assert found(scanned([replace(packet, data=packet.data[:12] + session + packet.data[14:])])) == [(*V4, MESSAGE)]


def test_mpls_labels() -> None:
    packet = tudp(*V4, MESSAGE)
    labels = b"\x88\x47" + b"\0\1\0\x40" + b"\0\2\1\x40"  # only the second has the bottom-of-stack bit
    assert found(scanned([replace(packet, data=packet.data[:12] + labels + packet.data[14:])])) == [(*V4, MESSAGE)]


def test_the_padding_of_a_short_ethernet_frame_is_no_payload() -> None:
    packet = tudp(*V4, MESSAGE)
    assert found(scanned([replace(packet, data=packet.data + bytes(9))])) == [(*V4, MESSAGE)]


def test_an_icmp_error_that_quotes_sip_is_no_sip() -> None:
    quoted = tudp(*V4, MESSAGE).data[14:]
    icmp = b"\x03\x03" + bytes(6) + quoted
    ip = b"\x45\0" + (20 + len(icmp)).to_bytes(2, "big") + bytes(4) + b"\x40\x01\0\0\x0a\0\0\2\x0a\0\0\1"
    assert found(scanned([MadePacket(0, bytes(12) + b"\x08\0" + ip + icmp)])) == []


def test_a_link_type_that_is_not_known_is_told() -> None:
    result = scanned([tudp(*V4, MESSAGE)] * 3, link=105)
    assert found(result) == []
    (problem,) = result.problems
    assert (problem.place, problem.severity) == ("802.11", "info")
    assert problem.what == "3 packets given to tshark, which found neither UDP nor TCP in them"


@pytest.mark.parametrize(("protocol", "name"), [(47, "other protocols in GRE"), (97, "other tunnels in IP")])
def test_a_tunnel_that_is_not_read_is_told(protocol: int, name: str) -> None:
    data = bytearray(tudp(*V4, MESSAGE).data)
    data[14 + 9] = protocol
    (problem,) = scanned([MadePacket(0, bytes(data))]).problems
    assert problem.place == name


@given(st.integers(0, 60), st.binary(max_size=20))
@settings(max_examples=60)
def test_a_frame_cut_or_damaged_in_its_headers_harms_no_other(cut: int, junk: bytes) -> None:
    packet = tudp(*V4, MESSAGE)
    damaged = MadePacket(0, packet.data[:cut] + junk)
    after = found(scanned([damaged, packet]))
    assert after[-1] == (*V4, MESSAGE)


def test_a_fragment_is_no_datagram_of_its_own() -> None:
    first, *_ = tfragments(tudp(*V4, MESSAGE), 160)
    assert found(scanned([first])) == []
