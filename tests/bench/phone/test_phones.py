"""Phones hired, found again, changed, and replaced when they crash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bench.ground import Ground
from xivolab.bench.phone import PhoneGoneError, Phones
from xivolab.errors import LabError


def test_a_later_command_finds_the_phones_and_their_calls(lab: Ground) -> None:
    out = lab.hire("alice").call("3001")
    out.wait_answered()
    later = Phones(lab.engine, lab.phones.container)
    later.link.ask(None, "list")

    assert later.setup("alice") == lab.phones.setup("alice")
    assert [call.state for call in later.phones["alice"].calls()] == ["in-call"]
    later.phones["alice"].calls()[0].hang_up()
    later.close()
    assert out.wait_ended() == 200


def test_a_phone_that_crashes_is_noticed_and_the_step_is_done_again(lab: Ground) -> None:
    lab.hire("alice")
    tries: list[str] = []

    def step() -> str:
        phone = lab.phones.phones["alice"]
        out = phone.call("3001")
        out.wait_answered()
        tries.append(out.state)
        if len(tries) == 1:
            phone.kill()
        return phone.call("3001").sip_call_id or "called"

    assert lab.phones.repeat(step)
    assert len(tries) == 2
    assert lab.phones.crashed() == []


def test_a_crash_is_told_with_what_came_before(lab: Ground) -> None:
    phone = lab.hire("bob")
    phone.kill()

    with pytest.raises(PhoneGoneError, match=r"ended by itself \(signal 9\) after: .*gone 0"):
        phone.wait_call()
    with pytest.raises(LabError, match="there is no phone 'bob' here"):
        phone.call("1001")
    assert lab.phones.crashed() == ["bob"]
    assert lab.phones.rehire("bob").is_registered()


def test_a_step_that_fails_by_itself_is_not_repeated(lab: Ground) -> None:
    lab.hire("alice")
    tries: list[int] = []

    def step() -> None:
        tries.append(1)
        raise LabError("no", "step")

    with pytest.raises(LabError, match="step: no"):
        lab.phones.repeat(step)
    assert len(tries) == 1


def test_a_phone_that_falls_silent_says_nothing_more(lab: Ground) -> None:
    alice, bob = lab.hire("alice"), lab.hire("bob")
    out = alice.call("1002")
    incoming = bob.wait_call()
    incoming.answer()
    out.wait_answered()
    alice.drop_dead()
    first = incoming.measure().received
    bob.wait(lambda: True, 0, str)
    incoming.listen(0.5, lab.phones.file("/run/xivolab/silence.wav"))

    assert incoming.measure().received - first <= 2
    alice.come_back()
    out.hang_up()
    assert incoming.wait_ended() == 200


def test_a_wrong_password_is_told_at_once(lab: Ground) -> None:
    wrong = replace(lab.account("carol"), password="mistyped")
    with pytest.raises(LabError, match="carol: not registered: the last answer was 401 Unauthorized"):
        lab.hire("carol", wrong)
    assert lab.phones.phones["carol"].wait_refused() == 401


def test_an_address_of_another_network_is_refused(lab: Ground) -> None:
    with pytest.raises(PhoneGoneError, match=r"does not start: 192\.0\.2\.1 is on none of the networks of the phones"):
        lab.phones.hire("lost", "192.0.2.1")
    lab.phones.dismiss("lost")


def test_a_codec_it_does_not_have_is_named(lab: Ground) -> None:
    with pytest.raises(PhoneGoneError, match="no codec g729 in this phone: it has alaw, ulaw, g722"):
        lab.phones.hire("lost", lab.own_address("alice"), codecs=("g729",), sip_port=5070)
    lab.phones.dismiss("lost")


def test_a_phone_registers_and_unregisters(lab: Ground) -> None:
    phone = lab.hire("bob")
    phone.unregister()
    assert "bob@" not in lab.pbx.ask("database show registrar")
    phone.register()
    assert "bob@" in lab.pbx.ask("database show registrar")


def test_two_accounts_on_one_phone(lab: Ground) -> None:
    lab.phones.hire("desk", f"{lab.subnet}.120", lab.account("alice"), lab.account("carol"))
    desk = lab.phones.phones["desk"]
    bob = lab.hire("bob")
    out = desk.call("1002", account=1)
    incoming = bob.wait_call()
    incoming.answer()

    assert "carol@" in incoming.other or "Carol" in incoming.other
    out.hang_up()
    lab.phones.dismiss("desk")


def test_a_container_without_phones_is_told(lab: Ground) -> None:
    with pytest.raises(LabError):
        _ = Phones(lab.engine, "xivolab-no-such-container").link


def test_a_phone_that_is_switched_off_leaves_its_address(lab: Ground) -> None:
    lab.hire("carol")
    address = lab.phones.setup("carol").address
    container = lab.phones.container
    assert address in lab.engine.execute(container, "ip", "-brief", "address")

    lab.phones.dismiss("carol")

    assert address not in lab.engine.execute(container, "ip", "-brief", "address")
