"""All evidence together, in its order."""

from __future__ import annotations

from tests.calls.pbx import ALICE, BOB, CAROL, answered, bridged, calls, dialled, dialling


def test_what_messages_say_goes_before_what_is_likely() -> None:
    """The numbers fit alice's call, but the PBX says that it dialled for carol's."""
    alice = dialling("1002", ALICE, "1001", "alice").invite(0)
    carol = dialling("1005", CAROL, "1003", "carol").invite(0)
    told = dialled(BOB, "1002", "1001", "told").invite(0.1, headers="X-Call-ID: carol")
    assert {tuple(call["legs"]) for call in calls(alice, carol, told)} == {("alice",), ("carol", "told")}


def test_a_call_and_the_one_the_pbx_begins_at_the_same_time() -> None:
    caller, callee = bridged()
    first = answered(dialled(CAROL, "1003", "1004", "first"), 0.1, 0.3, 3)
    second = answered(dialled("10.0.0.4", "1004", "1003", "second"), 3.1, 3.3, 6)
    assert {tuple(call["legs"]) for call in calls(caller, callee, first, second)} == {
        ("caller", "callee"),
        ("first", "second"),
    }


def test_every_leg_has_a_role() -> None:
    (call,) = calls(*bridged())
    assert [leg["role"] for leg in call["leg_details"]] == ["caller", "callee"]
