"""Calls whose INVITEs nobody saw."""

from __future__ import annotations

from tests.calls.pbx import bridged, calls
from tests.sip.flow import Leg


def begun_before(*legs: Leg) -> None:
    for leg in legs:
        leg.rows = leg.rows[5:]


def test_the_bye_handed_on_joins_the_legs_and_the_pbx_dialled_the_callee() -> None:
    caller, callee = bridged()
    caller.bye(9.01, by="callee"), callee.bye(9, by="callee")
    begun_before(caller, callee)
    (call,) = calls(caller, callee)
    assert (call["legs"], call["state"], call["partial"]) == (["caller", "callee"], "completed", True)
    assert call["released_by"] == "callee"


def test_byes_far_apart_join_nothing() -> None:
    caller, callee = bridged()
    caller.bye(9), callee.bye(12)
    begun_before(caller, callee)
    assert len(calls(caller, callee)) == 2


def test_the_refresh_of_a_session_alone() -> None:
    caller, callee = bridged()
    caller.request(9, "UPDATE"), callee.request(9, "UPDATE")
    begun_before(caller, callee)
    assert [(call["state"], call["end"]) for call in calls(caller, callee)] == [("in-call", None)] * 2
