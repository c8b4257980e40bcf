"""What a call is pointed out for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.report.made_case import BOTH_WAYS, MadeCase, MadeFile, call, ranked_call, talk
from xivolab.evidence.folder import HostInfo
from xivolab.report.concerns import Remark, host
from xivolab.report.ranking import Level, worst_first
from xivolab.testing import ALICE, BOB, PBX

ANNOUNCED = {"answered_by": "server", "connected_at": None, "released_by": None}


def test_a_capture_that_cannot_hold_the_callees_leg_tells_no_announcement() -> None:
    assert ranked_call([], legs=["a"], **ANNOUNCED).level is Level.FINE


def test_a_capture_taken_at_the_pbx_does() -> None:
    at_pbx = {"files": [MadeFile(host="pbx")], "told_hosts": {PBX: HostInfo("pbx", "pbx")}}
    (ranked,) = worst_first(MadeCase([call(legs=["a"], **ANNOUNCED)], **at_pbx))  # type: ignore[arg-type]
    assert ranked.level is Level.FAILURE


def test_one_that_holds_the_callees_leg_of_another_call_does() -> None:
    ranked = worst_first(MadeCase([call(), call(id="2", legs=["a"], **ANNOUNCED)]))  # type: ignore[arg-type]
    assert [(one.call["id"], one.level) for one in ranked] == [("2", Level.FAILURE), ("call-1", Level.FINE)]


def test_a_menu_the_caller_leaves_is_none() -> None:
    assert ranked_call([], answered_by="server", connected_at=None, released_by="caller").level is Level.FINE


@pytest.mark.parametrize(
    ("told", "code", "value"),
    [
        ({"lost_pct": 5.0, "mos": 2.9}, "packet-loss", 5.0),
        ({"jitter_rfc_ms": 40.0, "mos": 3.0}, "high-jitter", 40.0),
        ({"mos": 3.2}, "low-mos", 3.2),
    ],
)
def test_a_stream_over_a_threshold_is_pointed_out_once(told: dict[str, Any], code: str, value: float) -> None:
    streams = [*talk((ALICE, PBX), **told), *talk((PBX, ALICE))]
    ranked = ranked_call(streams)
    assert ranked.level is Level.DEGRADED
    assert ranked.remarks == (Remark(code, value, f"{ALICE}:4000", f"{PBX}:4000"),)


def test_what_the_pbx_passes_on_is_told_once() -> None:
    ranked = ranked_call([*talk((BOB, PBX), (PBX, ALICE), lost_pct=5.0), *talk((ALICE, PBX), (PBX, BOB))])
    assert [(remark.src, remark.dst) for remark in ranked.remarks] == [(f"{BOB}:4000", f"{PBX}:4000")]


def test_loss_both_ways_between_the_same_two_is_told_twice() -> None:
    assert len(ranked_call(talk((ALICE, PBX), (PBX, ALICE), lost_pct=5.0)).remarks) == 2


def test_wide_band_scores_are_on_another_scale() -> None:
    assert ranked_call(talk(*BOTH_WAYS, mos=3.2, mos_scale="wb")).remarks == ()


def test_one_way_audio_names_the_direction_towards_the_pbx() -> None:
    ranked = ranked_call(talk((ALICE, PBX), (PBX, BOB)))
    assert ranked.remarks == (Remark("one-way-audio", None, BOB, PBX),)


def test_a_short_call_has_no_one_way_audio() -> None:
    assert ranked_call(talk((ALICE, PBX), (PBX, BOB)), talk_s=3.0).remarks == ()


@pytest.mark.parametrize(("address", "ip"), [("10.0.0.1:5060", "10.0.0.1"), ("[fd77::11]:5060", "fd77::11")])
def test_host_of_an_address(address: str, ip: str) -> None:
    assert host(address) == ip
