"""The E-model, against the values that ITU-T's formulas give and several public implementations agree on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xivolab.rtp.codecs import IMPAIRMENTS, Impairment
from xivolab.rtp.emodel import delay_impairment, loss_impairment, mos, rating

G711 = IMPAIRMENTS["PCMU"]
G711_WITHOUT_CONCEALMENT = Impairment(0, 4.3, "nb")
G729 = IMPAIRMENTS["G729"]
G722 = IMPAIRMENTS["G722"]


@pytest.mark.parametrize(
    ("r", "expected"),
    [(93.2, 4.409), (80, 4.024), (70, 3.597), (60, 3.100), (50, 2.575), (0, 1.0), (-5, 1.0), (3, 1.0), (100, 4.5)],
)
def test_mos_of_r(r: float, expected: float) -> None:
    """G.107, annex B. Between 0 and 6.5 the polynomial dips below 1, where no MOS is."""
    assert mos(G711, r) == pytest.approx(expected, abs=0.0005)


@pytest.mark.parametrize(
    ("codec", "loss_pct", "expected"),
    [
        (G711, 1, 4.328),
        (G711, 2, 4.235),
        (G711, 3, 4.134),
        (G711, 5, 3.923),
        (G711, 10, 3.411),
        (G711_WITHOUT_CONCEALMENT, 1, 3.834),
        (G711_WITHOUT_CONCEALMENT, 2, 3.256),
        (G711_WITHOUT_CONCEALMENT, 3, 2.794),
        (G711_WITHOUT_CONCEALMENT, 5, 2.169),
        (G711_WITHOUT_CONCEALMENT, 10, 1.481),
        (G729, 0, 4.104),
        (G729, 1, 3.946),
        (G729, 5, 3.340),
    ],
)
def test_mos_of_random_loss(codec: Impairment, loss_pct: float, expected: float) -> None:
    assert mos(codec, rating(codec, loss_pct)) == pytest.approx(expected, abs=0.0005)


@pytest.mark.parametrize(("ie", "expected"), [(1, 4.4940), (8, 4.4206), (13, 4.3371), (41, 3.5123), (56, 2.9220)])
def test_wide_band(ie: float, expected: float) -> None:
    """G.107.1: R up to 129, MOS on R / 1.29."""
    codec = Impairment(ie, 10, "wb")
    assert mos(codec, rating(codec, 0)) == pytest.approx(expected, abs=0.0005)


@pytest.mark.parametrize(("one_way_ms", "expected"), [(0, 0), (100, 0), (150, 0.16), (200, 3.04), (300, 14.8)])
def test_delay(one_way_ms: float, expected: float) -> None:
    """G.107, 7.4; the simplification of Cole and Rosenbluth would give 3.60 at 150 ms."""
    assert delay_impairment(one_way_ms) == pytest.approx(expected, abs=0.06)


def test_losses_in_bursts_are_worse_than_losses_at_random() -> None:
    assert loss_impairment(G711, 5) == pytest.approx(95 * 5 / 30.1)
    assert loss_impairment(G711, 5, 2) == pytest.approx(95 * 5 / (5 / 2 + 25.1))


def test_a_burst_ratio_below_1_counts_as_1() -> None:
    assert loss_impairment(G711, 5, 0.5) == loss_impairment(G711, 5)


def test_a_perfect_call_has_the_ceiling_of_its_codec() -> None:
    assert mos(G711, rating(G711, 0)) == pytest.approx(4.41, abs=0.005)
    assert mos(G722, rating(G722, 0)) == pytest.approx(4.337, abs=0.005)


def test_arrays_are_taken_element_by_element() -> None:
    values = mos(G711, rating(G711, np.array([0.0, 5.0])))
    assert values == pytest.approx([4.409, 3.923], abs=0.0005)


@given(st.sampled_from(sorted(IMPAIRMENTS)), st.floats(0, 100), st.floats(1, 50), st.floats(0, 5000))
def test_mos_is_between_1_and_4_5(name: str, loss_pct: float, burst_ratio: float, one_way_ms: float) -> None:
    codec = IMPAIRMENTS[name]
    assert 1.0 <= mos(codec, rating(codec, loss_pct, burst_ratio, one_way_ms)) <= 4.5


@given(st.floats(0, 99), st.floats(0.1, 1))
def test_more_loss_is_never_better(loss_pct: float, more: float) -> None:
    assert rating(G711, loss_pct + more) <= rating(G711, loss_pct)
