"""Users, their lines, forwards and boxes: rows D14, D15, E1 to E9, E13, E14, B29, B30."""

from __future__ import annotations

import re
import time

import pytest

from tests.bench.course.desk import Desk
from xivolab.bench.phone import Voice
from xivolab.errors import LabError


def test_e1_e2_no_answer_comes_after_the_ring_time(desk: Desk) -> None:
    there = desk.phone("1007")
    desk.phone("1008")
    call = desk.phone("1009").call("1007")
    incoming = there.wait_call()
    began = time.monotonic()
    incoming.wait_ended(15)
    assert abs(time.monotonic() - began - 5) < 1.5
    call.wait("in-call", "ended")
    assert re.search(r"Goto \(user,NOANSWER,1\)", desk.log())


def test_e2_one_call_at_a_time_then_busy(desk: Desk) -> None:
    bob, carol = desk.phone("1002"), desk.phone("1003")
    desk.connect(desk.phone("1001"), "1003", carol)
    desk.phone("1004").call("1003")
    bob.wait_call()
    assert "BUSY@user" in desk.places()


def test_e2_the_user_field_stands_in_the_journal(desk: Desk) -> None:
    call, there = desk.connect(desk.phone("1001"), "1004", desk.phone("1004"))
    desk.talk(call, there)
    call.hang_up()
    desk.cel()
    time.sleep(1.5)
    rows = desk.bench.sql("SELECT user_field, source_exten, answered FROM call_log ORDER BY id DESC LIMIT 1")
    assert rows == [("compta", "1001", True)]


def test_e3_two_lines_of_one_user_ring_together(desk: Desk) -> None:
    plain = desk.configuration.model_dump()
    plain["users"][11]["lines"].append({"number": "1020", "name": "line1020", "secret": "secret1020"})
    desk.use(type(desk.configuration).of(plain))
    first, second = desk.phone("1012"), desk.phone("1020")
    call = desk.phone("1003").call("1012")
    first.wait_call()
    second.wait_call().answer()
    call.wait_answered()
    assert "[s@user:46]" in desk.log()


@pytest.mark.parametrize(
    ("status", "place", "target"), [(486, "BUSY", "1002"), (503, "CONGESTION", None), (603, "CHANUNAVAIL", None)]
)
def test_e4_what_the_telephone_answers_decides(desk: Desk, status: int, place: str, target: str | None) -> None:
    there = desk.phone("1003")
    if target:
        desk.phone(target)
    call = desk.phone("1001").call("1003")
    there.wait_call().reject(status)
    call.wait("in-call", "ended", "ringing")
    desk.logged(rf"\[{place}@user:1\]")
    if target:
        desk.phone(target).wait_call()


def test_e4_no_answer_goes_to_another_user(desk: Desk) -> None:
    carol, dave = desk.phone("1003"), desk.phone("1004")
    call = desk.phone("1001").call("1003")
    carol.wait_call()
    dave.wait_call(12).answer()
    call.wait_answered()
    call.hang_up()
    forwards = desk.cel("XIVO_USER_FWD")
    assert [(row["exten"], row["context"], row["extra"]) for row in forwards] == [
        ("forward_voicemail", "user", '{"extra":" NUM:1003"}')
    ]


def test_e4_e5_a_telephone_that_is_not_registered_has_failed(desk: Desk) -> None:
    call = desk.phone("1001").call("1006")
    call.wait_answered()
    assert "CHANUNAVAIL@user" in desk.places()
    assert desk.listen(call).level_dbfs > -60


def test_e5_without_a_destination_a_message_asks_to_call_again(desk: Desk) -> None:
    desk.phone("1012")
    call = desk.phone("1001").call("1012")
    desk.phone("1012").wait_call().reject(486)
    call.wait_answered()
    desk.logged(r"\[unreachable@user:\d\] Playback\(.*busy-call")


def test_e7_do_not_disturb(desk: Desk) -> None:
    erin = desk.phone("1012")
    erin.call("*25").wait_answered()
    desk.clear()
    desk.mark()
    call = desk.phone("1003").call("1012")
    call.wait_answered()
    assert "DND@user" in desk.places()
    desk.clear()
    erin.call("*25").wait_answered()
    desk.clear()
    desk.phone("1003").call("1012")
    erin.wait_call()


def test_e7_calls_of_who_is_recorded_leave_a_file(desk: Desk) -> None:
    call, there = desk.connect(desk.phone("1003"), "1011", desk.phone("1011"))
    desk.talk(call, there)
    call.hang_up()
    found = re.search(r"MixMonitor\(.*?, \"(/[^\"]+\.wav)", desk.log()) or re.search(
        r'MixMonitor\("[^"]*", "([^"]+)"', desk.log()
    )
    assert found
    size = int(desk.bench.execute("pbx", "sh", "-c", f"wc -c < {found[1]}"))
    assert size > 16000


@pytest.mark.parametrize(
    ("code", "kind", "how"), [("*21", "UNC", None), ("*22", "NOANSWER", "wait"), ("*23", "BUSY", 486)]
)
def test_d14_e8_forwards_by_code_go_before_the_no_answer_tab(desk: Desk, code: str, kind: str, how: object) -> None:
    carol, target = desk.phone("1003"), desk.phone("1009")
    carol.call(f"{code}1009").wait_answered()
    desk.clear()
    desk.mark()
    desk.phone("1001").call("1003")
    if how is not None:
        there = carol.wait_call()
        if how == 486:
            there.reject(486)
    target.wait_call(15)
    assert f"XIVO_FWD_TYPE=USER_{kind}" in desk.log()
    desk.clear()
    carol.call("*20").wait_answered()


def test_d14_a_loop_of_forwards_ends(desk: Desk) -> None:
    plain = desk.configuration.model_dump()
    for number, target in (("1009", "1012"), ("1012", "1009")):
        user = next(user for user in plain["users"] if user["lines"][0]["number"] == number)
        user.update(enableunc=True, destunc=target)
    plain["features"]["maxforwards"] = 4
    desk.use(type(desk.configuration).of(plain))
    call = desk.phone("1001").call("1009")
    call.wait("in-call", "ended", timeout=20)
    assert "exit@user" in desk.places()
    assert desk.places().count("UNC@user") <= 6


def messages(desk: Desk, box: str) -> int:
    """New messages in a box."""
    told = desk.bench.pbx.ask("voicemail show users for default")
    return int(re.search(rf"^default\s+{box}\s.*?(\d+)\s*$", told, re.MULTILINE)[1])  # type: ignore[index]


def test_e9_d15_a_message_is_left_and_heard(desk: Desk) -> None:
    before = messages(desk, "1001")
    desk.phone("1001")
    call = desk.phone("1003").call("1001")
    desk.phone("1001").wait_call().reject(486)
    call.wait_answered()
    assert "1001@default,b" in desk.log()
    call.say(Voice(tones=(440,)))
    desk.logged("Recording the message", 20)
    time.sleep(5)
    call.press("#")
    call.hang_up()
    assert messages(desk, "1001") == before + 1
    desk.mark()
    check = desk.phone("1001").call("*98")
    check.wait_answered()
    time.sleep(2)
    check.press("1234#")
    desk.logged("vm-youhave", 15)


def test_b29_a_box_without_a_password_to_check(desk: Desk) -> None:
    plain = desk.configuration.model_dump()
    plain["users"][1].update(voicemail="1002", enablevoicemail=True)
    desk.use(type(desk.configuration).of(plain))
    desk.mark()
    check = desk.phone("1002").call("*98")
    check.wait_answered()
    desk.logged("vm-youhave", 15)
    assert "vm-password" not in desk.log()


def test_e9_a_message_is_waiting(desk: Desk) -> None:
    assert "1001@default" in desk.bench.pbx.ask("pjsip show endpoint line1001")


@pytest.mark.parametrize(("number", "reached"), [("1010", "1002"), ("1011", "1011")])
def test_e23_schedules_of_users(desk: Desk, number: str, reached: str) -> None:
    desk.phone(number)
    there = desk.phone(reached)
    desk.phone("1003").call(number)
    there.wait_call()


def test_e7_a_hint_shows_who_telephones(desk: Desk) -> None:
    desk.connect(desk.phone("1003"), "1004", desk.phone("1004"))
    told = desk.bench.pbx.ask("core show hint 1004")
    assert "State:InUse" in told


def test_e14_a_line_that_may_come_from_nowhere_is_refused(desk: Desk) -> None:
    plain = desk.configuration.model_dump()
    plain["users"][11]["lines"][0]["options"] = {"permit": ["192.0.2.0/24"]}
    desk.use(type(desk.configuration).of(plain))
    desk.phones.dismiss(*(name for name in list(desk.phones.phones) if name == "1012"))
    desk.mark()
    with pytest.raises(LabError, match="401"):  # PJSIP treats it as somebody it does not know
        desk.phone("1012")
    assert "Not match Endpoint ACL" in desk.log()
