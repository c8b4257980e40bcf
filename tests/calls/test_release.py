"""Who hung up, and the cause."""

from __future__ import annotations

import pytest

from tests.calls.pbx import BOB, CAROL, answered, bridged, calls, dialled, dialling, one_call
from tests.sip.flow import Leg, capture
from xivolab.calls import build
from xivolab.calls.media import StreamRows
from xivolab.sip import analyse


def test_the_owner_of_the_leg_on_which_the_pbx_received_the_first_bye() -> None:
    caller, callee = bridged()
    assert one_call(caller.bye(9), callee.bye(9.01))["released_by"] == "caller"
    caller, callee = bridged()
    assert one_call(caller.bye(9.01, by="callee"), callee.bye(9, by="callee"))["released_by"] == "callee"


def test_the_pbx_when_it_sent_the_first_bye_on_both_legs() -> None:
    caller, callee = bridged()
    assert one_call(caller.bye(9, by="callee"), callee.bye(9.01))["released_by"] == "server"
    caller, callee = bridged()
    assert one_call(caller.bye(9.01, by="callee"), callee.bye(9))["released_by"] == "server"


def test_with_one_leg_visible_a_bye_of_the_pbx_tells_nothing() -> None:
    assert one_call(answered(dialling(), 0, 0.1, 2).bye(9, by="callee"))["released_by"] is None
    assert one_call(answered(dialling(), 0, 0.1, 2).bye(9))["released_by"] == "caller"
    assert one_call(answered(dialled(), 0, 0.1, 2).bye(9))["released_by"] is None
    assert one_call(answered(dialled(), 0, 0.1, 2).bye(9, by="callee"))["released_by"] == "callee"


@pytest.mark.parametrize("by", ["caller", "callee"])
def test_without_a_pbx_the_sender_of_the_first_bye(by: str) -> None:
    direct = answered(Leg("10.0.0.1", BOB, call_id="direct"), 0, 0.1, 2)
    assert one_call(direct.bye(9, by=by), hosts={})["released_by"] == by


def test_a_call_that_was_not_answered() -> None:
    ringing = dialling().invite(0).reply(0.2, 180)
    assert one_call(ringing.cancel(5))["released_by"] == "caller"
    busy = dialling().invite(0).reply(2.1, 486)
    assert one_call(busy, dialled().invite(0.1).reply(2, 486))["released_by"] == "callee"
    timeout = dialling().invite(0).reply(20.1, 603)
    assert (
        one_call(timeout, dialled().invite(0.1).reply(1, 180).cancel(20).reply(20.01, 487))["released_by"] == "server"
    )
    assert one_call(dialling().invite(0).reply(0.1, 404))["released_by"] == "server"
    assert one_call(dialling().invite(0).reply(0.1, 180))["released_by"] is None


def test_refused_by_every_phone_is_by_the_callee_else_the_pbx_gave_up() -> None:
    group = dialling("2000").invite(0).reply(0.2, 180).reply(20, 603)
    one = dialled().invite(0.1).reply(0.2, 180).reply(5, 486)
    two = dialled(CAROL, "carol", call_id="c").invite(0.1).reply(0.2, 180).reply(6, 603)
    assert one_call(group, one, two)["released_by"] == "callee"
    two.rows.pop()
    assert one_call(group, one, two.cancel(20).reply(20.01, 487))["released_by"] == "server"


def test_a_caller_who_stays_with_the_server_after_the_callee_left() -> None:
    caller = answered(dialling("3001"), 0, 0.1, 0.2)
    agent = answered(dialled(), 5, 6, 7).bye(30, by="callee")
    assert one_call(caller.bye(60, by="callee"), agent)["released_by"] == "server"
    caller.rows[-2:] = []
    assert one_call(caller.bye(60), agent)["released_by"] == "caller"


def test_an_order_told_by_two_clocks_is_no_order() -> None:
    caller, callee = bridged()
    caller.bye(9), callee.bye(9.01)
    raw = capture(caller, callee)
    index = {leg: n for n, leg in enumerate(("caller", "callee"))}
    for row, data in enumerate(raw.data):
        raw.file[row] = index["callee" if b"Call-ID: callee" in data else "caller"]
    call = build(analyse(raw), StreamRows((), (), (), (), (), ())).calls
    assert call.value("released_by", 0) is None


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("Reason: Q.850;cause=16", 16),
        ('Reason: SIP;cause=200;text="Call completed elsewhere", Q.850;cause=26', 26),
        ("Reason: SIP;cause=200\nReason: Q.850 ; cause = 31", 31),
        ("Reason: SIP;cause=480", None),
        ("X: y", None),
    ],
)
def test_the_cause_told_in_a_reason_header(reason: str, cause: int | None) -> None:
    caller, callee = bridged()
    assert one_call(caller.bye(9, headers=reason), callee.bye(9.01))["cause"] == cause


def test_the_cause_of_a_refusal() -> None:
    (call,) = calls(dialling().invite(0).reply(1, 486, headers="Reason: Q.850;cause=17"))
    assert call["cause"] == 17
