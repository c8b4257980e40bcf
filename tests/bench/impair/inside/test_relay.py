"""When the relay lets packets go; that it does is seen by the faults that use it."""

from __future__ import annotations

import itertools
import random

import pytest

from xivolab.bench.impair.inside.relay import Delays


def leaving(settings: dict[str, float], packets: int = 500) -> list[float | None]:
    """When packets sent every 20 ms leave."""
    delays = Delays(settings, random.Random(1))
    return [delays.leave(number * 0.02) for number in range(packets)]


def test_delay_is_the_same_for_all() -> None:
    assert [
        at - number * 0.02 for number, at in enumerate(leaving({"delay_ms": 300})) if at is not None
    ] == pytest.approx([0.3] * 500)


def test_jitter_keeps_the_order_and_its_bounds() -> None:
    left = [at for at in leaving({"jitter_ms": 80}) if at is not None]

    assert left == sorted(left)
    waits = [at - number * 0.02 for number, at in enumerate(left)]
    assert min(waits) >= 0
    assert max(waits) <= 0.08
    assert max(waits) - min(waits) > 0.06


def test_reordering_lets_some_come_late() -> None:
    left = [at for at in leaving({"reorder_pct": 10}) if at is not None]
    overtaken = sum(later < earlier for earlier, later in itertools.pairwise(left))

    assert 30 < overtaken < 70


def test_loss_is_the_share_asked_for() -> None:
    assert 75 < sum(at is None for at in leaving({"loss_pct": 20})) < 125


def test_a_gate_lets_go_what_it_kept_all_at_once() -> None:
    left = [at for at in leaving({"gate_ms": 160}) if at is not None]

    assert left == sorted(left)
    assert len(set(left)) == pytest.approx(500 * 20 / 160, abs=2)
    assert max(at - number * 0.02 for number, at in enumerate(left)) <= 0.1601
