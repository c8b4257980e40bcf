"""The fields of a call: times, durations, and what is null when."""

from __future__ import annotations

import numpy as np

from tests.calls.pbx import answered, bridged, dialled, dialling, one_call, tables
from tests.calls.test_media import FOUR, streams, with_media
from tests.sip.flow import at


def test_begun_before_the_evidence() -> None:
    caller, callee = bridged()
    caller.bye(9), callee.bye(9.01)
    for leg in (caller, callee):
        leg.rows = leg.rows[5:]
    call = one_call(caller, callee)
    assert (call["partial"], call["state"], call["answered"], call["start"]) == (True, "completed", None, None)
    assert (call["talk_s"], call["setup_s"], call["connected_at"], call["status"]) == (None, None, None, None)


def test_cut_by_the_end_of_the_evidence() -> None:
    call = one_call(*bridged())
    assert (call["state"], call["end"], call["talk_s"], call["released_by"]) == ("in-call", None, None, None)


def test_the_setup_counts_from_the_invite_before_its_challenge() -> None:
    leg = dialling().invite(0).reply(0.1, 401).ack(0.2).invite(0.3).reply(1.5, 180)
    assert one_call(leg)["setup_s"] == 1.5


def test_refused_without_ringing_there_is_no_setup_time() -> None:
    assert one_call(dialling().invite(0).reply(0.1, 404))["setup_s"] is None


def test_a_clock_that_was_set_back_gives_no_negative_times() -> None:
    leg = dialling().invite(0).reply(1, 180)
    leg.rows[1]["time"] -= 3_000_000_000_000
    leg.rows.reverse()
    result = tables(leg).calls.value("setup_s", 0)
    assert result is None or result >= 0


def test_an_unanswered_call_was_not_talked_in() -> None:
    assert one_call(dialling().invite(0).reply(1, 486))["talk_s"] == 0.0


def test_a_queue_answers_first_and_connects_later() -> None:
    caller = answered(dialling("3001"), 0, 0.1, 0.2).bye(60)
    agent = answered(dialled(), 20, 21, 25).bye(60.01)
    call = one_call(caller, agent)
    assert call["answered_at"] == at(0.2) / 1e9
    assert call["connected_at"] == at(25) / 1e9
    assert abs(call["talk_s"] - 35.01) < 1e-6


def test_the_lowest_mos_is_over_one_scale() -> None:
    rows = streams(*FOUR)
    rows.mos, rows.mos_scale = [4.2, 3.9, 2.0, np.nan], ["nb", "nb", "wb", None]
    call = tables(*with_media(), streams=rows).calls
    assert (call.value("mos_min", 0), call.value("mos_scale", 0)) == (3.9, "nb")
