"""ICMP errors: who could not be reached, by what packet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import ALICE_SIP, BOB_SIP, scanned, sip
from xivolab.net.icmp import read_quoted
from xivolab.testing import ticmp, trtp, ttcp, tudp

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


def test_a_ping_is_no_error() -> None:
    assert scanned([ticmp(tudp(ALICE_SIP, BOB_SIP, sip()), kind=8, code=0)]).icmp == []


@given(st.binary(max_size=80))
def test_any_bytes_never_raise(data: bytes) -> None:
    read_quoted(data)
