"""Grids of values as PNG, and how the painters show them."""

from __future__ import annotations

import io

import numpy as np
import pytest
from matplotlib.image import imread

from xivolab.views import png as painter
from xivolab.views.palette import luminance
from xivolab.views.raster import palette, png, png_of_colours
from xivolab.views.scene import Raster, Scene, Text
from xivolab.views.svg import svg
from xivolab.views.text import text


def test_others_read_the_points() -> None:
    content = png(np.array([[0, 5, 10], [-99, 99, np.nan]], np.float32), 0, 10)
    points = np.rint(imread(io.BytesIO(content))[..., :3] * 255).astype(int)
    colours = palette()
    assert points.shape == (2, 3, 3)
    assert [points[0, n].tolist() for n in range(3)] == [colours[n].tolist() for n in (0, 128, 255)]
    assert points[1].tolist() == [colours[n].tolist() for n in (0, 255, 0)]


def test_others_read_the_colours() -> None:
    points = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3) * 2
    read = np.rint(imread(io.BytesIO(png_of_colours(points))) * 255).astype(np.uint8)
    assert (read == points).all()


def test_what_is_louder_is_lighter() -> None:
    shades = [luminance("#" + "".join(f"{int(channel):02x}" for channel in colour)) for colour in palette()[::8]]
    assert shades == sorted(shades)


SCENE = Scene(
    40, 20, (Raster(0, 0, 40, 20, png(np.full((2, 2), 10, np.float32), 0, 10)), Text(0, 1, "hello")), "A title"
)


def test_painters_show_it_or_leave_it_out() -> None:
    assert 'href="data:image/png;base64,' in svg(SCENE)
    assert text(SCENE).split() == ["hello"]
    points = imread(io.BytesIO(painter.draw(Scene(40, 20, SCENE.items[:1], "A title"), scale=1)))
    assert points[5, 20, :3] * 255 == pytest.approx([252, 255, 164], abs=2)
