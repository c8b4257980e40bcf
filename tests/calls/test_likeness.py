"""Evidence that one leg was dialled for another."""

from __future__ import annotations

from tests.calls.pbx import ALICE, BOB, PBX, answered
from tests.calls.test_leg import leg_of
from tests.sip.flow import Leg as Flow
from xivolab.calls.leg import Leg
from xivolab.calls.likeness import Aliases, likeness, likeness_of_events, likeness_of_numbers


def parent(user: str = "1001", to: str = "1002", rings: float = 0.22, answers: float = 2.02) -> Leg:
    return leg_of(answered(Flow(ALICE, PBX, user, to), 0, rings, answers))[1]


def child(number: str = "1001", to: str = "1002", start: float = 0.05, answers: float = 2) -> Leg:
    return leg_of(answered(Flow(PBX, BOB, number, to), start, start + 0.15, answers))[1]


def weighed(one: Leg, other: Leg, linked: bool = False) -> float:
    return likeness(one, other, Aliases(), linked=linked) or 0.0


def test_both_numbers_are_worth_more_than_one() -> None:
    assert (
        weighed(parent(), child())
        > weighed(parent(), child(to="bob"))
        > weighed(parent("alice", "s"), child(to="bob"))
        > 0
    )


def test_numbers_that_contradict_rule_it_out_unless_something_else_proves_it() -> None:
    apart = parent(rings=5, answers=9)
    assert likeness(apart, child("1005", "1007"), Aliases()) is None
    assert likeness(apart, child("1005", "bob"), Aliases()) is None
    assert weighed(apart, child("1005", "1007"), linked=True) > 0
    assert weighed(parent(), child("1005", "1007")) > 0


def test_another_caller_id_to_the_same_number_is_a_trunk() -> None:
    assert weighed(parent("1001", "00123456789"), child("0199000000", "+33123456789")) > 2


def test_an_answer_handed_on_at_once() -> None:
    assert likeness_of_events(parent(), child()) > likeness_of_events(parent(answers=2.4), child())
    assert (
        likeness_of_events(parent(answers=1.5), child()) < likeness_of_events(parent(answers=9), child(answers=2)) + 1
    )


def test_nearness_orders_what_nothing_else_does() -> None:
    anonymous = child("anonymous", "bob", start=0.05), child("anonymous", "bob", start=0.9)
    assert weighed(parent("line", "s"), anonymous[0]) > weighed(parent("line", "s"), anonymous[1])


def test_what_was_learned_counts_like_a_number() -> None:
    aliases = Aliases()
    aliases.learn(parent("knax"), child("1001", "bob"))
    assert (likeness_of_numbers(parent("knax", "s"), child("1001", "x"), aliases) or 0) > 0
    assert likeness_of_numbers(parent("knax", "s"), child("1009", "x"), aliases) == 0
    assert aliases.names_of(frozenset({"1001"})) == {"knax"}
