"""ICMP errors: who could not be reached, by what packet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import ALICE_SIP, BOB_SIP, scanned, sip
from xivolab.evidence.source import Source
from xivolab.net.icmp import read_quoted
from xivolab.net.tshark import oracle_fields
from xivolab.scan import scan
from xivolab.testing import textended, tfragments, ticmp, tpcap, trtp, ttcp, tudp

V6 = ("[2001:db8::1]:5060", "[2001:db8::2]:5070")


@pytest.mark.parametrize("ends", [(ALICE_SIP, BOB_SIP), V6], ids=["ipv4", "ipv6"])
def test_a_port_that_nobody_listens_on(ends: tuple[str, str]) -> None:
    scan = scanned([tudp(*ends, sip()), ticmp(tudp(*ends, sip()), 0.1)])
    (error,) = scan.icmp
    assert (error.frame, error.transport, error.quoted_src, error.quoted_dst) == (2, "UDP", *ends)
    assert error.unreachable
    assert error.words.endswith("port unreachable")
    assert (f"[{error.src}]" if ":" in error.src else error.src) == ends[1].rpartition(":")[0]
    assert scan.messages.data == [sip()]  # what is quoted was not sent again


@pytest.mark.parametrize(
    ("kind", "code", "words", "unreachable"),
    [
        (3, 1, "ICMP host unreachable", True),
        (3, 4, "ICMP fragmentation needed", False),
        (11, 0, "ICMP time exceeded", True),
        (5, 1, "ICMP redirect", False),
        (3, 77, "ICMP unreachable", True),
    ],
)
def test_words(kind: int, code: int, words: str, unreachable: bool) -> None:
    (error,) = scanned([ticmp(tudp(ALICE_SIP, BOB_SIP, sip()), kind=kind, code=code)]).icmp
    assert (error.words, error.unreachable) == (words, unreachable)


def test_quoted_media_is_no_media() -> None:
    packets = [ticmp(trtp("10.0.0.1:4000", "10.0.0.2:5000", n, 160 * n), 0.02 * n) for n in range(10)]
    scan = scanned(packets)
    assert (len(scan.streams), len(scan.icmp)) == (0, 10)


def test_quoted_tcp() -> None:
    (error,) = scanned([ticmp(ttcp(ALICE_SIP, BOB_SIP, b""), code=13)]).icmp
    assert (error.transport, error.words) == ("TCP", "ICMP communication prohibited")


def test_what_the_quote_still_holds() -> None:
    """548 bytes of a message (RFC 1812, 4.3.2.3) hold its Call-ID, eight bytes (RFC 792) its ports and no more."""
    message = tudp(ALICE_SIP, BOB_SIP, sip(call_id="a b@c"), ip_id=99)
    whole, cut, short, rtp, rtcp = scanned(
        [
            ticmp(message),
            ticmp(replace(message, data=message.data[: message.data.index(b"Call-ID") + 10])),
            ticmp(replace(message, data=message.data[: 14 + 20 + 8])),
            ticmp(trtp("10.0.0.1:4000", "10.0.0.2:5000", 7, 0, ssrc=0xABCDEF01)),
            ticmp(tudp("10.0.0.1:4001", "10.0.0.2:5001", b"\x81\xc9\x00\x07\x00\x00\x00\x05" + bytes(24))),
        ]
    ).icmp
    assert (whole.call_id, whole.ip_id, whole.media) == (b"a b@c", 99, None)
    assert (cut.call_id, cut.ip_id) == (None, 99)
    assert (short.call_id, short.ssrc, short.media) == (None, None, "")
    assert (rtp.media, rtp.ssrc) == ("RTP", 0xABCDEF01)
    assert (rtcp.media, rtcp.ssrc) == ("RTCP", 5)


def test_a_quote_of_ipv6_with_extension_headers_and_of_a_first_fragment() -> None:
    message = tudp(*V6, sip())
    errors = scanned([ticmp(textended(message)), ticmp(tfragments(message, 400, ip_id=5)[0])]).icmp
    assert [(error.quoted_src, error.quoted_dst, error.ip_id) for error in errors] == [(*V6, 0), (*V6, 5)]
    assert [error.call_id for error in errors] == [b"made", b"made"]


def test_a_later_fragment_quotes_no_ports() -> None:
    for ends in ((ALICE_SIP, BOB_SIP), V6):
        assert scanned([ticmp(tfragments(tudp(*ends, sip()), 128)[1])]).icmp == []


@pytest.mark.parametrize("ends", [(ALICE_SIP, BOB_SIP), V6], ids=["ipv4", "ipv6"])
def test_the_same_errors_as_tshark(ends: tuple[str, str], tmp_path: Path) -> None:
    message = tudp(*ends, sip())
    kinds = [(1, 0), (1, 3), (1, 4), (2, 0), (3, 0)] if "[" in ends[0] else [(3, 1), (3, 3), (3, 13), (11, 0), (11, 1)]
    packets = [message, *(ticmp(message, 0.1 * n, kind=kind, code=code) for n, (kind, code) in enumerate(kinds))]
    path = tpcap(tmp_path / "icmp.pcap", packets)
    protocol = "icmpv6" if "[" in ends[0] else "icmp"
    fields = [f"{protocol}.type", f"{protocol}.code", "udp.srcport", "udp.dstport", "sip.Call-ID"]
    theirs = [tuple(line) for line in oracle_fields(path, protocol, fields)]
    ours = [
        (*map(str, (e.type, e.code)), *(end.rpartition(":")[2] for end in (e.quoted_src, e.quoted_dst)), "made")
        for e in scan([Source(path)]).icmp
    ]
    assert ours == theirs


def test_a_ping_is_no_error() -> None:
    assert scanned([ticmp(tudp(ALICE_SIP, BOB_SIP, sip()), kind=8, code=0)]).icmp == []


@given(st.binary(max_size=80))
def test_any_bytes_never_raise(data: bytes) -> None:
    quoted = read_quoted(data)
    if quoted is not None:
        assert quoted.media in ("RTP", "RTCP", "", None)
        assert quoted.ssrc is None or quoted.media
        assert quoted.call_id is None or quoted.call_id in data
