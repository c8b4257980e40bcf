"""The shares add up to the whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.work.traffic_made import MadeAttempt, call_packets, case_of, register
from xivolab.schema import TRAFFIC_DIMENSIONS

MADE = [
    MadeAttempt(0, host="10.0.0.11", agent="Phone/1", codec="8"),
    MadeAttempt(1, host="10.0.0.11", agent="Phone/1", codec="0", challenged=True),
    MadeAttempt(2, host="10.0.0.12", agent="Phone/2", status=486),
    MadeAttempt(3, host="10.0.0.12", agent="", status=503, rings_after=None),
    MadeAttempt(90, host="10.0.0.13", agent="Phone/2", ends_after=None),
]


@pytest.fixture
def rows(tmp_path: Path) -> list[dict[str, Any]]:
    packets = [packet for n, made in enumerate(MADE) for packet in call_packets(n, made)]
    case = case_of(tmp_path, [*packets, *register(1, 5, [401, 200], host="10.0.0.99", agent="Door/1")])
    return list(case.traffic().by.records())


@pytest.mark.parametrize("dimension", TRAFFIC_DIMENSIONS)
def test_every_call_is_in_one_share_of_each_kind(rows: list[dict[str, Any]], dimension: str) -> None:
    assert sum(row["calls"] for row in rows if row["dimension"] == dimension) == len(MADE)


def share(rows: list[dict[str, Any]], dimension: str, value: str | None) -> dict[str, Any]:
    (found,) = [row for row in rows if (row["dimension"], row["value"]) == (dimension, value)]
    return found


def test_each_share_has_its_own_figures(rows: list[dict[str, Any]]) -> None:
    good, bad = share(rows, "peer", "10.0.0.11"), share(rows, "peer", "10.0.0.12")
    assert (good["calls"], good["asr_pct"], good["concurrent_max"]) == (2, 100.0, 2)
    assert (bad["calls"], bad["asr_pct"], bad["isa_pct"], bad["seer_pct"]) == (2, 0.0, 50.0, 50.0)
    assert share(rows, "codec", "PCMA")["calls"] == share(rows, "codec", "PCMU")["calls"] == 1
    assert share(rows, "codec", None)["calls"] == 3
    assert share(rows, "status", "486")["calls"] == 1
    assert share(rows, "status", None)["calls"] == 1
    assert share(rows, "user-agent", None)["calls"] == 1


def test_who_only_registers_has_a_share_too(rows: list[dict[str, Any]]) -> None:
    door = share(rows, "user-agent", "Door/1")
    assert (door["calls"], door["registrations"], door["registrations_accepted"]) == (0, 1, 1)
    assert door["asr_pct"] is None
    assert door["rrd_mean_ms"] == pytest.approx(25)
