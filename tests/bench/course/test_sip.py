"""SIP itself: rows B22, C6, C15, C20, C21, E13."""

from __future__ import annotations

import time

import pytest

from tests.bench.course.desk import Desk


def test_c6_one_call_more_than_the_trunk_may_have_never_leaves(desk: Desk) -> None:
    operator = desk.outside()
    for number in ("1001", "1002"):
        desk.phone(number).call("15")
        operator.wait_call()
    desk.mark()
    call = desk.phone("1003").call("15")
    call.wait_answered()
    desk.logged(r"\[limit@outcall:1\]")
    assert len(operator.calls()) == 2


def test_c20_only_the_trunk_s_address_calls_without_a_password(desk: Desk) -> None:
    call, _ = desk.connect(desk.outside(), "0359083091", desk.phone("1002"))
    call.hang_up()
    assert desk.outside("0199009999", place=201).call("0359083091").wait_ended() == 401


def test_b22_the_pbx_names_itself_as_configured(desk: Desk) -> None:
    _, there = desk.connect(desk.phone("1003"), "1004", desk.phone("1004"))
    assert "User-Agent: Banc XiVO" in there.invite


@pytest.mark.parametrize(("mode", "keys"), [("rfc2833", "rfc4733"), ("info", "info"), ("inband", "inband")])
def test_c15_e13_keys_are_heard_in_each_way(desk: Desk, mode: str, keys: str) -> None:
    plain = desk.configuration.model_dump()
    plain["users"][11]["lines"][0]["options"] = {"dtmfmode": mode}
    desk.use(type(desk.configuration).of(plain))
    bob = desk.phone("1002")
    call = desk.phone("1012").call("600")
    call.wait_answered()
    time.sleep(1.5)
    call.press("1", keys)  # type: ignore[arg-type]
    bob.wait_call(20)


@pytest.mark.parametrize("send", ["yes", "pai"])
def test_c21_the_caller_is_told_in_a_header_of_its_own(desk: Desk, send: str) -> None:
    plain = desk.configuration.model_dump()
    plain["users"][11]["lines"][0]["options"] = {"sendrpid": send}
    desk.use(type(desk.configuration).of(plain))
    _, there = desk.connect(desk.phone("1003"), "1012", desk.phone("1012"))
    header = "Remote-Party-ID" if send == "yes" else "P-Asserted-Identity"
    assert f'{header}: "Carol" <sip:1003@' in there.invite
