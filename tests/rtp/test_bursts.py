"""Runs of lost packets, beside what sets of sequence numbers say."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned
from xivolab.testing import trtp, tudp


def stream(sequences: list[int]) -> dict[str, Any]:
    """The record of an announced stream with these numbers in this order."""
    packets = [trtp(ALICE, BOB, number, 160 * number, 0.02 * n, ip_id=n + 1) for n, number in enumerate(sequences)]
    return only(scanned([tudp(BOB_SIP, ALICE_SIP, invite(BOB), -1.0), *packets]).streams)


def runs(sequences: list[int]) -> list[int]:
    """The lengths of the runs of numbers that are missing between the first and the last."""
    seen = set(sequences)
    missing = [number not in seen for number in range(min(seen), max(seen) + 1)]
    return [len(list(group)) for gone, group in groupby(missing) if gone]


def histogram(lengths: list[int]) -> list[int]:
    found = Counter(min(length, 16) for length in lengths)
    return [found[length] for length in range(1, 17)]


@pytest.mark.parametrize(
    ("sequences", "lengths"),
    [
        pytest.param([1, 2, 3, 4, 5], [], id="all-there"),
        pytest.param([1, 2, 4, 5, 8, 9], [1, 2], id="one-and-two"),
        pytest.param([1, 2, 30, 31], [27], id="a-long-one"),
        pytest.param([1, 2, 4, 3, 5], [], id="late-is-not-lost"),
        pytest.param([1, 5, 3, 6], [1, 1], id="late-in-the-middle-makes-two"),
        pytest.param([1, 5, 2, 4, 6], [1], id="late-at-both-ends-makes-one-shorter"),
        pytest.param([5, 6, 2, 7], [2], id="before-the-first"),
        pytest.param([65533, 65534, 2, 3], [3], id="over-the-wrap"),
        pytest.param([1, 2, 4, 30000, 30001, 30003, 30004], [1, 1], id="before-and-after-a-restart"),
    ],
)
def test_runs(sequences: list[int], lengths: list[int]) -> None:
    record = stream(sequences)
    assert record["burst_histogram"] == histogram(lengths)
    assert record["loss_bursts"] == len(lengths)
    assert record["burst_max"] == max(lengths, default=0)
    assert record["burst_mean"] == (pytest.approx(sum(lengths) / len(lengths)) if lengths else None)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=5, max_size=150), st.integers(0, 65000))
@settings(max_examples=80)
def test_any_loss_and_reordering(packets: list[tuple[bool, int]], first: int) -> None:
    """Packets are lost, and come as much later as the others are in the way; the runs are those that are really missing."""
    kept = [(n + delay + 0.5 * bool(delay), n) for n, (lost, delay) in enumerate(packets) if not lost]
    order = [first + n for _, n in sorted(kept)]
    if len(order) < 2:
        return
    record = stream(order)
    lengths = runs(order)
    assert record["burst_histogram"] == histogram(lengths)
    assert (record["loss_bursts"], record["lost"]) == (len(lengths), sum(lengths))


def test_the_ratio_is_one_for_losses_apart_and_more_for_bursts() -> None:
    apart = stream([n for n in range(400) if n % 20 != 10])
    assert apart["burst_ratio"] == 1.0
    bursts = stream([n for n in range(400) if n % 100 < 90 or n % 100 >= 95])
    assert bursts["burst_ratio"] == pytest.approx(5 * (1 - bursts["lost"] / bursts["expected"]))


def test_without_losses_there_is_no_ratio() -> None:
    record = stream(list(range(20)))
    assert (record["burst_ratio"], record["burst_mean"], record["loss_bursts"]) == (None, None, 0)
