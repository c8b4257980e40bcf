"""Transfers: the parties stay those of the first INVITE."""

from __future__ import annotations

from tests.calls.pbx import BOB, CAROL, answered, bridged, calls, dialled, dialling, one_call
from tests.sip.flow import Leg, at, capture
from xivolab.calls.leg import make_leg
from xivolab.calls.transfer import Transfer, find_transfers
from xivolab.sip.index import MessageIndex
from xivolab.sip.session import sessions


def notify(leg: Leg, seconds: float, status: int, by: str) -> Leg:
    return leg.request(seconds, "NOTIFY", by=by, body=f"SIP/2.0 {status} X\r\n")


def refer(leg: Leg, seconds: float, to: str, by: str, status: int = 202) -> Leg:
    leg.request(seconds, "REFER", by=by, headers=f"Refer-To: {to}")
    return leg.reply(seconds + 0.01, status, "REFER", by="caller" if by == "callee" else "callee")


def blind() -> tuple[Leg, Leg, Leg]:
    """Bob sends alice on to carol (1003) and leaves."""
    caller, callee = bridged()
    refer(callee, 10, "<sip:1003@10.0.0.9>", by="callee")
    callee.bye(10.1, by="callee")
    return caller, callee, answered(dialled(CAROL, "carol", "1001", "carol"), 10.2, 10.5, 12)


def found(*legs: Leg) -> list[Transfer]:
    index = MessageIndex(capture(*legs))
    session = sessions(index, range(len(index)))[0]
    return find_transfers(index, [make_leg(index, "x", session)])


def test_a_refer_that_worked() -> None:
    leg = refer(bridged()[1], 10, "<sip:1003@pbx>", by="callee")
    (transfer,) = found(notify(notify(leg, 10.2, 100, "caller"), 11, 200, "caller"))
    assert (transfer.time, transfer.target, transfer.replaced, transfer.completed) == (at(10), "1003", None, True)


def test_a_refer_that_did_not() -> None:
    assert not found(refer(bridged()[1], 10, "<sip:1003@pbx>", by="callee", status=603))[0].completed
    assert not found(notify(refer(bridged()[1], 10, "<sip:1003@pbx>", by="callee"), 11, 486, "caller"))[0].completed


def test_the_call_id_in_an_attended_one() -> None:
    to = "<sip:1003@pbx?Replaces=consult%40x%3Bto-tag%3D1%3Bfrom-tag%3D2>"
    assert found(refer(bridged()[1], 10, to, by="callee"))[0].replaced == "consult@x"


def test_blind_by_the_callee() -> None:
    caller, callee, carol = blind()
    call = one_call(caller.bye(20), callee, carol.bye(20.01))
    assert [leg["role"] for leg in call["leg_details"]] == ["caller", "callee", "transfer"]
    assert (call["to_user"], call["callee"]) == ("1002", "1002")
    assert (call["end"], call["released_by"], call["state"]) == (at(20.01) / 1e9, "caller", "completed")


def test_the_transferors_bye_does_not_end_the_call() -> None:
    call = one_call(*blind())
    assert (call["state"], call["end"], call["released_by"]) == ("in-call", None, None)


def test_the_target_hangs_up() -> None:
    caller, callee, carol = blind()
    assert one_call(caller.bye(20.01, by="callee"), callee, carol.bye(20, by="callee"))["released_by"] == "callee"


def test_blind_by_the_caller() -> None:
    """Alice sends bob on to carol: the PBX dials carol for bob (1002) when alice has left."""
    caller, callee = bridged()
    refer(caller, 10, "<sip:1003@10.0.0.9>", by="caller").bye(10.1)
    carol = answered(dialled(CAROL, "carol", "1002", "carol"), 10.2, 10.5, 12).bye(20.01)
    call = one_call(caller, callee.bye(20, by="callee"), carol)
    assert (call["from_user"], call["to_user"]) == ("alice", "1002")
    assert (call["end"], call["released_by"]) == (at(20.01) / 1e9, "callee")


def test_attended_joins_the_consultation_when_it_completes() -> None:
    caller, callee = bridged()
    consultation = answered(dialling("1003", BOB, "bob", "consult@x"), 10, 10.2, 12)
    to_carol = answered(dialled(CAROL, "carol", "1002", "to-carol"), 10.1, 10.2, 12)
    to = "<sip:1003@10.0.0.9?Replaces=consult%40x%3Bto-tag%3Dto%3Bfrom-tag%3Dfrom>"
    refer(callee, 15, to, by="callee")
    notify(callee, 15.1, 200, "caller")
    callee.bye(15.2, by="callee"), consultation.bye(15.3)
    call = one_call(caller.bye(30), callee, consultation, to_carol.bye(30.01))
    assert call["legs"] == ["caller", "callee", "consult@x", "to-carol"]
    assert (call["end"], call["released_by"], call["callee"]) == (at(30.01) / 1e9, "caller", "1002")


def test_abandoned_the_consultation_stays_a_call_of_its_own() -> None:
    caller, callee = bridged()
    consultation = answered(dialling("1003", BOB, "bob", "consult@x"), 10, 10.2, 12).bye(15)
    to_carol = answered(dialled(CAROL, "carol", "1002", "to-carol"), 10.1, 10.2, 12).bye(15.1)
    assert len(calls(caller, callee, consultation, to_carol)) == 2


def test_a_refer_that_failed_joins_nothing() -> None:
    caller, callee = bridged()
    consultation = answered(dialling("1003", BOB, "bob", "consult@x"), 10, 10.2, 12)
    refer(callee, 15, "<sip:1003@10.0.0.9?Replaces=consult%40x>", by="callee", status=603)
    assert len(calls(caller, callee, consultation)) == 2
