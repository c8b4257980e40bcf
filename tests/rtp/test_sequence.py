"""Sequence numbers: lost, twice, late, restarted."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made import ALICE, ALICE_SIP, BOB, BOB_SIP, invite, only, scanned
from tests.rtp.reference import counts
from xivolab.testing import trtp, tudp


def stream(sequences: list[int]) -> dict[str, Any]:
    """The record of an announced stream with these numbers, one packet in 20 ms; every packet has its own IP id."""
    packets = [
        trtp(ALICE, BOB, sequence, 160 * n, 0.02 * n, ip_id=n % 65535 + 1) for n, sequence in enumerate(sequences)
    ]
    return only(scanned([tudp(BOB_SIP, ALICE_SIP, invite(BOB), -1.0), *packets]).streams)


def summary(record: dict[str, Any]) -> tuple[int, int, int, int]:
    return record["expected"], record["lost"], record["duplicates"], record["out_of_order"]


@pytest.mark.parametrize(
    ("sequences", "expected", "lost", "duplicates", "out_of_order"),
    [
        pytest.param([1, 2, 3, 4, 5], 5, 0, 0, 0, id="all-there"),
        pytest.param([1, 2, 3, 6, 7], 7, 2, 0, 0, id="two-lost"),
        pytest.param([1, 2, 2, 3, 4], 4, 0, 1, 0, id="one-twice"),
        pytest.param([1, 2, 4, 3, 5], 5, 0, 0, 1, id="one-late"),
        pytest.param([1, 2, 4, 3, 3, 5], 5, 0, 1, 1, id="one-late-and-twice"),
        pytest.param([5, 6, 3, 4, 7], 5, 0, 0, 2, id="earlier-than-the-first"),
        pytest.param([65534, 65535, 0, 1], 4, 0, 0, 0, id="wrap"),
        pytest.param([65534, 65535, 1, 0, 2], 5, 0, 0, 1, id="late-over-the-wrap"),
        pytest.param([1, 2, 3, 1000, 1001], 1001, 996, 0, 0, id="a-long-gap"),
        pytest.param([1, 2, 3, 4000, 4001, 4002], 6, 0, 0, 0, id="restart-further-than-a-gap"),
        pytest.param([1, 2, 3, 4, 40000, 5, 6], 6, 0, 0, 1, id="a-stray-is-no-restart"),
        pytest.param([5000, 5001, 1, 2, 4], 6, 1, 0, 0, id="loss-after-a-restart"),
    ],
)
def test_counts(sequences: list[int], expected: int, lost: int, duplicates: int, out_of_order: int) -> None:
    assert summary(stream(sequences)) == (expected, lost, duplicates, out_of_order)


def test_loss_is_a_share_of_what_was_expected() -> None:
    assert stream([1, 2, 3, 4, 5, 6, 7, 10])["lost_pct"] == 20.0


@st.composite
def deliveries(draw: st.DrawFn) -> list[int]:
    """What a network makes of a stream: some packets are lost, some come twice, some late, over the wrap or not."""
    first = draw(st.integers(0, 0xFFFF))
    kept = [n for n in range(draw(st.integers(10, 95))) if draw(st.integers(0, 9))] or [0]
    for _ in range(draw(st.integers(0, 5))):
        again = draw(st.sampled_from(kept))
        kept.insert(draw(st.integers(kept.index(again) + 1, len(kept))), again)
    for _ in range(draw(st.integers(0, 5))):
        kept.insert(draw(st.integers(0, len(kept) - 1)), kept.pop(draw(st.integers(0, len(kept) - 1))))
    return [(first + n) & 0xFFFF for n in kept]


@given(deliveries())
@settings(max_examples=100)
def test_the_kernel_counts_as_sets_do(sequences: list[int]) -> None:
    assert summary(stream(sequences)) == astuple(counts(sequences))
