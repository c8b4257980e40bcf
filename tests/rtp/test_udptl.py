"""Fax packets to the port where RTP was: counted, and what is missing by their sequence numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, scanned, sdp, sip, talk
from xivolab.rtp.udptl import FAX_FIELDS, LOST, PACKETS, count_udptl
from xivolab.testing import MadePacket, tudp

ANNOUNCED = tudp(BOB_SIP, ALICE_SIP, invite(BOB), -1.0)
FAX = tudp(
    BOB_SIP, ALICE_SIP, sip("INVITE sip:bob@10.0.0.2 SIP/2.0", sdp(BOB, "t38", media="image", protocol="udptl")), 1.0
)


def counted(sequences: Iterable[int]) -> tuple[int, int]:
    """Packets and losses of some sequence numbers."""
    fax = np.zeros(FAX_FIELDS, np.int64)
    for sequence in sequences:
        count_udptl(fax, sequence & 0xFFFF)
    return int(fax[PACKETS]), int(fax[LOST])


@pytest.mark.parametrize(
    ("sequences", "packets", "lost"),
    [
        (range(100), 100, 0),
        ([0, 1, 4, 5], 4, 2),
        ([0, 1, 3, 2, 4], 5, 0),
        ([0, 0, 1, 1, 2, 1], 3, 0),
        (range(65500, 65600), 100, 0),
        ([7, 8, 30000, 30001], 4, 0),
    ],
    ids=["all", "two-lost", "late", "twice", "wrap", "another-sender"],
)
def test_sequences(sequences: Sequence[int], packets: int, lost: int) -> None:
    assert counted(sequences) == (packets, lost)


@given(st.integers(0, 0xFFFF), st.sets(st.integers(1, 898), max_size=300))
def test_what_is_left_out_is_missing(first: int, lost: set[int]) -> None:
    assert counted(first + n for n in range(900) if n not in lost) == (900 - len(lost), len(lost))


def fax(first: int, sequences: Iterable[int], size: int = 20) -> list[MadePacket]:
    return [
        tudp(ALICE, BOB, (first + n).to_bytes(2, "big") + b"\x01\x04" + bytes(size), 2 + 0.03 * n) for n in sequences
    ]


@pytest.mark.parametrize("first", [0, 0x3FF0], ids=["from-0", "over-0x4000"])
@pytest.mark.parametrize("size", [0, 2, 60])
def test_fax_on_the_port_where_rtp_was(first: int, size: int) -> None:
    sent = fax(first, [n for n in range(50) if n not in (20, 21, 30)], size)
    found = scanned([ANNOUNCED, *talk(range(5)), FAX, *sent])
    assert found.rtp.fax == {BOB: (47, 3)}
    assert found.streams["packets"].tolist() == [5]


def test_the_same_bytes_where_no_fax_was_announced_are_nothing() -> None:
    assert scanned([ANNOUNCED, *talk(range(5)), *fax(0, range(50))]).rtp.fax == {}


def test_stun_on_that_port_is_no_fax() -> None:
    stun = [tudp(ALICE, BOB, b"\x00\x01\x00\x00\x21\x12\xa4\x42" + bytes(12), 2 + n) for n in range(3)]
    found = scanned([ANNOUNCED, *talk(range(5)), FAX, *stun])
    assert found.rtp.fax == {}
    assert found.streams["stun"].tolist() == [3]
