"""Legs that leave the PBX find the caller they were dialled for."""

from __future__ import annotations

from tests.calls.pbx import ALICE, BOB, CAROL, PBX, answered, bridged, calls, dialled, dialling, one_call
from tests.sip.flow import Leg

DAVE = "10.0.0.4"


def joined(*legs: Leg) -> set[tuple[str, ...]]:
    return {tuple(call["legs"]) for call in calls(*legs)}


def test_the_two_legs_of_a_call() -> None:
    assert joined(*bridged()) == {("caller", "callee")}


def test_two_calls_at_the_same_time_by_number() -> None:
    """Alice (1001) and carol (1003) call bob and dave in the same instant; the PBX is slow with alice's call."""
    alice = dialling("1002", ALICE, "1001", "alice").invite(0)
    carol = dialling("1004", CAROL, "1003", "carol").invite(0.001)
    to_dave = dialled(DAVE, "dave", "1003", "dave").invite(0.01)
    to_bob = dialled(BOB, "bob", "1001", "bob").invite(0.5)
    assert joined(alice, carol, to_dave, to_bob) == {("alice", "bob"), ("carol", "dave")}


def test_line_names_are_learned_from_calls_beyond_doubt() -> None:
    """On a XiVO the SIP user is a line name. One call alone teaches that line `knax` calls as 1001."""
    alone = dialling("1002", ALICE, "knax", "first").invite(0).reply(1, 486), dialled(call_id="first-b").invite(0.1)
    alice = dialling("1002", ALICE, "knax", "second").invite(100)
    carol = dialling("1004", CAROL, "0q3f", "third").invite(100.001)
    to_bob = dialled(BOB, "bob", "1001", "second-b").invite(100.4)
    to_dave = dialled(DAVE, "dave", "1003", "third-b").invite(100.3)
    assert joined(*alone, alice, carol, to_bob, to_dave) == {
        ("first", "first-b"),
        ("second", "second-b"),
        ("third", "third-b"),
    }


def test_a_line_shows_one_number_inside_and_another_on_a_trunk() -> None:
    outside = dialling("0123456789", ALICE, "knax", "out").invite(0).reply(1, 486)
    trunk = dialled("192.0.2.1", "0123456789", "0199000000", "trunk").invite(0.1).reply(0.9, 486)
    inside, bob = dialling("1002", ALICE, "knax", "in").invite(50), dialled(BOB, "bob", "1001", "bob").invite(50.1)
    assert joined(outside, trunk, inside, bob) == {("out", "trunk"), ("in", "bob")}


def test_with_no_number_to_go_by_answers_handed_on_decide() -> None:
    def caller(call_id: str, src: str, rings: float, answers: float) -> Leg:
        return answered(dialling("s", src, call_id, call_id), 0, rings, answers)

    def callee(call_id: str, dst: str, rings: float, answers: float) -> Leg:
        return answered(dialled(dst, call_id, "anonymous", call_id), 0.05, rings, answers)

    one, two = caller("one", ALICE, 1.02, 5.02), caller("two", CAROL, 2.02, 3.02)
    assert joined(one, two, callee("a", DAVE, 2, 3), callee("b", BOB, 1, 5)) == {("one", "b"), ("two", "a")}


def test_who_waits_without_a_number_is_not_taken_for_everybody_who_calls_out() -> None:
    """An anonymous call gets no answer that was captured; meanwhile phones behind the PBX call others."""
    for name in ("", "anonymous"):
        waiting = Leg(ALICE, PBX, name, "6800", "anonymous").invite(0)
        out = [
            dialled(BOB, "40820", "4997", "out-1").invite(12).reply(12.1, 180).reply(14, 200),
            dialled(BOB, "12382", "4411", "out-2").invite(20).reply(20.1, 180),
            dialled(BOB, "54018", "4813", "out-3").invite(25),
        ]
        assert joined(waiting, *out) == {("anonymous",), ("out-1",), ("out-2",), ("out-3",)}


def test_who_waits_without_a_number_in_a_queue_is_put_through() -> None:
    waiting = Leg(ALICE, PBX, "anonymous", "6800", "anonymous").invite(0)
    agent = dialled(BOB, "agent", "anonymous", "agent").invite(12).reply(12.1, 180)
    assert joined(waiting, agent) == {("anonymous", "agent")}


def test_time_alone_does_not_join_when_the_numbers_contradict() -> None:
    stranger = dialled(BOB, "1007", "1005", "stranger").invite(0.05)
    assert joined(dialling("1002", ALICE, "1001").invite(0), stranger) == {("caller",), ("stranger",)}


def test_a_leg_much_later_is_the_only_callers_or_needs_more_than_time() -> None:
    one, two = dialling("s", ALICE, "line", "one").invite(0), dialling("s", CAROL, "other", "two").invite(0)
    later = dialled(BOB, "bob", "anonymous").invite(30)
    assert joined(one, later) == {("one", "callee")}
    assert joined(one, two, later) == {("one",), ("two",), ("callee",)}


def test_events_handed_on_prove_a_pair_whose_numbers_contradict() -> None:
    """A dialplan may set any caller id."""
    caller = answered(dialling("3005", ALICE, "1001"), 0, 0.16, 2.01).bye(9)
    callee = answered(dialled(BOB, "bob", "8888"), 0.05, 0.15, 2)
    assert joined(caller, callee.bye(9.01)) == {("caller", "callee")}


def test_parallel_and_serial_phones_of_one_caller() -> None:
    group = dialling("2000").invite(0).reply(0.2, 180)
    legs = [
        dialled(f"10.0.0.{n}", f"line{n}", "1001", f"b{n}").invite(t) for n, t in ((20, 0.05), (21, 0.06), (22, 15))
    ]
    assert joined(group, *legs) == {("caller", "b20", "b21", "b22")}


def test_through_two_pbxs() -> None:
    second = "10.0.0.99"
    between = Leg(PBX, second, "1001", "1002", call_id="between").invite(0.05).reply(0.3, 180)
    last = Leg(second, BOB, "1001", "bob", call_id="last").invite(0.1).reply(0.2, 180)
    assert joined(dialling().invite(0).reply(0.4, 180), between, last) == {("caller", "between", "last")}


def test_a_proxy_is_no_pbx() -> None:
    behind = Leg("10.0.0.5", PBX, call_id="caller", via="\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa").invite(0.01)
    front = Leg(ALICE, "10.0.0.5", call_id="caller").invite(0)
    assert joined(front, behind, dialled().invite(0.05)) == {("caller", "callee")}


def test_a_phone_in_a_call_makes_another_of_its_own() -> None:
    """Bob, called by alice, consults carol: that is another call."""
    caller, callee = bridged()
    consultation = dialling("1003", BOB, "bob", "consultation").invite(10)
    to_carol = dialled(CAROL, "carol", "1002", "to-carol").invite(10.05)
    assert joined(caller, callee, consultation, to_carol) == {("caller", "callee"), ("consultation", "to-carol")}


def test_who_talks_already_is_not_dialled_for_when_another_waits() -> None:
    caller, callee = bridged()
    second = dialling("1003", ALICE, "alice", "second").invite(10)
    assert joined(caller, callee, second, dialled(CAROL, "carol", "1001", "b").invite(10.05)) == {
        ("caller", "callee"),
        ("second", "b"),
    }


def test_an_ended_call_is_dialled_for_no_more() -> None:
    refused = dialling().invite(0).reply(1, 404)
    assert joined(refused, dialled().invite(2)) == {("caller",), ("callee",)}


def test_the_second_leg_of_one_call_id() -> None:
    inner = Leg(PBX, BOB, "1001", "bob", call_id="caller", from_tag="b2bua").invite(0.05).reply(0.2, 180).reply(2, 486)
    call = one_call(dialling().invite(0).reply(0.3, 180).reply(2.1, 486), inner)
    assert (call["legs"], call["state"], call["released_by"]) == (["caller", "caller"], "busy", "callee")


def test_many_calls_at_once_each_find_their_own() -> None:
    """Forty callers in a second, all to one number, told apart by their own."""
    legs: list[Leg] = []
    for n in range(40):
        start, number = n * 0.025, str(2000 + n)
        legs.append(dialling("1002", f"10.1.0.{n}", number, f"a{n}").invite(start))
        legs.append(dialled(BOB, "bob", number, f"b{n}").invite(start + 0.1 + (n * 7 % 5) / 10))
    assert joined(*legs) == {(f"a{n}", f"b{n}") for n in range(40)}
