"""How the quality plots are laid out in pixels."""

from __future__ import annotations

from datetime import UTC

import pytest

from xivolab.testing import tcall, tquality, tstream
from xivolab.testing.calls import MadeStream
from xivolab.views.quality_picture import quality_scene
from xivolab.views.quality_words import QualityWords
from xivolab.views.scene import Curve, Group, Line, Text
from xivolab.views.series import THRESHOLDS, tracks


def rows(*streams: MadeStream, limits: dict[str, float] | None = None) -> list[Group]:
    call = tcall(None, list(streams))
    scene = quality_scene(call, tracks(call), QualityWords("en", UTC), THRESHOLDS if limits is None else limits)
    return list(scene.groups())


def texts(row: Group) -> list[str]:
    return [item.text for item in row.items if isinstance(item, Text)]


def curves(row: Group) -> list[Curve]:
    return [item for item in row.items if isinstance(item, Curve)]


def test_a_curve_for_each_measure() -> None:
    (row,) = rows(tstream())
    assert len(curves(row)) == 4


def test_absent_seconds_break_the_curve() -> None:
    (row,) = rows(tstream(seconds=tquality([4.4, 4.4, None, 4.2, None, 4.4, 4.3])))
    mos = [curve for curve in curves(row) if curve.points[0][0] > 770]
    assert [len(curve.points) for curve in mos] == [2, 1, 2]


def test_streams_share_their_scales() -> None:
    good, bad = rows(tstream(start=1), tstream(start=2, seconds=tquality([4.0] * 5, jitter_ms=[0, 60, 80, 20, 10])))
    assert [text for text in texts(good) if text == "100"] == [text for text in texts(bad) if text == "100"] == ["100"]


def test_a_threshold_is_a_thin_line_and_what_crosses_it_is_marked() -> None:
    (row,) = rows(tstream(seconds=tquality([4.4, 2.0, 4.4], lost=[0, 10, 0])))
    dashed = [item for item in row.items if isinstance(item, Line) and item.dash == "dashed"]
    assert len(dashed) == 3
    assert {"✖ worst 20.0 %", "✖ worst 2.00", "worst 0.4 ms"} <= set(texts(row))


def test_a_wide_band_mos_is_not_held_against_the_narrow_band_threshold() -> None:
    (row,) = rows(tstream(mos_scale="wb", seconds=tquality([3.0, 3.1])))
    assert "worst 3.00" in texts(row)


def test_a_measure_without_values_says_so() -> None:
    (row,) = rows(tstream(seconds=tquality([None, None])))
    assert texts(row).count("no values") == 1
    (row,) = rows(tstream(seconds=tquality([])))
    assert texts(row).count("no values") == 4


def test_a_stream_that_began_later_begins_further_right() -> None:
    first, second = rows(
        tstream(start=0, end=10, seconds=tquality([4.4] * 10)), tstream(start=5, end=10, seconds=tquality([4.4] * 5))
    )
    assert curves(first)[0].points[0][0] < curves(second)[0].points[0][0]
    assert curves(first)[0].points[-1][0] == pytest.approx(curves(second)[0].points[-1][0])


@pytest.mark.parametrize("seconds", [1, 60, 7200])
def test_no_curve_leaves_its_plot(seconds: int) -> None:
    (row,) = rows(tstream(end=2.2 + seconds, seconds=tquality([4.4] * seconds)))
    for curve in curves(row):
        assert len(curve.points) <= 172
        assert curve.points[-1][0] - curve.points[0][0] <= 172


def test_a_row_opens_the_figures_of_its_stream() -> None:
    (row,) = rows(tstream(burst_max=3, loss_bursts=2, burst_histogram=[0, 1, 1, *[0] * 13], matched_by="source"))
    assert row.details is not None
    assert "Bursts by length     2 ×1 · 3 ×1" in row.details.text
    assert "SDP that names its source" in row.details.text
    assert row.details.top <= next(item.y for item in row.items if isinstance(item, Text))
