"""Click-to-call: the PBX dials both parties."""

from __future__ import annotations

from tests.calls.pbx import ALICE, BOB, answered, calls, dialled, one_call


def test_the_second_leg_begins_when_the_first_answers() -> None:
    first = answered(dialled(ALICE, "alice", "1002", "first"), 0, 0.2, 3).bye(20, by="callee")
    second = answered(dialled(BOB, "bob", "1001", "second"), 3.1, 3.3, 6).bye(20.01)
    call = one_call(first, second)
    assert call["legs"] == ["first", "second"]
    assert (call["from_user"], call["to_user"]) == ("1002", "alice")
    assert (call["caller"], call["callee"]) == ("1001", "1002")
    assert (call["released_by"], call["state"], call["answered_by"]) == ("caller", "completed", "callee")


def test_two_calls_of_the_pbx_that_share_nothing() -> None:
    wake_up = answered(dialled(ALICE, "1001", "5000", "one"), 0, 0.2, 3).bye(9)
    another = answered(dialled(BOB, "1002", "5001", "two"), 3.5, 4, 8).bye(30)
    assert len(calls(wake_up, another)) == 2


def test_the_second_party_does_not_answer() -> None:
    first = answered(dialled(ALICE, "alice", "1002", "first"), 0, 0.2, 3).bye(20)
    second = dialled(BOB, "bob", "1001", "second").invite(3.1).reply(3.3, 180).cancel(20)
    call = one_call(first, second)
    assert (call["answered_by"], call["connected_at"]) == ("server", None)
