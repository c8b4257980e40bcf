"""Legs that name the one they belong to."""

from __future__ import annotations

from tests.calls.pbx import BOB, CAROL, answered, bridged, calls, dialled, dialling, one_call


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
