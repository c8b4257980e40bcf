"""Click-to-call: the PBX dials both parties."""

from __future__ import annotations

import xivolab
from tests.calls.pbx import ALICE, BOB, answered, bridged, calls, dialled, one_call
from tests.captures import ROOT


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


def test_such_a_call_says_so() -> None:
    first = answered(dialled(ALICE, "alice", "1002", "first"), 0, 0.2, 3).bye(20, by="callee")
    second = answered(dialled(BOB, "bob", "1001", "second"), 3.1, 3.3, 6).bye(20.01)
    assert one_call(first, second)["originated"]
    assert not one_call(*bridged())["originated"]


def test_a_call_without_any_phone_is_the_same_for_log_and_cel() -> None:
    folder = ROOT / "sample_logs" / "console"
    for files in (["full"], ["cel.csv"], ["full", "cel.csv"]):
        case = xivolab.open(*(folder / name for name in files), tz="UTC")
        one, other = case.table("calls").records()
        assert (one["originated"], other["originated"]) == (False, True), files
        assert (other["state"], other["released_by"], other["answered"]) == ("cancelled", "server", False), files
        assert (other["from_user"], other["caller"], other["callee"], other["status"]) == (None, None, "3100", None), (
            files
        )
