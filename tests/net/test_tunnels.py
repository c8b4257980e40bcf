"""What tunnels carry is read as tshark reads it: messages, and streams to the packet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned, talk
from xivolab.errors import MissingToolError
from xivolab.evidence.source import Source
from xivolab.net import tshark
from xivolab.scan import scan
from xivolab.testing import MadePacket, same_as_tshark, tlink, tpcap, ttagged, tudp
from xivolab.testing.tunnels import terspan, tgeneve, tgre, tgtp, tpptp, ttzsp, tvxlan

TUNNELS: dict[str, Callable[[MadePacket], MadePacket]] = {
    "gre": tgre,
    "gre-checksum": partial(tgre, checksum=True),
    "gre-key": partial(tgre, key=7),
    "gre-key-and-sequence": partial(tgre, key=7, sequence=9),
    "gre-all": partial(tgre, checksum=True, key=7, sequence=9),
    "gre-bridged": partial(tgre, bridged=True),
    "gre-bridged-vlan": lambda packet: tgre(ttagged(packet, 0x8100), bridged=True),
    "gre-in-gre": lambda packet: tgre(tgre(packet)),
    "pptp": tpptp,
    "pptp-acknowledging": partial(tpptp, acknowledges=True),
    "pptp-short": partial(tpptp, short=True),
    "erspan-1": partial(terspan, version=1),
    "erspan-2": terspan,
    "erspan-3": partial(terspan, version=3),
    "erspan-3-platform": partial(terspan, version=3, platform=True),
    "vxlan": tvxlan,
    "vxlan-linux": partial(tvxlan, port=8472),
    "vxlan-vlan": lambda packet: tvxlan(ttagged(packet, 0x88A8, 0x8100)),
    "geneve": tgeneve,
    "geneve-options": partial(tgeneve, options=3),
    "gtp": tgtp,
    "gtp-sequence": partial(tgtp, sequence=True),
    "gtp-extended": partial(tgtp, extended=True),
    "gtp-in-vxlan": lambda packet: tvxlan(tgtp(packet)),
    "tzsp": ttzsp,
}

DECODE_AS = {"vxlan-linux": ["udp.port==8472,vxlan"]}  # where Linux had VXLAN before it was assigned a port

CALL = [tudp(ALICE_SIP, BOB_SIP, invite()), *talk(range(20), 0.1, src=BOB, dst=ALICE)]


@pytest.mark.parametrize("tunnel", TUNNELS)
def test_sip_and_media_in_a_tunnel(tmp_path: Path, tunnel: str) -> None:
    capture = tpcap(tmp_path / "a.pcap", [TUNNELS[tunnel](packet) for packet in CALL])
    same_as_tshark(capture, decode_as=DECODE_AS.get(tunnel, ()))
    found = scan([Source(capture)])
    assert [found.messages.addresses[n] for n in (*found.messages.src, *found.messages.dst)] == [ALICE_SIP, BOB_SIP]
    stream = only(found.streams)
    assert (stream["src"], stream["packets"], stream["lost"]) == (BOB, 20, 0)
    assert found.problems == []


@pytest.mark.parametrize("link", [113, 276])
def test_a_tunnel_in_a_cooked_capture(tmp_path: Path, link: int) -> None:
    capture = tpcap(tmp_path / "a.pcap", [tlink(tvxlan(packet), link) for packet in CALL], link=link)
    same_as_tshark(capture)
    assert only(scan([Source(capture)]).streams)["packets"] == 20


def test_what_only_acknowledges_in_pptp_is_nothing() -> None:
    packet = tpptp(CALL[0])
    empty = packet.data[:34] + b"\x20\x81\x88\x0b\0\0\0\x07\0\0\0\x01"
    assert scanned([replace(packet, data=empty)]).messages.data == []


def test_a_tunnel_of_unknown_content_is_told() -> None:
    packet = tgre(CALL[0])
    unknown = packet.data[:36] + b"\x12\x34" + packet.data[38:]
    (problem,) = scanned([replace(packet, data=unknown)]).problems
    assert (problem.severity, problem.place) == ("info", "other protocols in GRE")


@pytest.mark.parametrize("port", [4789, 8472, 2152, 6081, 37008])
def test_media_on_the_port_of_a_tunnel_is_media(tmp_path: Path, port: int) -> None:
    ends = f"10.0.0.1:{port}", BOB
    packets = [tudp(ALICE_SIP, BOB_SIP, invite(ends[0])), *talk(range(20), 0.1, src=BOB, dst=ends[0])]
    assert only(scanned(packets).streams)["packets"] == 20


@given(
    st.sampled_from([4789, 8472, 4790, 2152, 6081, 37008, 1701, 3544, 5247]),
    st.binary(max_size=80),
    st.sampled_from([b"", b"\x08", b"\x30\xff", b"\x34\xff", b"\0\0\x65\x58", b"\1\0\0\1", b"HEP3", b"\2\x10\2\x11"]),
)
def test_any_bytes_in_a_tunnel_are_read_without_harm(port: int, data: bytes, head: bytes) -> None:
    # Without tshark, which the tunnels that are not ours would start each time.
    with patch.object(tshark, "tshark_path", side_effect=MissingToolError("not here")):
        scanned([tudp("192.0.2.1:1000", f"192.0.2.2:{port}", head + data)])


@given(
    st.integers(0, 0xFFFF), st.sampled_from([0x0800, 0x6558, 0x880B, 0x88BE, 0x22EB, 0x8847]), st.binary(max_size=80)
)
def test_any_bytes_in_gre_are_read_without_harm(flags: int, protocol: int, data: bytes) -> None:
    packet = tgre(CALL[0])
    head = flags.to_bytes(2, "big") + protocol.to_bytes(2, "big")
    scanned([replace(packet, data=packet.data[:34] + head + data)])
