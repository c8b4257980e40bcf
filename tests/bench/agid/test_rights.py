from __future__ import annotations

import pytest

from tests.bench.agid.conftest import World
from xivolab.bench.agid.rights import Right, decide, pattern
from xivolab.bench.model import Configuration
from xivolab.bench.model.presets import small

ALL = Right("X.", allows=False)
MOBILES = Right("06XXXXXXXX", allows=True)


@pytest.mark.parametrize(
    ("number", "scopes", "allowed"),
    [
        ("0612345678", [], True),
        ("0612345678", [[], []], True),
        ("0612345678", [[ALL]], False),
        ("0612345678", [[MOBILES], [ALL]], True),
        ("0145678901", [[MOBILES], [ALL]], False),
        ("0612345678", [[ALL], [MOBILES]], False),
        ("0612345678", [[ALL, MOBILES]], True),
        ("0612345678", [[Right("06X.", allows=True), Right("0612345678", allows=False)]], False),
        ("0612345678", [[Right("06XXXXXXXX", allows=False), MOBILES]], True),
        ("15", [[Right("XX.", allows=False)]], True),
    ],
)
def test_the_nearest_scope_decides_and_in_it_the_most_precise(
    number: str, scopes: list[list[Right]], allowed: bool
) -> None:
    assert decide(number, scopes) == (allowed, "")


def test_a_password_opens_what_is_denied() -> None:
    assert decide("0612345678", [[Right("X.", allows=False, password="12")]]) == (False, "12")
    assert pattern("06XX") == "_06XX"


def with_rights() -> Configuration:
    plain = small().model_dump()
    plain["rights"] = [
        {"name": "deny-all", "authorization": "deny", "extens": ["X."]},
        {"name": "mobiles", "authorization": "allow", "extens": ["006XXXXXXXX"]},
        {"name": "secret", "authorization": "deny", "extens": ["4000"], "passwd": "99"},
    ]
    plain["outcalls"][1]["rights"] = ["deny-all"]
    plain["users"][0]["rights"] = ["mobiles"]
    plain["users"][3]["rights"] = ["secret"]
    plain["groups"][0]["rights"] = []
    return Configuration.of(plain)


@pytest.mark.parametrize(
    ("user", "number", "route", "authorization", "password"),
    [
        (1, "00612345678", 2, "ALLOW", ""),
        (2, "00612345678", 2, "DENY", ""),
        (2, "1001", "", "ALLOW", ""),
        (4, "4000", "", "DENY", "99"),
        ("", "00612345678", 2, "DENY", ""),
    ],
)
def test_rights_of_users_and_routes(
    world: World, user: object, number: str, route: object, authorization: str, password: str
) -> None:
    channel = world(with_rights())(XIVO_USERID=user, XIVO_DSTNUM=number, XIVO_OUTCALL_ID=route).agi(
        "user_set_call_rights"
    )
    assert (channel["XIVO_AUTHORIZATION"], channel["XIVO_PASSWORD"]) == (authorization, password)


def test_a_group_gives_its_rights_to_its_users(world: World) -> None:
    plain = with_rights().model_dump()
    plain["groups"][0]["rights"] = ["mobiles"]
    call = world(Configuration.of(plain))
    told = {
        user: call(XIVO_USERID=user, XIVO_DSTNUM="00612345678", XIVO_OUTCALL_ID=2).agi("user_set_call_rights")
        for user in (2, 5)
    }
    assert {user: channel["XIVO_AUTHORIZATION"] for user, channel in told.items()} == {2: "ALLOW", 5: "DENY"}
    assert told[2].log[0] == "Checking right of user (userid:2) to call number 00612345678"
