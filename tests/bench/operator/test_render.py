"""The operator's files: what its personality changes in them, and how it knows its customer."""

from __future__ import annotations

import pytest

from xivolab.bench.operator.personality import PERSONALITIES
from xivolab.bench.operator.render import EMERGENCY, Customer, render

DIGEST = Customer("10.80.1.10", "xivo", "secret")
BY_ADDRESS = Customer("10.80.1.10", "xivo", "secret", "ip")


def test_by_digest_the_customer_registers_and_is_asked_for_its_password() -> None:
    pjsip = render(DIGEST, PERSONALITIES["good"])["pjsip.conf"]

    assert "auth = xivo\n" in pjsip
    assert "max_contacts = 1\n" in pjsip


def test_by_address_there_is_no_password_at_all() -> None:
    pjsip = render(BY_ADDRESS, PERSONALITIES["good"])["pjsip.conf"]

    assert "secret" not in pjsip
    assert "contact = sip:10.80.1.10\n" in pjsip


@pytest.mark.parametrize("name", PERSONALITIES)
def test_emergencies_are_answered_whatever_the_personality(name: str) -> None:
    dialplan = render(DIGEST, PERSONALITIES[name])["extensions.conf"]

    for number in EMERGENCY:
        steps = dialplan.partition(f"exten => {number},1,")[2].partition("exten =>")[0]
        assert "Answer()" in steps


def test_only_codecs_and_what_becomes_of_calls_change_with_the_personality() -> None:
    good = render(DIGEST, PERSONALITIES["good"])
    changed = {
        name
        for personality in PERSONALITIES.values()
        for name, text in render(DIGEST, personality).items()
        if good[name] != text
    }

    assert changed == {"pjsip.conf", "extensions.conf"}
