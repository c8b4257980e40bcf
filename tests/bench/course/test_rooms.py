"""Transfers, parking, conferences, intercom, boss and secretary: rows D13, D17, E36 to E41."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from tests.bench.course.desk import HIGH, Desk
from xivolab.bench.phone import Voice


def test_d13_a_blind_transfer_by_keys(desk: Desk) -> None:
    target = desk.phone("1009")
    call, there = desk.connect(desk.phone("1003"), "1004", desk.phone("1004"))
    there.press("*1")
    desk.logged("pbx-transfer")
    time.sleep(1)
    there.press("1009")
    answered = target.wait_call(12)
    answered.answer()
    desk.talk(call, answered)
    call.hang_up()
    assert desk.cel("BLINDTRANSFER")


def test_d13_an_attended_transfer_by_keys(desk: Desk) -> None:
    target = desk.phone("1009")
    call, there = desk.connect(desk.phone("1003"), "1004", desk.phone("1004"))
    there.press("*2")
    desk.logged("pbx-transfer")
    time.sleep(1)
    there.press("1009")
    answered = target.wait_call(12)
    answered.answer()
    time.sleep(1)
    there.hang_up()
    time.sleep(1)
    desk.talk(call, answered)
    call.hang_up()
    assert desk.cel("ATTENDEDTRANSFER")


def test_d13_who_may_not_transfer_cannot(desk: Desk) -> None:
    desk.phone("1009")
    _, there = desk.connect(desk.phone("1004"), "1009", desk.phone("1009"))
    there.press("*1")
    time.sleep(3)
    assert "pbx-transfer" not in desk.log()


@pytest.mark.parametrize("attended", [False, True])
def test_d13_transfers_by_the_telephone(desk: Desk, attended: bool) -> None:
    target, dave = desk.phone("1009"), desk.phone("1004")
    call, there = desk.connect(desk.phone("1003"), "1004", dave)
    if attended:
        there.hold()
        second, answered = desk.connect(dave, "1009", target)
        assert there.transfer_to(second) == 200
    else:
        assert there.transfer("1009") in (200, 180, 202)
        answered = target.wait_call(12)
        answered.answer()
    time.sleep(1)
    desk.talk(call, answered)


def test_d17_a_call_is_parked_and_taken_elsewhere(desk: Desk) -> None:
    call, there = desk.connect(desk.phone("1003"), "1004", desk.phone("1004"))
    there.transfer("700")
    desk.logged(r"Started music on hold")
    assert max(desk.listen(call).level_dbfs for _ in range(3)) > -50, "music while parked"
    taken = desk.phone("1009").call("701")
    taken.wait_answered()
    desk.talk(call, taken)


@pytest.mark.slow
def test_d17_a_forgotten_call_comes_back(desk: Desk) -> None:
    plain = desk.configuration.model_dump()
    plain["parking"]["parkingtime"] = 5
    desk.use(type(desk.configuration).of(plain))
    dave = desk.phone("1004")
    _, there = desk.connect(desk.phone("1003"), "1004", dave)
    there.transfer("700")
    dave.wait_call(20)


def test_e36_two_in_a_conference_hear_each_other(desk: Desk) -> None:
    one, other = desk.phone("1003").call("4000"), desk.phone("1004").call("4000")
    one.wait_answered()
    other.wait_answered()
    time.sleep(5)
    other.say(Voice(tones=(HIGH,)))
    assert abs(desk.listen(one, 1.5).tone_hz - HIGH) < 5


def test_e36_a_wrong_pin_is_refused_and_the_organiser_known(desk: Desk) -> None:
    call = desk.phone("1003").call("4001")
    call.wait_answered()
    time.sleep(2)
    call.press("99#")
    desk.logged("conf-invalidpin")
    time.sleep(2)
    call.press("22#")
    desk.logged(r"\[admin@meetme:2\] ConfBridge")
    time.sleep(1)
    assert re.search(r"line1003\S*\s+.*A", desk.bench.pbx.ask("confbridge list 4001"))


def test_e37_one_more_than_the_limit_is_refused(desk: Desk) -> None:
    for number in ("1003", "1004", "1009"):
        desk.mark()
        call = desk.phone(number).call("4001")
        call.wait_answered()
        time.sleep(2)
        call.press("11#")
        desk.logged(r"\[user@meetme:1\]")
        time.sleep(1)
    desk.logged("conf-locked|conf-full|maximum|Spawn extension|locked", 8)
    assert "line1009" not in desk.bench.pbx.ask("confbridge list 4001")


def test_e38_telephones_pick_up_by_themselves_and_hear(desk: Desk) -> None:
    bob, dave = desk.phone("1002"), desk.phone("1004")
    call = desk.phone("1001").call("*1150")
    call.wait_answered()
    call.say(Voice(tones=(HIGH,)))
    heard = [bob.wait_call(8), dave.wait_call(8)]
    for there in heard:
        there.wait_answered()
        assert "answer-after=0" in there.invite
        assert abs(desk.listen(there, 1.5).tone_hz - HIGH) < 5
    heard[0].say(Voice(tones=(440,)))
    assert desk.listen(call, 1.5).level_dbfs < -50, "half duplex: nothing comes back"


def test_e38_full_duplex_lets_them_answer(desk: Desk) -> None:
    bob = desk.phone("1002")
    call = desk.phone("1001").call("*1151")
    call.wait_answered()
    there = bob.wait_call(8)
    there.wait_answered()
    time.sleep(2)
    there.say(Voice(tones=(HIGH,)))
    assert abs(desk.listen(call, 1.5).tone_hz - HIGH) < 5


def test_e39_others_may_not_use_the_intercom(desk: Desk) -> None:
    desk.phone("1002")
    call = desk.phone("1003").call("*1150")
    call.wait_answered()
    desk.logged(r"deny@paging")
    assert not desk.phone("1002").calls()


def filtered(desk: Desk, **fields: Any) -> None:
    plain = desk.configuration.model_dump()
    plain["callfilters"][0].update(fields)
    desk.use(type(desk.configuration).of(plain))


SECRETARIES = ("1008", "1009")


@pytest.mark.parametrize(
    ("mode", "first", "then"),
    [
        ("secretary-serial", {"1008"}, {"1009"}),
        ("secretary-simult", {"1008", "1009"}, set()),
        ("all", {"1007", "1008", "1009"}, set()),
        ("bossfirst-serial", {"1007"}, {"1008"}),
        ("bossfirst-simult", {"1007"}, {"1008", "1009"}),
    ],
)
def test_e40_who_rings_and_in_which_order(desk: Desk, mode: str, first: set[str], then: set[str]) -> None:
    filtered(desk, bosssecretary=mode, boss_ringseconds=4)
    phones = {number: desk.phone(number) for number in ("1007", *SECRETARIES)}
    desk.phone("1003").call("1007")
    ringing = {number: phones[number].wait_call(6) for number in first}
    time.sleep(0.5)
    assert {number for number, phone in phones.items() if phone.calls()} == first
    for number in then:
        phones[number].wait_call(10)
    assert ringing


def test_e40_calls_from_outside_are_not_filtered_where_only_internal_ones_are(desk: Desk) -> None:
    plain = desk.configuration.model_dump()
    plain["incalls"][0]["destination"] = "user:1007"
    desk.use(type(desk.configuration).of(plain))
    for number in SECRETARIES:
        desk.phone(number)
    grace = desk.phone("1007")
    desk.outside().call("0359083001")
    grace.wait_call()
    assert not desk.phone("1008").calls()


def test_e41_a_secretary_switches_her_filter(desk: Desk) -> None:
    filtered(desk, secretaries=[{"user": "1008", "ringseconds": 4, "active": False}])
    grace, heidi = desk.phone("1007"), desk.phone("1008")
    desk.phone("1003").call("1007")
    grace.wait_call()
    desk.clear()
    heidi.call("*372").wait_answered()
    desk.clear()
    desk.phone("1003").call("1007")
    heidi.wait_call()
    assert not grace.calls()
