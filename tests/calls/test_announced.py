"""Media addresses that legs announced."""

from __future__ import annotations

from tests.calls.pbx import ALICE, PBX
from tests.sip.flow import Leg as Flow
from tests.sip.flow import at, capture, sdp
from xivolab.calls.announced import Announcements, read_announcements
from xivolab.calls.leg import Leg, make_leg
from xivolab.sip.index import MessageIndex
from xivolab.sip.session import sessions


def announced(*flows: Flow) -> tuple[Announcements, dict[str, Leg]]:
    index = MessageIndex(capture(*flows))
    legs = {}
    for flow in flows:
        rows = [row for row in range(len(index)) if index.call_id[row] == flow.call_id]
        legs[flow.call_id] = make_leg(index, flow.call_id, sessions(index, rows)[0])
    return read_announcements(index, list(legs.values())), legs


def call(start: float, call_id: str = "a", ip: str = ALICE) -> Flow:
    return (
        Flow(ALICE, PBX, call_id=call_id)
        .invite(start, sdp(ip, 4000))
        .reply(start + 1, 200)
        .ack(start + 1)
        .bye(start + 9)
    )


def test_both_sides_announce() -> None:
    found, legs = announced(
        Flow(ALICE, PBX, call_id="a").invite(0, sdp(ALICE, 4000)).reply(1, 200, body=sdp(PBX, 6000))
    )
    assert set(found.by_place) == {f"{ALICE}:4000", f"{PBX}:6000"}
    assert found.of(f"{ALICE}:4000", at(0), at(5)) == {legs["a"]: at(0)}


def test_an_ipv6_address_is_in_brackets() -> None:
    found, _ = announced(call(0, ip="2001:db8::1"))
    assert "[2001:db8::1]:4000" in found.by_place


def test_the_time_of_a_leg() -> None:
    found, legs = announced(call(100))
    place = f"{ALICE}:4000"
    assert found.of(place, at(50), at(90)) == {}
    assert found.of(place, at(99), at(105)) == {legs["a"]: at(100)}
    assert found.of(place, at(118), at(125)) == {legs["a"]: at(100)}
    assert found.of(place, at(120), at(125)) == {}


def test_a_port_used_by_two_calls() -> None:
    found, legs = announced(call(0, "a"), call(15, "b"))
    assert set(found.of(f"{ALICE}:4000", at(16), at(20))) == {legs["a"], legs["b"]}
    assert set(found.of(f"{ALICE}:4000", at(30), at(31))) == {legs["b"]}


def test_the_last_announcement_before_a_stream_counts() -> None:
    flow = Flow(ALICE, PBX, call_id="a").invite(0, sdp(ALICE, 4000)).reply(1, 200).ack(1)
    found, legs = announced(flow.request(5, "INVITE", body=sdp(ALICE, 4000)).reply(5.1, 200))
    assert found.of(f"{ALICE}:4000", at(6), at(9)) == {legs["a"]: at(5)}
    assert found.of(f"{ALICE}:4000", at(0), at(9)) == {legs["a"]: at(0)}
