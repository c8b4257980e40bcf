"""The table of calls, on calls as an engineer meets them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.calls.pbx import (
    ALICE,
    BOB,
    HOSTS,
    PBX,
    bridged,
    calls,
    dialled,
    dialling,
    no_streams,
    one_call,
)
from tests.sip.flow import EPOCH_NS, Leg, at
from xivolab.calls import build
from xivolab.schema import STATES
from xivolab.sip import RawMessages, analyse

T0 = EPOCH_NS / 1e9


def test_all_fields_of_a_call_through_the_pbx() -> None:
    caller, callee = bridged()
    call = one_call(caller.bye(9, headers="Reason: Q.850;cause=16"), callee.bye(9.01))
    details = call.pop("leg_details")
    assert len(call.pop("id")) == 12
    assert call == {
        "from_user": "alice",
        "to_user": "1002",
        "caller": "1001",
        "callee": "1002",
        "start": T0,
        "end": at(9.01) / 1e9,
        "answered": True,
        "answered_at": at(2.01) / 1e9,
        "answered_by": "callee",
        "connected_at": at(2.01) / 1e9,
        "setup_s": 0.2,
        "talk_s": 7.0,
        "state": "completed",
        "status": 200,
        "cause": 16,
        "released_by": "caller",
        "partial": False,
        "legs": ["caller", "callee"],
        "streams": [],
        "stream_ids": [],
        "codecs": ["PCMA"],
        "mos_min": None,
        "mos_scale": None,
        "findings": [],
        "log_ids": [],
        "linkedids": [],
        "related": [],
        "originated": False,
    }
    assert details[1] == {
        "call_id": "callee",
        "role": "callee",
        "src": f"{PBX}:5060",
        "dst": f"{BOB}:5060",
        "from_user": "1001",
        "to_user": "bob",
        "start": at(0.05) / 1e9,
        "end": at(9.01) / 1e9,
        "state": "completed",
        "status": 200,
        "codecs": ["PCMA"],
    }


def test_nobody_has_to_tell_which_host_is_the_pbx() -> None:
    caller, callee = bridged()
    call = one_call(caller.bye(9), callee.bye(9.01), hosts={})
    assert (call["legs"], call["released_by"], call["answered_by"]) == (["caller", "callee"], "caller", "callee")


def test_the_id_does_not_depend_on_anything_else_in_the_evidence() -> None:
    caller, callee = bridged()
    other = dialling(call_id="other", src="10.0.0.50").invite(-5).reply(-4, 404)
    assert one_call(caller, callee)["id"] == calls(caller, callee, other)[1]["id"]


def test_two_calls_under_one_call_id_have_their_own_ids() -> None:
    again = dialling(from_tag="again").invite(20).reply(21, 404)
    first, second = calls(dialling().invite(0).reply(1, 404), again)
    assert first["id"] != second["id"]
    assert first["legs"] == second["legs"] == ["caller"]


def test_calls_come_by_their_start() -> None:
    rows = calls(dialling(call_id="late").invite(5), dialling(call_id="early", src=BOB).invite(1))
    assert [row["legs"] for row in rows] == [["early"], ["late"]]


def test_no_calls() -> None:
    assert calls() == []
    assert calls(Leg(ALICE, PBX).request(0, "OPTIONS", in_dialog=False)) == []


def test_roles_of_a_case_are_optional() -> None:
    assert HOSTS[PBX][1] == "pbx"
    assert one_call(dialling().invite(0).reply(1, 404), hosts={})["released_by"] in ("server", "callee")


SCENES = [leg for make in (bridged, bridged) for leg in make()]
SCENES += [dialling(call_id="c2", from_tag="x").invite(1).cancel(2).reply(3, 487), dialled(call_id="b2").invite(1.1)]
SCENES[0].request(5, "REFER", headers="Refer-To: <sip:1003@pbx?Replaces=callee>").bye(6)
SCENES[2].request(7, "INVITE", headers="Replaces: caller").bye(8, by="callee")
ROWS = [row for leg in SCENES for row in leg.rows]


@given(st.lists(st.sampled_from(ROWS), max_size=20), st.lists(st.integers(0, 10**11), min_size=20, max_size=20))
def test_any_messages_in_any_order(rows: list[dict[str, Any]], times: list[int]) -> None:
    """Nothing raises; every leg is in one call; the figures make sense."""
    shuffled = [{**row, "time": EPOCH_NS + time} for row, time in zip(rows, sorted(times), strict=False)]
    sip = analyse(RawMessages.from_rows(shuffled))
    result = build(sip, no_streams(), HOSTS)
    legs = [leg for members in result.legs for leg in members]
    assert len(legs) == len(set(legs)) == sum(map(len, sip.sessions.values()))
    for call in result.calls.records():
        assert call["state"] in STATES
        assert call["talk_s"] is None or call["talk_s"] >= 0
        assert call["setup_s"] is None or call["setup_s"] >= 0
        assert call["end"] is None or call["start"] is None or call["end"] >= call["start"]
        assert call["answered"] or call["connected_at"] is None or call["partial"]
