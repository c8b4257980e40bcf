from __future__ import annotations

from typing import Any

from tests.bench.agid.conftest import World
from xivolab.bench.model import Configuration
from xivolab.bench.model.presets import small


def test_do_not_disturb_goes_on_and_off(world: World) -> None:
    call = world(small())
    told = [call(XIVO_USERID=1).agi("phone_set_feature", "dnd")["XIVO_FEATURE_ENABLED"] for _ in range(3)]
    assert told == ["1", "0", "1"]
    assert call(XIVO_USERID=1).agi("phone_get_features")["XIVO_ENABLEDND"] == "1"
    assert call(XIVO_USERID=2).agi("phone_get_features")["XIVO_ENABLEDND"] == "0"


def test_a_forward_keeps_its_number_when_it_goes_off(world: World) -> None:
    call = world(small())
    assert call(XIVO_USERID=1).agi("phone_set_feature", "unc", "1003")["XIVO_FEATURE_ENABLED"] == "1"
    assert call(XIVO_USERID=1).agi("phone_set_feature", "unc", "")["XIVO_FEATURE_ENABLED"] == "0"
    channel = call(XIVO_USERID=1).agi("phone_get_features")
    assert (channel["XIVO_ENABLEUNC"], channel["XIVO_DESTUNC"]) == ("0", "1003")


def test_all_forwards_go_off_at_once(world: World) -> None:
    call = world(small())
    for kind in ("unc", "rna", "busy"):
        call(XIVO_USERID=1).agi("phone_set_feature", kind, "1003")
    call(XIVO_USERID=1).agi("fwdundoall")
    channel = call(XIVO_USERID=1).agi("phone_get_features")
    assert [channel[f"XIVO_ENABLE{kind}"] for kind in ("UNC", "RNA", "BUSY")] == ["0", "0", "0"]


def test_there_is_no_voicemail_to_switch_on_without_a_box(world: World) -> None:
    call = world(small())
    assert call(XIVO_USERID=5).agi("phone_set_feature", "vm")["XIVO_FEATURE_ENABLED"] == "0"
    assert [call(XIVO_USERID=1).agi("phone_set_feature", "vm")["XIVO_FEATURE_ENABLED"] for _ in range(2)] == ["0", "1"]


def test_recording_goes_on_and_off(world: World) -> None:
    call = world(small())
    assert [call(XIVO_USERID=1).agi("phone_set_feature", "callrecord")["XIVO_FEATURE_ENABLED"] for _ in range(2)] == [
        "1",
        "0",
    ]


def test_a_filter_is_switched_by_its_boss_and_its_secretary_only(world: World) -> None:
    plain: dict[str, Any] = small().model_dump()
    plain["callfilters"] = [{"name": "f", "boss": "1001", "secretaries": [{"user": "1002"}, {"user": "1003"}]}]
    call = world(Configuration.of(plain))
    assert call(XIVO_USERID=1).agi("phone_set_feature", "bsfilter", "2")["XIVO_FEATURE_ENABLED"] == "1"
    assert call(XIVO_USERID=2).agi("phone_set_feature", "bsfilter", "2")["XIVO_FEATURE_ENABLED"] == "0"
    assert call(XIVO_USERID=3).agi("phone_set_feature", "bsfilter", "2").place["CONTEXT"] == "agi_fail"
