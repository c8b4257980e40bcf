"""Feature codes of the PBX: transfers and pickups that no REFER tells of."""

from __future__ import annotations

from tests.calls.pbx import ALICE, BOB, CAROL, answered, bridged, calls, dialled, dialling, one_call
from tests.sip.flow import at


def test_the_pbx_dials_carol_in_the_name_of_bob() -> None:
    caller, callee = bridged()
    carol = answered(dialled(CAROL, "carol", "1002", "carol"), 10, 10.2, 12)
    call = one_call(caller.bye(30), callee.bye(15, by="callee"), carol.bye(30.01))
    assert call["legs"] == ["caller", "callee", "carol"]
    assert (call["end"], call["released_by"]) == (at(30.01) / 1e9, "caller")


def test_not_when_bob_has_hung_up() -> None:
    caller, callee = bridged()
    carol = answered(dialled(CAROL, "1003", "1002", "carol"), 20, 20.2, 22)
    assert len(calls(caller.bye(9), callee.bye(9.01), carol)) == 2


def test_a_call_picked_up() -> None:
    """Carol dials *8 while bob's phone rings for alice."""
    caller = answered(dialling("1002", ALICE, "alice"), 0, 0.2, 5.01)
    bob = dialled(BOB, "bob", "1001").invite(0.1).reply(0.15, 180).cancel(5.02).reply(5.03, 487)
    carol = dialling("*8", CAROL, "carol", "pickup").invite(4.9).reply(5, 200).ack(5.01)
    call = one_call(caller.bye(20.01, by="callee"), bob, carol.bye(20))
    assert [(leg["call_id"], leg["role"]) for leg in call["leg_details"]] == [
        ("caller", "caller"),
        ("callee", "attempt"),
        ("pickup", "callee"),
    ]
    assert (call["answered_by"], call["released_by"]) == ("callee", "callee")


def test_another_feature_code_at_another_time() -> None:
    caller, callee = bridged()
    voicemail = answered(dialling("*98", CAROL, "carol", "mail"), 2.0, 2.01, 2.02)
    assert len(calls(caller, callee, voicemail)) == 2
