"""A user's thresholds are checked before anything runs."""

from __future__ import annotations

import pytest

from xivolab.errors import UsageError
from xivolab.findings.thresholds import DEFAULTS, thresholds


def test_own_figures_go_over_the_defaults() -> None:
    assert thresholds({"packet-loss": 3}) == {**DEFAULTS, "packet-loss": 3.0}


@pytest.mark.parametrize(
    "own", [{"packet-lost": 1}, {"low-mos": "3"}, {"low-mos": True}, {"low-mos": -1}, {"low-mos": float("nan")}]
)
def test_what_is_no_threshold_is_refused(own: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        thresholds(own)


def test_an_unknown_code_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"threshold 'packet-lost': there is no such threshold; use packet-loss"):
        thresholds({"packet-lost": 1})
