"""Legs that name the one they belong to."""

from __future__ import annotations

from tests.calls.pbx import ALICE, BOB, CAROL, answered, bridged, calls, dialled, dialling, one_call
from tests.sip.flow import Leg, at


def test_a_b2bua_that_names_the_other_leg() -> None:
    stranger = dialled(BOB, "1007", "1005").invite(1, headers="X-Call-ID: caller")
    assert one_call(dialling("1002", user="1001").invite(0), stranger)["legs"] == ["caller", "callee"]


def test_an_invite_that_takes_a_leg_over() -> None:
    """Carol picks the call up: her phone sends INVITE with Replaces (RFC 3891)."""
    caller, callee = bridged()
    replaces = "Replaces: callee;to-tag=to;from-tag=from"
    pickup = dialling("1002", CAROL, "carol", "pickup").invite(5, headers=replaces).reply(5.1, 200)
    call = one_call(caller, callee, pickup)
    assert [(leg["call_id"], leg["role"]) for leg in call["leg_details"]] == [
        ("caller", "caller"),
        ("callee", "callee"),
        ("pickup", "transfer"),
    ]


def test_a_name_that_nobody_has_joins_nothing() -> None:
    one = dialling("1002", user="1001").invite(0, headers="X-Call-ID: nobody")
    assert len(calls(one, answered(dialling("1003", CAROL, "1003", "other"), 1, 2, 3))) == 2


def test_a_phone_dials_who_it_was_referred_to() -> None:
    """Without a PBX: bob sends alice on to carol, and alice calls her herself."""
    talk = answered(Leg(ALICE, BOB, "1001", "1002"), 0, 0.2, 2)
    talk.request(10, "REFER", by="callee", headers="Refer-To: <sip:1003@x>").reply(10.01, 202, "REFER", by="caller")
    talk.bye(10.5, by="callee")
    other = answered(Leg(ALICE, CAROL, "1001", "1004", call_id="other"), 10.1, 10.2, 11)
    onward = answered(Leg(ALICE, CAROL, "1001", "1003", call_id="onward"), 10.2, 10.3, 12).bye(20)
    transferred, apart = calls(talk, other, onward, hosts={})
    assert [leg["role"] for leg in transferred["leg_details"]] == ["caller", "transfer"]
    assert (transferred["callee"], transferred["end"], apart["legs"]) == ("1002", at(20) / 1e9, ["other"])
