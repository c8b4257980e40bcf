"""The tree of a call's legs."""

from __future__ import annotations

from tests.calls.pbx import ALICE, PBX
from tests.calls.test_leg import leg_of
from tests.sip.flow import Leg as Flow
from xivolab.calls.leg import Leg
from xivolab.calls.tree import adopt, all_legs, groups, root_of


def leg(start: float) -> Leg:
    return leg_of(Flow(ALICE, PBX).invite(start))[1]


def test_the_callers_leg_first_then_by_start() -> None:
    first, second, third, other = leg(0), leg(1), leg(2), leg(0.5)
    adopt(first, third)
    adopt(third, second)
    assert groups([other, third, second, first], []) == [[first, second, third], [other]]
    assert root_of(second) is first


def test_no_leg_becomes_its_own_ancestor() -> None:
    first, second = leg(0), leg(1)
    adopt(first, second)
    adopt(second, first)
    assert (first.parent, second.parent) == (None, first)


def test_a_leg_comes_after_its_tries() -> None:
    first, second = leg(0), leg(1)
    second.challenged = [first]
    assert all_legs([second]) == [first, second]
