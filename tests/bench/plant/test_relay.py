"""A phone of the room through the door: registered, called, calling, heard both ways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench.plant.room_phone import RoomPhone
from xivolab.bench.plant import exposure
from xivolab.bench.plant.bench import Bench

PORT = 25064


@pytest.fixture(scope="module")
def room(bench: Bench) -> Iterator[Bench]:
    """The bench, open, with phones of its own on two desks."""
    bench.up(phones=2)
    exposure.expose(bench, "127.0.0.1", 120, PORT)
    yield bench
    exposure.close(bench)
    bench.up(phones=6)


@pytest.fixture
def phone(room: Bench) -> Iterator[RoomPhone]:
    """A phone with the account of 1003."""
    sheet = next(one for one in exposure.sheets(room) if one.number == "1003")
    made = RoomPhone(sheet.line, sheet.password, ("127.0.0.1", PORT))
    yield made
    made.close()


def received(bench: Bench, line: str) -> int:
    """How many packets the PBX had of a line."""
    row = next(row for row in bench.pbx.ask("pjsip show channelstats").splitlines() if line in row)
    return int(row.split("alaw")[1].split()[0])


def test_it_registers_and_calls_and_both_hear(room: Bench, phone: RoomPhone) -> None:
    assert phone.register() == 200
    assert phone.me not in room.pbx.ask("pjsip show contacts"), "the PBX sees the door, not the room"
    there = room.phone("1001")
    there.answers_by_itself("always")
    try:
        assert phone.call("1001") == 200
        came = phone.talk(2)
        had = received(room, phone.line)
        assert phone.hang_up() == 200
    finally:
        there.answers_by_itself("header")
    assert came > 60
    assert had > 60


def test_it_is_called_and_both_hear(room: Bench, phone: RoomPhone) -> None:
    assert phone.register() == 200

    call = room.phone("1002").call("1003")
    phone.wait_and_answer()
    call.wait_answered()
    came = phone.talk(2)
    had = received(room, phone.line)
    call.hang_up(wait=False)

    assert came > 60
    assert had > 60


def test_a_wrong_password_stays_wrong(room: Bench) -> None:
    sheet = next(exposure.sheets(room))
    stranger = RoomPhone(sheet.line, "guessed", ("127.0.0.1", PORT))
    assert stranger.register() in (401, 403)
    stranger.close()
