"""Texts as outlines."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from xivolab.views.glyphs import SANS, drawable, text_path


def box(text: str, x: float = 0.0, anchor: str = "start", **more: bool) -> tuple[float, float, float, float]:
    kinds = {"bold": False, "mono": False, **more}
    bounds = text_path(text, x, 50.0, 12.0, anchor, **kinds).get_extents()
    return bounds.x0, bounds.x1, bounds.y0, bounds.y1


@pytest.mark.parametrize("bold", [False, True])
def test_a_text_is_as_wide_as_matplotlib_makes_it(bold: bool) -> None:
    text = "INVITE 1002 → été"
    theirs = TextPath((0, 0), text, size=12, prop=FontProperties(family=SANS, weight="bold" if bold else "normal"))
    left, right, top, bottom = box(text, bold=bold)
    extents = theirs.get_extents()
    assert right - left == pytest.approx(extents.width, rel=0.02)  # they kern, we do not
    assert (50 - top, 50 - bottom) == pytest.approx((extents.y1, extents.y0), abs=0.2)


def test_it_stands_where_it_is_anchored() -> None:
    start, middle, end = (box("200 OK", 100, anchor) for anchor in ("start", "middle", "end"))
    assert start[0] == pytest.approx(100, abs=2)
    assert (middle[0] + middle[1]) / 2 == pytest.approx(100, abs=1)
    assert end[1] == pytest.approx(100, abs=2)


def test_even_figures_are_even() -> None:
    assert box("1111", mono=True)[0] != box("1111")[0]
    wide = [box(text, mono=True)[1] - box("0", mono=True)[1] for text in ("000", "010")]
    assert wide[0] == pytest.approx(wide[1])


def test_what_shows_nothing_is_empty_and_what_no_font_has_is_replaced() -> None:
    for text in ("", "   "):
        assert np.asarray(text_path(text, 0, 0, 12, "start", bold=False, mono=False).vertices).size == 0
    assert drawable("日本 ok ✔") == "\ufffd\ufffd ok ✔"
    assert box("日") == box("\ufffd")
