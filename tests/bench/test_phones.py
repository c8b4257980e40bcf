"""What is told to baresip, and what it answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.bench.lines import ALICE, PBX6
from xivolab.bench.phones import Phone, account, netstrings, render


def test_an_account_holds_all_that_makes_a_phone() -> None:
    assert account(Phone(ALICE, transport="tcp")) == (
        '"Alice" <sip:alice@10.77.0.10;transport=tcp>'
        ";auth_pass=lab-secret;audio_codecs=PCMA/8000/1;answermode=manual;regint=600"
    )


def test_an_ipv6_address_stands_in_brackets() -> None:
    assert f"<sip:alice@[{PBX6}];" in account(Phone(ALICE, server=PBX6))


@pytest.mark.parametrize(("server", "listen"), [("10.77.0.10", "10.77.0.11:5060"), (PBX6, "[::]:5060")])
def test_a_phone_listens_where_its_server_answers(server: str, listen: str) -> None:
    assert f"sip_listen {listen}\n" in render(Phone(ALICE, server=server))["config"]


def test_applications_are_loaded_as_applications() -> None:
    config = render(Phone(ALICE))["config"]

    for module in ("account", "contact", "menu", "ctrl_tcp"):
        assert f"module_app {module}.so\n" in config


@given(st.lists(st.binary(max_size=40)), st.integers(min_value=0, max_value=30))
def test_netstrings_come_out_whole_however_the_bytes_are_cut(payloads: list[bytes], missing: int) -> None:
    data = b"".join(b"%d:%s," % (len(payload), payload) for payload in payloads)
    cut = data[: max(0, len(data) - missing)]

    first = netstrings(cut)
    rest = first[-1][1] if first else cut
    second = netstrings(rest + data[len(cut) :])

    assert [payload for payload, _ in first + second] == payloads
