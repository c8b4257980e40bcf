"""Machines, and which of them are servers."""

from __future__ import annotations

from tests.calls.pbx import ALICE, BOB, HOSTS, OPERATOR, PBX
from tests.sip.flow import Leg, capture
from xivolab.calls.places import Places, find_places
from xivolab.sip.index import MessageIndex


def places(*legs: Leg, hosts: dict[str, tuple[str, str]] | None = None) -> Places:
    index = MessageIndex(capture(*legs))
    invites = [row for row in range(len(index)) if index.is_request(row) and index.method[row] == "INVITE"]
    return find_places(index, hosts or {}, [(index.time[row], index.src[row], index.dst[row]) for row in invites])


def test_who_sends_calls_on_is_a_server() -> None:
    found = places(Leg(ALICE, PBX).invite(0), Leg(PBX, BOB, call_id="b").invite(1))
    assert found.is_server(f"{PBX}:5061")
    assert not found.is_server(f"{ALICE}:5060")


def test_a_phone_that_is_called_and_calls_is_none() -> None:
    found = places(
        Leg(BOB, ALICE).invite(0), Leg(ALICE, PBX, call_id="b").invite(10), Leg(ALICE, BOB, call_id="c").invite(1)
    )
    assert found.servers == set()


def test_who_is_registered_with_is_a_server() -> None:
    register = Leg(ALICE, PBX).request(0, "REGISTER", in_dialog=False)
    assert places(register).is_server(f"{PBX}:5060")


def test_who_names_its_software_is_a_server() -> None:
    leg = Leg(ALICE, PBX).invite(0).reply(1, 404, headers="Server: Asterisk PBX 22.1")
    assert places(leg).is_server(f"{PBX}:5060")


def test_the_case_knows_best() -> None:
    found = places(Leg(ALICE, PBX).invite(0), Leg(ALICE, BOB, call_id="b").invite(1), hosts=HOSTS)
    assert not found.is_server(f"{ALICE}:5060")
    assert found.is_server(f"{OPERATOR}:5060")
    assert not found.is_pbx(f"{OPERATOR}:5060")
    assert found.is_pbx(f"{PBX}:5060")


def test_two_addresses_of_one_host_are_one_machine() -> None:
    found = places(hosts={"10.0.0.9": ("pbx", "pbx"), "fd00::9": ("pbx", "pbx")})
    assert found.machine("10.0.0.9:5060") == found.machine("[fd00::9]:5060") == "pbx"


def test_where_all_share_one_ip_the_port_tells_them_apart() -> None:
    found = places(Leg("127.0.0.1:5061", "127.0.0.1:5060").invite(0))
    assert found.machine("127.0.0.1:5061") != found.machine("127.0.0.1:5060")


def test_an_unknown_place_is_no_machine() -> None:
    assert Places().machine(None) is None
    assert not Places().is_server(None)
