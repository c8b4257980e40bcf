"""Packets put aside: tshark reads them, and their places are known."""

from __future__ import annotations

from tests.made import ALICE_SIP, BOB_SIP, sip
from xivolab.net.aside import Aside, Place
from xivolab.net.tshark import oracle_sip
from xivolab.net.write import Packet
from xivolab.testing import tlink, tudp


def test_packets_of_several_links() -> None:
    aside = Aside()
    made = tudp(ALICE_SIP, BOB_SIP, sip())
    aside.add(3, Packet(7, made.time_ns, 1, made.data, len(made.data)))
    raw = tlink(made, 101)
    aside.add(0, Packet(9, raw.time_ns + 1, 101, raw.data, len(raw.data)))
    assert aside.places == [Place(3, 7, made.time_ns), Place(0, 9, made.time_ns + 1)]
    assert [line["frame"] for line in oracle_sip(aside.path)] == [1, 2]


def test_there_is_an_end_to_it() -> None:
    aside = Aside(largest=250)
    for frame in range(1, 6):
        aside.add(0, Packet(frame, 0, 1, bytes(100), 100))
    assert len(aside) == 2
    assert aside.left_out == 3


def test_the_file_goes_with_it() -> None:
    aside = Aside()
    path = aside.path
    assert path.exists()
    del aside
    assert not path.exists()
