"""What is plotted, and that a peak stays in sight."""

from __future__ import annotations

import pytest

from tests.views.traffic_tables import series
from xivolab.views.traffic_measures import measures, values


def test_only_what_happened_is_plotted() -> None:
    assert [m.heading for m in measures(series([0, 1], streams_max=[0, 0]))] == ["calls_per_s"]
    assert [m.heading for m in measures(series([0, 0], streams_max=[2, 0]))] == ["streams"]
    assert measures(series([])) == []


def test_a_peak_stays_when_there_are_too_many_points() -> None:
    found = values(series([0] * 700 + [9] + [0] * 299), "calls_per_s", 40)
    assert len(found) == 40
    assert found.max() == 9


def test_counts_are_drawn_as_rates() -> None:
    table = series([4], [2])
    table.columns["interval_s"][:] = 10.0
    assert values(table, "calls_failed", 10).tolist() == pytest.approx([0.2])
