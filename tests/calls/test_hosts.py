"""Who is at an address, told or learnt."""

from __future__ import annotations

from typing import Any

import pytest

import xivolab
from tests.calls.pbx import ALICE, BOB, CAROL, OPERATOR, PBX, dialled, dialling
from tests.captures import ROOT, each_of_corpus
from tests.sip.flow import Leg, capture
from xivolab.calls.hosts import find_hosts
from xivolab.evidence.folder import HostInfo, read_folder
from xivolab.sip.index import MessageIndex

CASES = sorted(path.parent for path in (ROOT / "captures").glob("*/case.toml"))


def hosts(*legs: Leg, told: dict[str, HostInfo] | None = None, ends: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    found = find_hosts(MessageIndex(capture(*legs)), told or {}, ends)
    return {row["address"]: row for row in found.table.records()}


def roles(*legs: Leg, **how: Any) -> dict[str, str | None]:
    return {address: row["role"] for address, row in hosts(*legs, **how).items()}


def register(client: str, server: str, user: str, call_id: str, headers: str = "") -> Leg:
    leg = Leg(client, server, user, user, call_id=call_id)
    return leg.request(0, "REGISTER", in_dialog=False, headers=headers)


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_no_learnt_role_contradicts_what_is_known_of_a_sample(folder: Any) -> None:
    told = read_folder(folder)
    case = xivolab.open(*(str(file.path) for file in told.files if file.kind == "capture"))
    assert not case.told_hosts
    rows = list(case.table("hosts").records())
    wrong = [
        (row["address"], row["role"])
        for row in rows
        if row["role"] not in (None, "media") and told.hosts[row["address"]].role != row["role"]
    ]
    if "sip-alg" in (folder / "truth.toml").read_text():
        # A router that rewrites SIP looks, from behind, like the phone itself.
        wrong = [(address, role) for address, role in wrong if (told.hosts[address].role, role) != ("router", "phone")]
    assert wrong == []
    # Who exchanged SIP messages is known, but for one whose every account was refused.
    nameless = [row["address"] for row in rows if row["messages"] and not row["name"]]
    assert nameless == (["10.77.0.13"] if folder.name == "scan" else [])


@each_of_corpus
def test_any_capture_has_hosts_with_names_of_their_own(capture: Any) -> None:
    case = xivolab.open(str(capture))
    names = [row["name"] for row in case.table("hosts").records() if row["name"]]
    assert len(names) == len(set(names))


def test_the_case_knows_best() -> None:
    told = {ALICE: HostInfo("alice", "phone"), PBX: HostInfo("xivo", "pbx")}
    found = hosts(dialling().invite(0), dialled().invite(0.1), told=told)
    assert (found[ALICE]["name"], found[PBX]["name"], found[ALICE]["known_by"]) == ("alice", "xivo", "case")


def test_who_registers_is_a_phone_and_has_the_name_of_its_account() -> None:
    found = hosts(register(ALICE, PBX, "1001", "r1"), register(BOB, PBX, "1002", "r2"))
    assert (found[ALICE]["name"], found[ALICE]["role"], found[ALICE]["known_by"]) == (
        "phone 1001",
        "phone",
        "registers",
    )
    assert (found[PBX]["role"], found[PBX]["known_by"]) == ("pbx", "registrar")


def test_whom_the_pbx_registers_with_is_the_operator() -> None:
    found = roles(register(ALICE, PBX, "1001", "r1"), register(PBX, OPERATOR, "xivo", "r2"))
    assert found == {ALICE: "phone", PBX: "pbx", OPERATOR: "operator"}


def test_who_sends_calls_of_many_numbers_without_registering_is_an_operator() -> None:
    legs = [Leg(OPERATOR, PBX, f"019900123{n}", "1001", call_id=f"in{n}").invite(n) for n in range(3)]
    assert roles(register(ALICE, PBX, "1001", "r1"), *legs)[OPERATOR] == "operator"


def test_a_machine_that_called_once_is_not_guessed() -> None:
    found = hosts(register(ALICE, PBX, "1001", "r1"), Leg(OPERATOR, PBX, "0199001234", "1001", call_id="in").invite(1))
    assert (found[OPERATOR]["role"], found[OPERATOR]["name"]) == (None, None)


def test_a_challenged_caller_is_a_phone() -> None:
    leg = dialling(user="1001").invite(0).reply(0.1, 401, headers="Server: Asterisk PBX")
    found = hosts(leg)
    assert (found[ALICE]["role"], found[ALICE]["known_by"]) == ("phone", "challenged")
    assert found[PBX]["role"] == "pbx"


def test_a_scanner_is_no_phone() -> None:
    leg = register(CAROL, PBX, "100", "r1", headers="User-Agent: friendly-scanner\r\n")
    assert roles(leg)[CAROL] is None


def test_who_tries_many_accounts_has_no_name() -> None:
    found = hosts(*(register(CAROL, PBX, str(n), f"r{n}") for n in range(5)))
    assert (found[CAROL]["role"], found[CAROL]["name"]) == (None, None)


def test_a_router_stands_for_the_phone_behind_it() -> None:
    contact = "Contact: <sip:1001@192.168.1.20:5060>"
    leg = register("192.168.1.20", "203.0.113.9", "1001", "r", headers=contact)
    leg.rows[0]["src"] = "10.0.0.1:5060"
    found = hosts(leg, ends=("192.168.1.20:4000",))
    assert (found["10.0.0.1"]["role"], found["10.0.0.1"]["name"]) == ("router", "router 1001")
    assert (found["192.168.1.20"]["role"], found["192.168.1.20"]["name"]) == ("phone", "phone 1001")


def test_a_proxy_passes_a_call_on_under_its_own_branch_a_router_under_the_same() -> None:
    proxied = Leg(ALICE, CAROL, call_id="a").invite(0), Leg(CAROL, BOB, call_id="a").invite(1)
    assert roles(*proxied)[CAROL] == "proxy"
    routed = Leg(ALICE, BOB, call_id="a").invite(0).again(0.001, src=f"{CAROL}:5060", dst=f"{BOB}:5060")
    routed.rows[0]["dst"] = f"{CAROL}:5060"
    assert roles(routed)[CAROL] == "router"


def test_media_without_sip_has_a_role_and_no_name() -> None:
    found = hosts(dialling().invite(0), ends=("10.0.0.77:4000", f"{ALICE}:4000"))
    assert (found["10.0.0.77"]["role"], found["10.0.0.77"]["name"], found["10.0.0.77"]["streams"]) == ("media", None, 1)
    assert found[ALICE]["streams"] == 1


def test_two_phones_of_one_account_are_told_apart() -> None:
    found = hosts(register(ALICE, PBX, "1001", "r1"), register(BOB, PBX, "1001", "r2"))
    assert (found[ALICE]["name"], found[BOB]["name"]) == ("phone 1001", "phone 1001 #2")


def test_parties_on_one_address_are_told_apart_by_the_port() -> None:
    found = hosts(
        register("127.0.0.1:5070", "127.0.0.1:5060", "1001", "r"), Leg("127.0.0.1:5070", "127.0.0.1:5060").invite(1)
    )
    assert (found["127.0.0.1:5070"]["role"], found["127.0.0.1:5060"]["role"]) == ("phone", "pbx")


def test_no_message_no_host() -> None:
    assert hosts() == {}
