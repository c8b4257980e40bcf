"""Calls worst first, and what each is pointed out for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.report.made_case import BOTH_WAYS, MadeCase, MadeFile, call, registration, talk
from xivolab.evidence.folder import HostInfo
from xivolab.report.ranking import Level, Ranked, Remark, failed_registrations, host, worst_first
from xivolab.testing import ALICE, BOB, PBX


def _one(streams: list[dict[str, Any]], **told: Any) -> Ranked:
    case = MadeCase([call(streams=list(range(len(streams))), **told)], streams)
    (ranked,) = worst_first(case)  # type: ignore[arg-type]
    return ranked


def test_a_healthy_call_is_pointed_out_for_nothing() -> None:
    ranked = _one(talk(*BOTH_WAYS))
    assert ranked.level is Level.FINE
    assert ranked.remarks == ()


@pytest.mark.parametrize("state", ["failed", "rejected"])
def test_failures(state: str) -> None:
    assert _one([], state=state, answered=False, answered_by=None, connected_at=None).level is Level.FAILURE


@pytest.mark.parametrize("state", ["busy", "no-answer", "cancelled", "diverted"])
def test_what_happens_every_day_is_no_failure(state: str) -> None:
    assert _one([], state=state, answered=False, answered_by=None, connected_at=None).level is Level.UNSUCCESSFUL


def test_an_answer_by_the_server_that_the_server_ends_is_a_failure() -> None:
    ranked = _one([], answered_by="server", connected_at=None, released_by="server")
    assert ranked.level is Level.FAILURE
    assert ranked.remarks == (Remark("announcement"),)


ANNOUNCED = {"answered_by": "server", "connected_at": None, "released_by": None}


def test_a_capture_that_cannot_hold_the_callees_leg_tells_no_announcement() -> None:
    assert _one([], legs=["a"], **ANNOUNCED).level is Level.FINE


def test_a_capture_taken_at_the_pbx_does() -> None:
    at_pbx = {"files": [MadeFile(host="pbx")], "hosts": {PBX: HostInfo("pbx", "pbx")}}
    (ranked,) = worst_first(MadeCase([call(legs=["a"], **ANNOUNCED)], **at_pbx))  # type: ignore[arg-type]
    assert ranked.level is Level.FAILURE


def test_one_that_holds_the_callees_leg_of_another_call_does() -> None:
    ranked = worst_first(MadeCase([call(), call(id="2", legs=["a"], **ANNOUNCED)]))  # type: ignore[arg-type]
    assert [(one.call["id"], one.level) for one in ranked] == [("2", Level.FAILURE), ("call-1", Level.FINE)]


def test_a_menu_the_caller_leaves_is_none() -> None:
    assert _one([], answered_by="server", connected_at=None, released_by="caller").level is Level.FINE


def test_a_conversation_that_the_server_ends_is_pointed_out() -> None:
    ranked = _one(talk(*BOTH_WAYS), released_by="server")
    assert (ranked.level, ranked.remarks) == (Level.DEGRADED, (Remark("server-ended"),))


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
    ranked = _one(streams)
    assert ranked.level is Level.DEGRADED
    assert ranked.remarks == (Remark(code, value, f"{ALICE}:4000", f"{PBX}:4000"),)


def test_what_the_pbx_passes_on_is_told_once() -> None:
    ranked = _one(talk((BOB, PBX), (PBX, ALICE), lost_pct=5.0))
    assert [(remark.src, remark.dst) for remark in ranked.remarks] == [(f"{BOB}:4000", f"{PBX}:4000")]


def test_loss_both_ways_between_the_same_two_is_told_twice() -> None:
    assert len(_one(talk((ALICE, PBX), (PBX, ALICE), lost_pct=5.0)).remarks) == 2


def test_wide_band_scores_are_on_another_scale() -> None:
    assert _one(talk(*BOTH_WAYS, mos=3.2, mos_scale="wb")).remarks == ()


def test_own_thresholds() -> None:
    case = MadeCase([call(streams=[0, 1])], [*talk((ALICE, PBX), lost_pct=5.0), *talk((PBX, ALICE))])
    assert worst_first(case, {"packet-loss": 10})[0].level is Level.FINE  # type: ignore[arg-type]


def test_one_way_audio_names_the_direction_towards_the_pbx() -> None:
    ranked = _one(talk((ALICE, PBX), (PBX, BOB)))
    assert ranked.remarks == (Remark("one-way-audio", None, BOB, PBX),)


def test_a_short_call_has_no_one_way_audio() -> None:
    assert _one(talk((ALICE, PBX), (PBX, BOB)), talk_s=3.0).remarks == ()


def test_the_worst_come_first() -> None:
    calls = [
        call(id="fine"),
        call(id="busy", state="busy", answered=False, mos_min=None),
        call(id="poor", mos_min=2.0, released_by="server"),
        call(id="poorer", mos_min=1.5, released_by="server"),
        call(id="failed", state="failed", answered=False, mos_min=None),
    ]
    ids = [ranked.call["id"] for ranked in worst_first(MadeCase(calls))]  # type: ignore[arg-type]
    assert ids == ["failed", "poorer", "poor", "busy", "fine"]


def test_registrations_that_were_never_accepted() -> None:
    rows = [
        registration(id="fine"),
        registration(id="refused", accepted=0, rejected=3, last_status=401),
        registration(id="first refused", accepted=1, rejected=1),
    ]
    refused = failed_registrations(MadeCase(registrations=rows))  # type: ignore[arg-type]
    assert [row["id"] for row in refused] == ["refused"]


@pytest.mark.parametrize(("address", "ip"), [("10.0.0.1:5060", "10.0.0.1"), ("[fd77::11]:5060", "fd77::11")])
def test_host_of_an_address(address: str, ip: str) -> None:
    assert host(address) == ip
