"""The counters in character cells."""

from __future__ import annotations

from datetime import UTC

import pytest

from tests.views.test_counters_picture import track
from xivolab.views.counters_cells import counters_cells
from xivolab.views.counters_words import CounterWords
from xivolab.views.text import text


@pytest.mark.parametrize("width", [60, 80, 132])
def test_long_series_fit_and_keep_their_worst(width: int) -> None:
    losses: list[float | None] = [0.0] * 500
    losses[250] = 50.0
    losses[499] = None
    lines = text(counters_cells([track(*losses)], CounterWords("en", UTC), width)).splitlines()
    loss = next(line for line in lines if "Loss from" in line)

    assert max(map(len, lines)) <= width
    assert "█" in loss
    assert "✖ worst 50.0 %" in loss
