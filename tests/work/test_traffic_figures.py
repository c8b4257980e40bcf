"""The figures of RFC 6076 against a plain reference, one attempt after the other."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.work.traffic_made import MadeAttempt, call_packets, case_of, register
from xivolab.work.traffic_figures import percent

STATUSES = (200, 302, 403, 404, 408, 480, 486, 488, 500, 503, 600, 603)


@st.composite
def attempts(draw: st.DrawFn) -> MadeAttempt:
    status = draw(st.sampled_from(STATUSES))
    rings = draw(st.sampled_from([None, 0.05, 0.2, 0.5]))
    talks = draw(st.sampled_from([None, 0.5, 3.0, 20.0]))
    return MadeAttempt(
        at=draw(st.integers(0, 600)) / 10,
        challenged=draw(st.booleans()),
        rings_after=rings,
        ends_after=draw(st.sampled_from([0.6, 1.0, 2.5])),
        status=status,
        talks=talks,
        bye_takes=draw(st.sampled_from([None, 0.01, 0.3])),
    )


def reference(made: list[MadeAttempt]) -> dict[str, Any]:
    """The definitions once more, from what was put in."""
    answered = [one for one in made if one.status == 200]
    over_3xx = [one for one in made if one.status // 100 != 3]
    told = [
        1000 * (one.rings_after if one.rings_after is not None else one.ends_after or 0.0)
        for one in made
        if one.rings_after is not None or one.status == 200
    ]
    refused = [1000 * (one.ends_after or 0.0) for one in made if one.rings_after is None and one.status >= 400]
    byes = [1000 * one.bye_takes for one in answered if one.talks is not None and one.bye_takes is not None]
    return {
        "calls": len(made),
        "calls_answered": len(answered),
        "calls_completed": len(byes),
        "ser_pct": percent(len(answered), len(over_3xx)),
        "seer_pct": percent(sum(one.status in (200, 480, 486, 600, 603) for one in made), len(over_3xx)),
        "isa_pct": percent(sum(one.status in (408, 500, 503, 504) for one in made), len(made)),
        "scr_pct": percent(len(byes), len(made)),
        "asr_pct": percent(len(answered), len(made)),
        "srd_count": len(told),
        "srd_mean_ms": fmean(told) if told else None,
        "srd_max_ms": max(told, default=None),
        "srd_failed_count": len(refused),
        "srd_failed_mean_ms": fmean(refused) if refused else None,
        "sdd_count": len(byes),
        "sdd_mean_ms": fmean(byes) if byes else None,
        "sdt_mean_s": fmean([one.talks for one in answered if one.talks is not None])
        if any(one.talks is not None for one in answered)
        else None,
    }


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(attempts(), min_size=1, max_size=12))
def test_all_figures_of_calls(made: list[MadeAttempt]) -> None:
    packets = [packet for number, one in enumerate(made) for packet in call_packets(number, one)]
    with tempfile.TemporaryDirectory(prefix="xivolab-test-") as folder:
        figures = case_of(Path(folder), packets).traffic().figures
    expected = reference(made)
    assert {name: figures[name] for name in expected} == pytest.approx(expected, abs=0.002)


def figures_of(folder: Path, *made: MadeAttempt) -> dict[str, Any]:
    return case_of(folder, [p for n, one in enumerate(made) for p in call_packets(n, one)]).traffic().figures


def test_a_retry_with_credentials_is_the_same_attempt(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, MadeAttempt(0, challenged=True, rings_after=0.11))
    assert (figures["calls"], figures["asr_pct"]) == (1, 100.0)
    assert figures["srd_mean_ms"] == pytest.approx(110)
    assert figures["srd_authorized_mean_ms"] == pytest.approx(100)


def test_a_challenge_that_nobody_answers_is_no_failed_request(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, MadeAttempt(0, status=401, rings_after=None))
    assert (figures["calls"], figures["srd_failed_count"], figures["ser_pct"]) == (1, 0, 0.0)


def test_no_answer_for_32_seconds_is_like_a_408(tmp_path: Path) -> None:
    mute = MadeAttempt(0, rings_after=None, ends_after=None)
    figures = figures_of(tmp_path, mute, MadeAttempt(40))
    assert (figures["calls_overdue"], figures["isa_pct"], figures["calls_pending"]) == (1, 50.0, 0)


def test_an_attempt_whose_outcome_is_not_there_yet_is_pending(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, MadeAttempt(0, ends_after=None), MadeAttempt(1))
    assert (figures["calls_pending"], figures["calls_overdue"], figures["asr_pct"]) == (1, 0, 50.0)


def test_ringing_that_ends_without_an_answer_is_the_users_doing(tmp_path: Path) -> None:
    """ITU-T E.425: the network did its work; it did not where the caller gave up before anything rang."""
    rang = MadeAttempt(0, status=487, cancelled=True)
    mute = MadeAttempt(5, status=487, cancelled=True, rings_after=None)
    figures = figures_of(tmp_path, rang, mute, MadeAttempt(10, status=503, rings_after=None))
    assert (figures["asr_pct"], figures["ner_pct"]) == (0.0, pytest.approx(100 / 3))


def test_registrations(tmp_path: Path) -> None:
    packets = [
        *register(1, 0, [200]),
        *register(2, 1, [401, 200], host="10.0.0.12"),
        *register(3, 2, [401, 403], host="10.0.0.13"),
        *register(4, 3, [401, 401], host="10.0.0.14"),
        *register(5, 4, [None], host="10.0.0.15"),
        *register(6, 5, [423, 200], host="10.0.0.16"),
        *register(7, 6, [503], host="10.0.0.17"),
        *call_packets(1, MadeAttempt(60)),
    ]
    figures = case_of(tmp_path, packets).traffic().figures
    assert figures["registrations"] == 7
    assert figures["registrations_accepted"] == 3
    assert figures["registrations_rejected"] == 3
    assert figures["registrations_overdue"] == 1
    assert figures["ira_pct"] == pytest.approx(300 / 7)  # 403, 503 and the one without an answer; not the 401
    assert figures["rrd_count"] == 3
    assert figures["rrd_mean_ms"] == pytest.approx((5 + 25 + 25) / 3)
    assert figures["rrd_authorized_mean_ms"] == pytest.approx(5)
