"""The numbers of the parties."""

from __future__ import annotations

from tests.calls.pbx import ALICE, dialled, dialling, one_call


def parties(
    caller_headers: str = "", number: str = "1001", callee_headers: str = "", to: str = "1002"
) -> tuple[str, str]:
    caller = dialling(to, ALICE, "knax1wql").invite(0, headers=caller_headers).reply(1, 180, headers=callee_headers)
    callee = dialled(number=number).invite(0.1).reply(0.99, 180).reply(2, 200).ack(2)
    call = one_call(caller.reply(2.01, 200).ack(2.01).bye(9), callee.bye(9.01))
    assert (call["from_user"], call["to_user"]) == ("knax1wql", to)
    return call["caller"], call["callee"]


def test_the_callees_leg_tells_the_number_of_the_callers_line() -> None:
    assert parties() == ("1001", "1002")


def test_an_asserted_identity_goes_first() -> None:
    assert parties("P-Asserted-Identity: <tel:+33199001001>")[0] == "+33199001001"
    assert parties("Remote-Party-ID: <sip:0199001001@pbx>;party=calling")[0] == "0199001001"


def test_who_names_nobody_is_passed_over() -> None:
    assert parties(number="anonymous")[0] == "knax1wql"


def test_a_callee_dialled_by_name_is_told_in_the_answer() -> None:
    assert parties(to="sales", callee_headers="P-Asserted-Identity: <sip:1002@pbx>")[1] == "1002"
    assert parties(to="sales")[1] == "sales"
