from __future__ import annotations

from typing import Any

import pytest

from tests.bench.agid.conftest import World, changed
from xivolab.bench.model import Configuration
from xivolab.bench.model.presets import course, small


def test_the_variables_of_the_courses_call(world: World) -> None:
    channel = world(course())(XIVO_DSTID=167, XIVO_USERID=170, XIVO_DSTNUM="70060").agi("incoming_user_set_features")
    assert channel["XIVO_INTERFACE"] == "PJSIP/knax1wql"
    assert (channel["XIVO_DST_REDIRECTING_NUM"], channel["XIVO_DST_REDIRECTING_NAME"]) == ("70060", "Debierre Portier ")
    assert (channel["XIVO_RINGSECONDS"], channel["XIVO_CALLOPTIONS"], channel["XIVO_ENABLEDND"]) == ("30", "", "0")
    assert (channel["XIVO_PATH"], channel["XIVO_PATH_ID"]) == ("user", "167")


def incoming(world: World, configuration: Configuration, user: int = 1, **variables: object) -> Any:
    return world(configuration)(XIVO_DSTID=user, XIVO_CONTEXT="default", **variables).agi("incoming_user_set_features")


def test_forwards_of_the_user_go_before_his_no_answer_tab(world: World) -> None:
    own = changed(
        small(),
        "1001",
        noanswer="user:1003",
        busy="hangup",
        enablerna=True,
        destrna="1002",
        enableunc=True,
        destunc="1004",
    )
    channel = incoming(world, own)
    told = [
        channel[f"XIVO_FWD_USER_{kind}_{part}"]
        for kind in ("NOANSWER", "BUSY", "UNC")
        for part in ("ACTION", "ACTIONARG1", "ACTIONARG2")
    ]
    assert told == ["extension", "1002", "default", "endcall:hangup", "", "", "extension", "1004", "default"]
    assert channel["XIVO_ENABLEUNC"] == "1"


def test_what_both_may_do_during_the_call(world: World) -> None:
    both = changed(
        changed(small(), "1001", enablexfer=True, incallfilter=True), "1002", enablexfer=True, enableonlinerec=True
    )
    assert incoming(world, both, XIVO_USERID=2)["XIVO_CALLOPTIONS"] == "tTXp"
    assert incoming(world, both)["XIVO_CALLOPTIONS"] == "tp"


def test_calls_of_who_is_recorded_are_recorded(world: World) -> None:
    channel = incoming(
        world, changed(small(), "1002", callrecord=True), XIVO_USERID=2, XIVO_SRCNUM="1002", XIVO_DSTNUM="1001"
    )
    assert channel["XIVO_CALLRECORDFILE"] == "/var/spool/asterisk/monitor/user-1002-1001-1756309232.14.wav"
    assert incoming(world, small(), XIVO_USERID=2)["XIVO_CALLRECORDFILE"] == ""


def test_all_lines_of_a_user_ring(world: World) -> None:
    plain = small().model_dump()
    plain["users"][0]["lines"].append({"number": "1050", "name": "zzzzzzzz", "secret": "s"})
    plain["users"][0]["lines"].append({"number": "1051", "interface": "Local/0612345678@default"})
    channel = incoming(world, Configuration.of(plain))
    first = plain["users"][0]["lines"][0]["name"]
    assert channel["XIVO_INTERFACE"] == f"PJSIP/{first}&PJSIP/zzzzzzzz&Local/0612345678@default"


def test_the_box_of_a_user(world: World) -> None:
    channel = incoming(world, small())
    assert (channel["XIVO_ENABLEVOICEMAIL"], channel["XIVO_MAILBOX"], channel["XIVO_MAILBOX_CONTEXT"]) == (
        "1",
        "1001",
        "default",
    )
    channel = world(small())(XIVO_USERID=2).agi("user_get_vmbox", "")
    assert (channel["XIVO_MAILBOX"], channel["XIVO_VMMAIN_OPTIONS"]) == ("1002", "")
    assert world(small())(XIVO_USERID=5).agi("user_get_vmbox", "").place["CONTEXT"] == "agi_fail"


def filtered(**fields: Any) -> Configuration:
    plain = small().model_dump()
    secretaries = [
        {"user": "1002", "ringseconds": 11, "active": True},
        {"user": "1003", "ringseconds": 12, "active": False},
    ]
    plain["callfilters"] = [
        {
            "name": "f",
            "boss": "1001",
            "secretaries": secretaries,
            "noanswer": "voicemail:1001",
            "ringseconds": 25,
            **fields,
        }
    ]
    return Configuration.of(plain)


def test_a_filter_sends_calls_to_the_secretaries_whose_filter_is_on(world: World) -> None:
    channel = incoming(world, filtered(bosssecretary="bossfirst-serial"), XIVO_USERID=4, XIVO_CALLORIGIN="intern")
    assert (channel["XIVO_CALLFILTER"], channel["XIVO_CALLFILTER_MODE"]) == ("1", "bossfirst-serial")
    assert channel["XIVO_CALLFILTER_SECRETARY0_TIMEOUT"] == "11"
    assert channel["XIVO_CALLFILTER_SECRETARY1_INTERFACE"] == ""
    assert channel["XIVO_FWD_CALLFILTER_NOANSWER_ACTION"] == "voicemail"
    assert channel["XIVO_CALLFILTER_TIMEOUT"] == "25"


@pytest.mark.parametrize(
    ("fields", "caller", "origin", "filters"),
    [
        ({}, 4, "intern", True),
        ({}, 2, "intern", False),  # a secretary
        ({}, 3, "intern", False),  # a secretary whose filter is off
        ({"callfrom": "external"}, 4, "intern", False),
        ({"callfrom": "external"}, "", "extern", True),
        ({"callfrom": "internal"}, "", "extern", False),
        ({"secretaries": [{"user": "1002"}]}, 4, "intern", False),  # off
    ],
)
def test_whose_calls_are_filtered(
    world: World, fields: dict[str, Any], caller: object, origin: str, filters: bool
) -> None:
    channel = incoming(world, filtered(**fields), XIVO_USERID=caller, XIVO_CALLORIGIN=origin)
    assert channel["XIVO_CALLFILTER"] == ("1" if filters else "")


def test_the_ring_tone_is_the_telephones_own() -> None:
    from tests.bench.agid.console import Channel

    log: list[str] = []

    class Said:
        def verbose(self, text: str) -> None:
            log.append(text)

        def get(self, name: str) -> str:
            return Channel("", XIVO_RINGTYPE="")[name]

    from xivolab.bench.agid.users import ring_tone

    ring_tone(Said(), None)  # type: ignore[arg-type]
    assert log == ["Using the native phone ring tone"]
