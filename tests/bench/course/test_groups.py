"""Groups, queues and agents: rows D16, E24, E25, E27 to E35, E42."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.bench.course.desk import Desk


@contextmanager
def logged_in(desk: Desk, *numbers: str) -> Iterator[None]:
    """Agents at their telephones, logged off afterwards."""
    for number in numbers:
        login(desk, number)
    try:
        yield
    finally:
        desk.clear()
        for number in numbers:
            desk.mark()
            desk.phone(number).call(f"*32{number}").wait_answered()
            desk.logged("agent-loggedoff")
            desk.clear()


def login(desk: Desk, number: str) -> None:
    desk.mark()
    call = desk.phone(number).call(f"*31{number}")
    call.wait_answered()
    if number == "1002":
        time.sleep(2)
        call.press("77#")
    desk.logged(r"agent-loginok")
    desk.clear()
    desk.mark()


def journal(desk: Desk) -> list[str]:
    """The events of queue_log, newest last."""
    return [row[0] for row in desk.bench.sql("SELECT event FROM queue_log ORDER BY id DESC LIMIT 6")][::-1]


def test_e24_forwards_of_a_member_do_not_count_in_a_group(desk: Desk) -> None:
    plain = desk.configuration.model_dump()
    plain["users"][1].update(enableunc=True, destunc="1009", enablednd=True)
    desk.use(type(desk.configuration).of(plain))
    bob, dave = desk.phone("1002"), desk.phone("1004")
    call = desk.phone("1003").call("2000")
    there = bob.wait_call()
    dave.wait_call()
    there.answer()
    call.wait_answered()
    desk.talk(call, there)


def test_e25_a_group_rings_all_and_gives_up(desk: Desk) -> None:
    bob, dave, alice = desk.phone("1002"), desk.phone("1004"), desk.phone("1001")
    began = time.monotonic()
    call = desk.phone("1003").call("2000")
    bob.wait_call()
    dave.wait_call()
    alice.wait_call(15)
    assert 5 < time.monotonic() - began < 12
    assert "TIMEOUT@group" in desk.places()
    call.hang_up()


def test_e25_in_order_one_rings_after_the_other_under_the_group_s_name(desk: Desk) -> None:
    bob, dave = desk.phone("1002"), desk.phone("1004")
    desk.phone("1003").call("2001")
    first = bob.wait_call()
    assert '"SAV - Carol"' in first.invite
    assert not dave.calls()
    first.wait_ended(12)
    dave.wait_call(12)


def test_e25_with_music_the_caller_hears_it(desk: Desk) -> None:
    desk.phone("1002")
    call = desk.phone("1003").call("2002")
    call.wait_answered()
    desk.phone("1002").wait_call()
    assert desk.listen(call, 2).level_dbfs > -50
    assert re.search(r"Started music on hold, class 'default'", desk.log())


def test_e25_a_group_without_members_fails(desk: Desk) -> None:
    bob = desk.phone("1002")
    desk.phone("1003").call("2003")
    bob.wait_call(20)


def test_e42_d18_a_colleague_s_call_is_picked_up(desk: Desk) -> None:
    ivan, heidi = desk.phone("1009"), desk.phone("1008")
    call = desk.phone("1003").call("1009")
    ringing = ivan.wait_call()
    taken = heidi.call("*8")
    taken.wait_answered()
    call.wait_answered()
    desk.talk(call, taken)
    ringing.wait_ended()


def test_e42_others_do_not_pick_up(desk: Desk) -> None:
    ivan = desk.phone("1009")
    desk.phone("1003").call("1009")
    ivan.wait_call()
    refused = desk.phone("1004").call("*8")
    refused.wait_ended()
    assert refused.status >= 400


def test_d16_e27_an_agent_logs_in_with_his_password_and_takes_a_call(desk: Desk) -> None:
    with logged_in(desk, "1002"):
        call, there = desk.connect(desk.phone("1003"), "3000", desk.phone("1002"))
        desk.talk(call, there)
        call.hang_up()
        desk.cel()
        time.sleep(0.5)
        assert journal(desk)[-3:] == ["ENTERQUEUE", "CONNECT", "COMPLETECALLER"]


def test_e27_a_wrong_password_is_refused(desk: Desk) -> None:
    call = desk.phone("1002").call("*311002")
    call.wait_answered()
    time.sleep(2)
    call.press("12#")
    desk.logged("wrongpassword@agentstaticlogin")
    assert "Agent/1002" not in desk.bench.pbx.ask("queue show support")


def test_d16_a_paused_agent_gets_no_call(desk: Desk) -> None:
    with logged_in(desk, "1004"):
        desk.phone("1004").call("*341004").wait_answered()
        desk.logged("PauseQueueMember")
        assert "(paused" in desk.bench.pbx.ask("queue show support")
        desk.clear()
        desk.phone("1003").call("3000").wait_answered()
        time.sleep(3)
        assert not desk.phone("1004").calls()
        desk.clear()
        desk.phone("1004").call("*341004").wait_answered()
        desk.logged("UnpauseQueueMember")


def test_e31_static_members_and_agents_stand_differently_in_the_journal(desk: Desk) -> None:
    call, there = desk.connect(desk.phone("1003"), "3001", desk.phone("1008"))
    desk.talk(call, there)
    there.hang_up()
    desk.cel()
    time.sleep(0.5)
    rows = desk.bench.sql("SELECT event, agent FROM queue_log ORDER BY id DESC LIMIT 2")
    assert rows[0] == ("COMPLETEAGENT", "Heidi")


def test_e32_e33_the_longest_wait(desk: Desk) -> None:
    heidi, grace = desk.phone("1008"), desk.phone("1007")
    began = time.monotonic()
    desk.phone("1009").call("3001")
    heidi.wait_call()
    grace.wait_call(15)
    assert 3 < time.monotonic() - began < 9
    assert "TIMEOUT@queue" in desk.places()


def test_e33_e34_a_full_queue(desk: Desk) -> None:
    desk.phone("1008"), desk.phone("1007")
    desk.phone("1003").call("3002").wait_answered()
    desk.phone("1008").wait_call()
    desk.phone("1009").call("3002")
    desk.phone("1007").wait_call(15)
    assert "FULL@queue" in desk.places()
    assert "FULL" in journal(desk)


def test_e33_e34_nobody_can_answer(desk: Desk) -> None:
    desk.phone("1007")
    desk.phone("1009").call("3003")
    desk.phone("1007").wait_call(15)
    assert "JOINEMPTY@queue" in desk.places()


def test_e35_too_many_wait_for_each_agent(desk: Desk) -> None:
    desk.phone("1008"), desk.phone("1007")
    desk.phone("1003").call("3004").wait_answered()
    desk.phone("1008").wait_call()
    desk.phone("1009").call("3004")
    desk.phone("1007").wait_call(15)
    assert "DIVERT@queue" in desk.places()
    assert "DIVERT_CA_RATIO" in journal(desk)


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ({"announce_frequency": 5, "min_announce_frequency": 0, "announce_position": "yes"}, "queue-youarenext"),
        ({"periodic_announce": ["tt-weasels"], "periodic_announce_frequency": 5}, "tt-weasels"),
    ],
)
def test_e30_announcements_are_heard(desk: Desk, option: dict[str, object], told: str) -> None:
    plain = desk.configuration.model_dump()
    plain["queues"][2].update(option, users=[])
    desk.use(type(desk.configuration).of(plain))
    desk.phone("1003").call("3002").wait_answered()
    desk.logged(told, 15)


def test_e29_the_agent_hears_the_announcement_for_members(desk: Desk) -> None:
    plain = desk.configuration.model_dump()
    plain["queues"][2].update(announce="tt-weasels", callerid={"mode": "overwrite", "callerdisplay": "Clients"})
    desk.use(type(desk.configuration).of(plain))
    heidi = desk.phone("1008")
    desk.phone("1003").call("3002").wait_answered()
    there = heidi.wait_call()
    assert '"Clients"' in there.invite
    there.answer()
    desk.logged(r"PJSIP/line1008-\w+> Playing 'tt-weasels")
