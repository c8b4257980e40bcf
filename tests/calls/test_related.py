"""Consultations that were given up."""

from __future__ import annotations

from typing import Any

from tests.calls.pbx import BOB, CAROL, HOSTS, PBX, answered, bridged, dialled, no_streams
from tests.sip.flow import Leg, at, capture, sdp
from xivolab.calls import build
from xivolab.calls.related import with_related
from xivolab.schema import CALL
from xivolab.sip import analyse
from xivolab.table import Table


def calls(*legs: Leg) -> list[dict[str, Any]]:
    sip = analyse(capture(*legs))
    return list(with_related(build(sip, no_streams(), HOSTS), sip.index).calls.records())


def consultation(ends: float = 15, *, held: bool = True, src: str = BOB, user: str = "bob") -> list[dict[str, Any]]:
    """Bob, whom alice called, puts her on hold at 5 s and calls carol, until `ends`; alice hangs up at 30 s."""
    caller, callee = bridged()
    if held:
        callee.request(5, "INVITE", by="callee", body=sdp(BOB, 4000, "8", "a=sendonly\r\n"))
        callee.reply(5.1, 200, by="caller", body=sdp(PBX, 4000, "8", "a=recvonly\r\n"))
        callee.request(5.2, "ACK", by="callee", cseq=callee.cseq["callee"])
    first = answered(Leg(src, PBX, user, "1003", call_id="asks"), 6, 6.2, 8).bye(ends)
    second = answered(dialled(CAROL, "carol", "1002", "asked"), 6.05, 6.15, 7.9).bye(ends + 0.01)
    return calls(caller.bye(30), callee.bye(30.01), first, second)


def test_a_consultation_and_the_call_that_waited_name_each_other() -> None:
    waited, consulted = consultation()
    assert (waited["callee"], consulted["callee"]) == ("1002", "1003")
    assert (waited["related"], consulted["related"]) == ([consulted["id"]], [waited["id"]])


def test_a_call_made_without_holding_the_other_is_not_one() -> None:
    assert [call["related"] for call in consultation(held=False)] == [[], []]


def test_one_that_outlives_the_other_is_not_one() -> None:
    assert [call["related"] for call in consultation(ends=40)] == [[], []]


def test_nor_is_a_call_of_somebody_else() -> None:
    assert [call["related"] for call in consultation(src=CAROL, user="dave")] == [[], []]


def told(**fields: Any) -> dict[str, Any]:
    """A call as a log or CEL tells it, of alice's phone."""
    empty = {field.name: [] if field.kind == "list" else None for field in CALL.fields}
    empty |= {"state": "completed", "partial": False, "originated": False, "caller": "1001", "callee": "1002"}
    return (
        empty | {"leg_details": [leg("caller", "PJSIP/alice-00000001"), leg("callee", "PJSIP/bob-00000002")]} | fields
    )


def leg(role: str, channel: str) -> dict[str, Any]:
    return {"role": role, "channel": channel, "src": None, "dst": None, "to_user": None}


def of_channels(*rows: dict[str, Any]) -> list[list[str]]:
    sip = analyse(capture(*bridged()))
    tables = build(sip, no_streams(), HOSTS)
    tables.calls, tables.legs = Table.from_rows(CALL, list(rows)), [[] for _ in rows]
    return list(with_related(tables, sip.index).calls["related"])


def test_channels_tell_it_by_endpoint_and_number() -> None:
    waited = told(id="a", start=at(0), connected_at=at(2), end=at(30))
    consulted = told(id="b", start=at(6), end=at(9), state="no-answer", callee="1003")
    assert of_channels(waited, consulted) == [["b"], ["a"]]


def test_calls_that_come_over_one_trunk_are_not_related() -> None:
    trunk = {"leg_details": [leg("caller", "PJSIP/operator-00000001"), leg("callee", "PJSIP/bob-00000002")]}
    rows = [
        told(id=str(n), start=at(n), connected_at=at(n), end=at(99 - n), caller=f"019900{n:04}", **trunk)
        for n in range(40)
    ]
    assert of_channels(*rows) == [[]] * 40
