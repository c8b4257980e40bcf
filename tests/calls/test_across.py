"""A PBX with a foot in each of two networks."""

from __future__ import annotations

from tests.calls.pbx import ALICE, CAROL, answered, calls
from tests.sip.flow import Leg

INSIDE, OUTSIDE = "10.0.0.9", "203.0.113.9"


def legs_of(callee_from: str, delay: float = 0.0) -> tuple[Leg, Leg]:
    caller = answered(Leg(ALICE, INSIDE, "1001", "0123456789", call_id="in"), 0, 0.2, 2.01).bye(9)
    callee = Leg(OUTSIDE, "192.0.2.1", callee_from, "+33123456789", call_id="out")
    return caller, answered(callee, 0.05 + delay, 0.15 + delay, 2 + delay).bye(9.01 + delay)


def test_numbers_and_events_join_what_shares_no_address() -> None:
    assert [call["legs"] for call in calls(*legs_of("0199000000"), hosts={})] == [["in", "out"]]


def test_numbers_alone_do_not() -> None:
    assert len(calls(*legs_of("0199000000", delay=1.5), hosts={})) == 2


def test_two_calls_of_strangers_to_one_number() -> None:
    one = answered(Leg(ALICE, INSIDE, "1001", "1002", call_id="one"), 0, 0.2, 2).bye(9)
    two = answered(Leg(CAROL, OUTSIDE, "1003", "1002", call_id="two"), 0.5, 1.2, 3).bye(7)
    assert len(calls(one, two, hosts={})) == 2
