from __future__ import annotations

from typing import Any

import pytest

from tests.bench.agid.conftest import World, changed
from xivolab.bench.agid.calls import sent
from xivolab.bench.model import Configuration
from xivolab.bench.model.presets import course, small


@pytest.mark.parametrize(
    ("exten", "stripnum", "prefix", "left"),
    [("00612345678", 1, None, "0612345678"), ("0612345678", 1, "33", "33612345678"), ("15", 0, None, "15")],
)
def test_what_leaves(exten: str, stripnum: int, prefix: str | None, left: str) -> None:
    assert sent(exten, stripnum, prefix) == left


@pytest.mark.parametrize(("dialled", "name"), [("881234", "cabines"), ("812345", "mobiles"), ("123456", "divers")])
def test_the_route_of_the_lowest_priority_takes_the_number(world: World, dialled: str, name: str) -> None:
    """New Caledonia: 88XXXX is part of 8XXXXX, and its route comes first."""
    routes = {route.id: route.name for route in course().outcalls}
    for asked in (1, 2):
        channel = world(course())(XIVO_DSTID=asked, XIVO_DSTNUM=dialled).agi("outgoing_user_set_features")
        assert routes[int(channel["XIVO_DSTID"])] == name


def test_priorities_turned_round_give_the_other_route(world: World) -> None:
    plain = course().model_dump()
    plain["outcalls"][0]["priority"] = 3
    channel = world(Configuration.of(plain))(XIVO_DSTID=2, XIVO_DSTNUM="881234").agi("outgoing_user_set_features")
    assert channel["XIVO_DSTID"] == "1"


def test_trunks_in_their_order_with_the_number_each_gets(world: World) -> None:
    plain = small().model_dump()
    plain["custom_trunks"] = [{"name": "boucle", "interface": "Local", "intfsuffix": "@default"}]
    plain["trunks"][0]["calllimit"] = 2
    plain["outcalls"][1]["trunks"] = ["boucle", "operator"]
    channel = world(Configuration.of(plain))(XIVO_DSTID=2, XIVO_DSTNUM="00199001234").agi("outgoing_user_set_features")
    assert [channel[f"XIVO_INTERFACE{n}"] for n in range(3)] == ["Local", "PJSIP/operator", ""]
    assert [channel[f"XIVO_TRUNKSUFFIX{n}"] for n in range(2)] == ["@default", ""]
    assert [channel[f"XIVO_TRUNKLIMIT{n}"] for n in range(2)] == ["", "2"]
    assert channel["XIVO_TRUNKEXTEN1"] == "0199001234"


@pytest.mark.parametrize(
    ("outcallerid", "route", "internal", "number"),
    [
        ("0199005601", "", False, "0199005601"),
        ("default", "0199005600", False, "0199005600"),
        ("default", "", False, "1001"),
        ("0199005601", "0199005600", True, "1001"),
        ("anonymous", "0199005600", False, "anonymous"),
    ],
)
def test_the_number_shown(world: World, outcallerid: str, route: str, internal: bool, number: str) -> None:
    plain = changed(small(), "1001", outcallerid=outcallerid).model_dump()
    plain["outcalls"][1]["internal"] = internal
    plain["outcalls"][1]["patterns"][0]["callerid"] = route
    variables: dict[str, Any] = {
        "XIVO_DSTID": 2,
        "XIVO_DSTNUM": "00199001234",
        "XIVO_USERID": 1,
        "CALLERID(num)": "1001",
    }
    assert world(Configuration.of(plain))(**variables).agi("outgoing_user_set_features")["CALLERID(num)"] == number


def test_an_incoming_number_leads_somewhere_under_a_new_name(world: World) -> None:
    plain = small().model_dump()
    plain["incalls"][0]["callerid"] = {"mode": "prepend", "callerdisplay": "Accueil"}
    variables: dict[str, Any] = {"XIVO_INCALL_ID": 1, "CALLERID(name)": "Marie"}
    channel = world(Configuration.of(plain))(**variables).agi("incoming_did_set_features")
    assert (channel["XIVO_FWD_INCALL_ANSWER_ACTION"], channel["XIVO_FWD_INCALL_ANSWER_ACTIONARG1"]) == ("user", "1")
    assert channel["XIVO_CID_REWRITE"] == "Accueil - Marie"
    assert (channel["XIVO_PATH"], channel["XIVO_EXTENPATTERN"]) == ("incall", "0199005678")


def test_a_conference_and_its_pins(world: World) -> None:
    plain = small().model_dump()
    plain["conferences"][0] |= {"pin": "11", "admin_pin": "22"}
    channel = world(Configuration.of(plain))(XIVO_DSTID=1).agi("incoming_meetme_set_features")
    told = [channel[f"XIVO_MEETME{name}"] for name in ("NAME", "NUMBER", "PIN", "ADMINPIN")]
    assert told == ["salle", "4000", "11", "22"]


def test_an_intercom_calls_others_for_those_who_may(world: World) -> None:
    plain = small().model_dump()
    plain["pagings"] = [
        {"number": "50", "callers": ["1001"], "users": ["1001", "1002", "1003"], "duplex": True, "timeout": 9}
    ]
    names = [line.name for _, line in small().lines()]
    configuration = Configuration.of(plain)
    names = [line.name for _, line in configuration.lines()]
    channel = world(configuration)(XIVO_USERID=1).agi("paging", "50")
    assert (channel["XIVO_PAGING_ALLOWED"], channel["XIVO_PAGING_OPTS"], channel["XIVO_PAGING_TIMEOUT"]) == (
        "1",
        "d",
        "9",
    )
    assert channel["XIVO_PAGING_LINES"] == f"PJSIP/{names[1]}&PJSIP/{names[2]}"
    assert world(configuration)(XIVO_USERID=4).agi("paging", "50")["XIVO_PAGING_ALLOWED"] == "0"
