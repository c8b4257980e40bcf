"""Contexts, routes, rights and incoming numbers: rows A8, A9, B2, B14, C8, C24, D1 to D9, D11, E43, E44, F1, F3, F8."""

from __future__ import annotations

import re
import time

import pytest

from tests.bench.course.desk import Desk
from xivolab.bench.phone.call import Call


def arrives(desk: Desk, number: str, caller: str, *, answer: bool = False) -> tuple[Call, Call]:
    """A call that reaches the operator."""
    operator = desk.outside()
    call = desk.phone(caller).call(number)
    operator.wait(lambda: operator.calls() or call.state == "ended", 15, lambda: f"{call}: {desk.places()}")
    there = operator.wait_call(1)
    if answer:
        there.answer()
        call.wait_answered()
    return call, there


def dialled(there: Call) -> str:
    """The user part of what the INVITE asks for."""
    return re.match(r"INVITE sip:([^@]+)@", there.invite)[1]  # type: ignore[index]


def shown(there: Call) -> str:
    """The number that the INVITE shows."""
    return re.search(r"^From:.*<sip:([^@>]+)@", there.invite, re.MULTILINE)[1]  # type: ignore[index]


@pytest.mark.parametrize("number", ["15", "112"])
def test_a8_emergencies_are_reached_by_who_may_call_nothing_else(desk: Desk, number: str) -> None:
    refused = desk.phone("1003").call("00612345678")
    assert refused.wait("in-call", "ended") == "in-call", "the refusal is spoken"
    refused.wait_ended()
    assert "noright" in desk.log()
    _, there = arrives(desk, number, "1003")
    assert dialled(there) == number


def test_a9_d1_a_number_of_no_context_is_404(desk: Desk) -> None:
    assert desk.phone("1003").call("1098").wait_ended() == 404


def test_b2_entities_do_not_reach_each_other(desk: Desk) -> None:
    assert desk.phone("1003").call("5001").wait_ended() == 404
    assert desk.phone("5001").call("1003").wait_ended() == 404
    assert desk.phone("5001").call("00612345678").wait_ended() == 404


def test_d2_d3_contexts_are_asked_in_the_order_of_their_inclusion(desk: Desk) -> None:
    desk.connect(desk.phone("1003"), "100", desk.phone("1002"))
    assert "100@default" in desk.places()


def test_d5_a_number_that_comes_whole_is_cut_to_four_digits(desk: Desk) -> None:
    call, there = desk.connect(desk.outside(), "0123456789", desk.phone("1004"))
    desk.talk(call, there)
    assert "6789@from-extern" in desk.places()


def test_d6_the_first_digit_is_stripped_and_the_second_trunk_tried(desk: Desk) -> None:
    call, there = arrives(desk, "00612345678", "1002", answer=True)
    assert dialled(there) == "0612345678"
    desk.talk(call, there)
    call.hang_up()
    assert [row["exten"] for row in desk.cel("XIVO_OUTCALL")] == ["dial"]


def test_d6_the_user_s_outgoing_number_is_shown(desk: Desk) -> None:
    assert shown(arrives(desk, "15", "1001")[1]) == "0199005601"
    assert shown(arrives(desk, "15", "1003")[1]) == "1003"


def test_d6_who_wants_to_stay_anonymous_does(desk: Desk) -> None:
    _, there = arrives(desk, "15", "1004")
    assert shown(there) == "anonymous"


@pytest.mark.slow
def test_d6_a_dead_trunk_gives_way_to_the_next(desk: Desk) -> None:
    operator = desk.outside()
    desk.phone("1003").call("612345")
    there = operator.wait_call(timeout=60)
    assert dialled(there) == "612345"
    assert "TRUNKINDEX=1" in desk.log()


@pytest.mark.parametrize("status", [503, 404])
def test_d6_a_trunk_that_refuses_is_told(desk: Desk, status: int) -> None:
    call, there = arrives(desk, "15", "1003")
    there.reject(status)
    call.wait("in-call", "ended")
    desk.logged(r"\[redial@outcall:\d\] Playback\(.*congestion-call")


def test_d7_a_route_is_closed_outside_its_hours(desk: Desk) -> None:
    there = desk.phone("1002")
    desk.phone("1003").call("712345")
    there.wait_call().answer()
    assert "CLOSED@outcall" in desk.places()


@pytest.mark.parametrize(("number", "sent"), [("881234", "9881234"), ("812345", "812345")])
def test_d8_the_route_of_the_lower_priority_takes_the_number(desk: Desk, number: str, sent: str) -> None:
    """New Caledonia: the telephone boxes are part of the mobiles' range."""
    assert dialled(arrives(desk, number, "1003")[1]) == sent


def test_d9_d11_a_right_of_the_user_goes_before_the_route_s(desk: Desk) -> None:
    arrives(desk, "00612345678", "1002")
    assert "allow@xivo-user_rights_check" in desk.places()


def test_d9_a_password_opens_what_is_denied(desk: Desk) -> None:
    there = desk.phone("1004")
    call = desk.phone("1005").call("1004")
    call.wait_answered()
    time.sleep(2)
    call.press("99#")
    there.wait_call()


def test_d9_a_wrong_password_does_not(desk: Desk) -> None:
    call = desk.phone("1005").call("1004")
    call.wait_answered()
    time.sleep(2)
    for count in range(1, 4):
        call.press("12#")
        if count < 3:
            desk.logged(rf"(?s)(auth-incorrect.*){{{count}}}")
            time.sleep(2)
    call.wait_ended(40)
    assert "Dial(" not in desk.log()


def test_e43_a_number_leads_where_it_should(desk: Desk) -> None:
    call, there = desk.connect(desk.outside(), "0359083001", desk.phone("1001"))
    assert '"SDA - 0199001234"' in there.invite
    desk.talk(call, there)
    call.hang_up()
    assert [row["extra"] for row in desk.cel("XIVO_INCALL")] == ['{"extra":"0359083001"}']


@pytest.mark.parametrize(("number", "user"), [("0359083091", "1002"), ("0359083093", "1004")])
def test_e44_the_most_precise_number_wins(desk: Desk, number: str, user: str) -> None:
    desk.connect(desk.outside(), number, desk.phone(user))


@pytest.mark.parametrize("number", ["0359083092", "0359083099"])
def test_e44_the_rest_of_the_pattern_leads_nowhere(desk: Desk, number: str) -> None:
    assert desk.outside().call(number).wait_ended() >= 400


def test_e43_each_destination_is_reached(desk: Desk) -> None:
    wanted = {
        "0359083003": "ConfBridge(",
        "0359083004": "vm-goodbye",
        "0359083006": "VoiceMail(",
        "0359083010": "tt-weasels",
        "0359083011": "Busy(",
        "0359083012": "VoiceMailMain(",
        "0359083013": "Authenticate(",
    }
    for number, application in wanted.items():
        desk.mark()
        call = desk.outside().call(number)
        call.wait_answered()
        desk.logged(re.escape(application))
        call.hang_up()


def test_e43_a_group_a_queue_and_an_extension_ring(desk: Desk) -> None:
    for number, user in (("0359083007", "1002"), ("0359083008", "1008"), ("0359083009", "1004")):
        desk.phone("1004"), desk.phone("1002")
        call, _ = desk.connect(desk.outside(), number, desk.phone(user))
        call.hang_up()
        desk.clear()


def test_e6_disa_lets_who_knows_the_pin_dial_on(desk: Desk) -> None:
    there = desk.phone("1004")
    call = desk.outside().call("0359083005")
    call.wait_answered()
    time.sleep(2)
    call.press("1234#")
    desk.logged(r"DISA\(")
    time.sleep(1)
    call.press("1004")
    there.wait_call(20)


def test_e23_a_bank_holiday_closes_what_is_open(desk: Desk) -> None:
    desk.connect(desk.outside(), "0359083002", desk.phone("1004"))
    assert "CLOSED@did" in desk.places()


def test_f1_the_local_loop_plays_its_message(desk: Desk) -> None:
    call = desk.phone("1003").call("621234")
    call.wait_answered()
    assert desk.listen(call).level_dbfs > -60
    call.hang_up()
    assert any(row["channame"].startswith("Local/") for row in desk.cel("CHAN_START"))


def test_f3_a_global_subroutine_is_called(desk: Desk) -> None:
    for number in ("1002", "1004"):
        desk.phone(number)
    call = desk.phone("1001").call("*1150")
    call.wait_answered()
    call.hang_up()
    assert [row["extra"] for row in desk.cel("CLIENT_PAGING")] == ['{"extra":"50"}']


@pytest.mark.parametrize(("key", "user"), [("1", "1002"), ("", "1004")])
def test_f7_a_small_menu_answers_keys_and_silence(desk: Desk, key: str, user: str) -> None:
    there = desk.phone(user)
    call = desk.phone("1003").call("600")
    call.wait_answered()
    time.sleep(1.5)
    if key:
        call.press(key)
    there.wait_call(20)


def test_f8_a_number_with_plus_33_becomes_national(desk: Desk) -> None:
    configuration = desk.configuration.model_copy(deep=True)
    configuration.trunks[0].context = "from-extern-bouygues"
    desk.use(configuration)
    desk.connect(desk.outside(), "+33359083091", desk.phone("1002"))
