"""What is told to a phone's process, and read back by a later command."""

from __future__ import annotations

import json

import pytest

from xivolab.bench.phone import Account, Voice
from xivolab.bench.phone.account import Setup


@pytest.mark.parametrize(
    ("registrar", "domain"),
    [
        ("10.85.0.10", "10.85.0.10"),
        ("10.85.0.10:5070", "10.85.0.10"),
        ("[fd85::10]:5060", "[fd85::10]"),
        ("sip.lan", "sip.lan"),
        ("[fd85::10]", "[fd85::10]"),
    ],
)
def test_a_port_of_the_registrar_is_none_of_the_domain(registrar: str, domain: str) -> None:
    assert Account("kx3v9a2m", "secret", registrar).as_json()["domain"] == domain


def test_the_name_to_authenticate_with_is_the_line_unless_said() -> None:
    assert Account("kx3v9a2m", "secret", "pbx").as_json()["auth_user"] == "kx3v9a2m"
    assert Account("kx3v9a2m", "secret", "pbx", auth_user="other").as_json()["auth_user"] == "other"


def test_a_phone_has_the_transports_of_its_accounts_and_udp() -> None:
    setup = Setup("10.85.0.101", (Account("a", "s", "pbx", transport="tls"), Account("b", "s", "pbx", transport="tcp")))

    assert setup.as_json("x")["transports"] == ["tcp", "tls", "udp"]


@pytest.mark.parametrize(("codecs", "rate"), [(("alaw", "gsm"), 8000), (("alaw", "g722"), 16000)])
def test_it_works_in_wideband_only_where_a_codec_is(codecs: tuple[str, ...], rate: int) -> None:
    assert Setup("10.85.0.101", codecs=codecs).as_json("x")["clock_rate"] == rate


def test_a_set_up_comes_back_as_it_was() -> None:
    account = Account("a", "s", "pbx", sdp_changes=(("PCMA", "G729"),), srtp="required")
    setup = Setup("10.85.0.101", (account,), codecs=("ulaw",), voice=Voice(tones=(440, 480)), tls={"ca": "PEM"})

    assert Setup.from_json(json.loads(json.dumps(setup.as_json("x")))) == setup
