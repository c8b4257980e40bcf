"""What is known at one moment, and what is new since another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.work.traffic_made import MadeAttempt, call_packets, case_of
from xivolab.testing import START
from xivolab.work.live_snapshot import LiveCall, Snapshot


def snapshot(folder: Path, *made: MadeAttempt) -> Snapshot:
    found = Snapshot(case_of(folder, [p for n, one in enumerate(made) for p in call_packets(n, one)]), 0)
    found.read()
    return found


def test_the_newest_call_comes_first_and_lasts_until_now(tmp_path: Path) -> None:
    found = snapshot(tmp_path, MadeAttempt(0), MadeAttempt(5, talks=None), MadeAttempt(30, ends_after=None))
    states = [(call.record["state"], call.lasted_s, call.open) for call in found.calls]
    assert states == [
        ("ringing", pytest.approx(0.1), True),
        ("in-call", pytest.approx(24.1), True),
        ("completed", pytest.approx(10.0), False),
    ]
    assert found.time == pytest.approx(START + 30.1)
    assert found.packets == 6 + 4 + 2


def test_the_ladder_is_of_the_newest_that_goes_on(tmp_path: Path) -> None:
    found = snapshot(tmp_path, MadeAttempt(0, talks=None), MadeAttempt(5))
    first, newest = found.calls[1].record["id"], found.calls[0].record["id"]
    chosen = found.call()
    assert chosen is not None
    assert chosen.key == first
    other = found.call(newest)
    assert other is not None
    assert other.key == newest
    assert Snapshot(case_of(tmp_path, []), 0).call() is None


def test_changes_are_told_once(tmp_path: Path) -> None:
    before = snapshot(tmp_path, MadeAttempt(0), MadeAttempt(5, ends_after=None))
    after = snapshot(tmp_path, MadeAttempt(0), MadeAttempt(5, talks=None), MadeAttempt(6, ends_after=None))
    assert [call.record["state"] for call in before.changes(None)] == ["completed", "ringing"]
    assert [call.record["state"] for call in after.changes(before)] == ["in-call", "ringing"]
    assert list(after.changes(after)) == []


@pytest.mark.parametrize(("mos", "told"), [(4.40, False), (4.2, True), (None, True)])
def test_a_mos_that_hardly_moves_is_no_news(mos: float | None, told: bool, tmp_path: Path) -> None:
    call = snapshot(tmp_path, MadeAttempt(0)).calls[0]
    record: dict[str, Any] = dict(call.record) | {"mos_min": 4.41}
    one = LiveCall(record, 1.0, 0.0)
    assert replace(one, record=record | {"mos_min": mos}).differs(one) is told
