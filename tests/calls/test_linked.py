"""Legs tied by media."""

from __future__ import annotations

from tests.calls.pbx import ALICE, BOB, PBX, calls, dialled, dialling, tables
from tests.calls.test_media import BOB_RTP, FOUR, PBX_B, streams, with_media
from tests.sip.flow import sdp


def test_an_address_handed_on_joins_legs_whose_numbers_contradict() -> None:
    caller = dialling("1002", ALICE, "1001").invite(0, sdp(ALICE, 4000)).reply(5, 200)
    callee = dialled(BOB, "1007", "1005").invite(0.1).reply(1.9, 200).ack(2)
    assert len(calls(caller, callee)) == 2
    callee.request(6, "INVITE", body=sdp(ALICE, 4000))
    assert len(calls(caller, callee)) == 1


def test_a_port_that_everybody_announces_ties_nothing() -> None:
    """A traffic generator has one media port for all its calls."""
    legs = [dialling("1002", ALICE, f"10{n}", f"c{n}").invite(n / 10, sdp(ALICE, 6000)) for n in range(3)]
    stranger = dialled(BOB, "1007", "1005").invite(0.35, sdp(ALICE, 6000))
    assert len(calls(*legs, stranger)) == 4


def test_a_relayed_ssrc_joins_legs_whose_numbers_contradict() -> None:
    caller, _ = with_media()
    callee = dialled(number="1005", user="1007").invite(0.1, sdp(PBX, 10002)).reply(1.9, 200, body=sdp(BOB, 4002, "8"))
    caller.rows[0]["data"] = caller.rows[0]["data"].replace(b"sip:alice@", b"sip:1001@")
    assert len(tables(caller, callee).calls) == 2
    relayed = streams(FOUR[0], (PBX_B, BOB_RTP, "0x00000001", 2.0, 9.0))
    assert len(tables(caller, callee, streams=relayed).calls) == 1
