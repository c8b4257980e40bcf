"""Calls, worst first."""

from __future__ import annotations

import pytest

from tests.report.made_case import BOTH_WAYS, MadeCase, call, ranked_call, registration, talk
from xivolab.report.concerns import Remark
from xivolab.report.ranking import Level, failed_registrations, worst_first
from xivolab.testing import ALICE, PBX


def test_a_healthy_call_is_pointed_out_for_nothing() -> None:
    ranked = ranked_call(talk(*BOTH_WAYS))
    assert ranked.level is Level.FINE
    assert ranked.remarks == ()


@pytest.mark.parametrize("state", ["failed", "rejected"])
def test_failures(state: str) -> None:
    assert ranked_call([], state=state, answered=False, answered_by=None, connected_at=None).level is Level.FAILURE


@pytest.mark.parametrize("state", ["busy", "no-answer", "cancelled", "diverted"])
def test_what_happens_every_day_is_no_failure(state: str) -> None:
    assert ranked_call([], state=state, answered=False, answered_by=None, connected_at=None).level is Level.UNSUCCESSFUL


def test_an_answer_by_the_server_that_the_server_ends_is_a_failure() -> None:
    ranked = ranked_call([], answered_by="server", connected_at=None, released_by="server")
    assert ranked.level is Level.FAILURE
    assert ranked.remarks == (Remark("announcement"),)


def test_a_conversation_that_the_server_ends_is_pointed_out() -> None:
    ranked = ranked_call(talk(*BOTH_WAYS), released_by="server")
    assert (ranked.level, ranked.remarks) == (Level.DEGRADED, (Remark("server-ended"),))


def test_own_thresholds() -> None:
    case = MadeCase([call(streams=[0, 1])], [*talk((ALICE, PBX), lost_pct=5.0), *talk((PBX, ALICE))])
    assert worst_first(case, {"packet-loss": 10})[0].level is Level.FINE  # type: ignore[arg-type]


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
