"""HEP: what an agent told is read as if it had been captured there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import xivolab
from tests.made import ALICE_SIP, BOB_SIP, scanned, sip
from xivolab.net.hep import read_hep
from xivolab.sip.store import TRANSPORTS
from xivolab.testing import START, thep, tpcap, tudp

V6 = ("[2001:db8::1]:5060", "[2001:db8::2]:5070")


@pytest.mark.parametrize("ends", [(ALICE_SIP, BOB_SIP), V6], ids=["ipv4", "ipv6"])
@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_message_that_an_agent_told(ends: tuple[str, str], version: int) -> None:
    raw = scanned([thep(*ends, sip(), 5.0, version=version, told_at=START + 4.5)]).messages
    assert raw.data == [sip()]
    assert (raw.addresses[raw.src[0]], raw.addresses[raw.dst[0]]) == ends
    assert raw.time[0] == round((START + (5.0 if version == 1 else 4.5)) * 10**9)


def test_a_compressed_payload() -> None:
    assert scanned([thep(ALICE_SIP, BOB_SIP, sip(), compressed=True)]).messages.data == [sip()]


def test_the_transport_that_was_told() -> None:
    raw = scanned([thep(ALICE_SIP, BOB_SIP, sip(), protocol=6)]).messages
    assert TRANSPORTS[raw.transport[0]] == "TCP"


def test_what_is_no_sip_is_left_out() -> None:
    assert scanned([thep(ALICE_SIP, BOB_SIP, sip(), kind=100)]).messages.data == []


def test_a_message_told_by_two_agents_is_a_capture_duplicate(tmp_path: Path) -> None:
    packets = [thep(ALICE_SIP, BOB_SIP, sip(), at, told_at=START) for at in (0.0, 0.2)]
    case = xivolab.open(tpcap(tmp_path / "a.pcap", packets))
    assert case.table("messages")["capture_duplicate"].tolist() == [False, True]


def test_a_bomb_is_bounded() -> None:
    told = thep(ALICE_SIP, BOB_SIP, b"x" * (1 << 24), compressed=True)
    found = read_hep(told.data[42:])
    assert found is not None
    assert len(found.payload) == 1 << 20


@given(st.sampled_from([b"HEP3", b"\1\x10\2\x11", b"\2\x10\2\x11", b"\2\x34\x0a\x06"]), st.binary(max_size=100))
def test_any_bytes_never_raise(head: bytes, rest: bytes) -> None:
    read_hep(head + rest)
    scanned([tudp("192.0.2.9:40000", "192.0.2.8:9060", head + rest)])


@given(st.binary(max_size=4), st.integers(0, 100))
def test_a_damaged_datagram_never_raises(junk: bytes, at: int) -> None:
    data = thep(ALICE_SIP, BOB_SIP, sip()).data[42:]
    read_hep(data[:at] + junk + data[at + len(junk) :])
