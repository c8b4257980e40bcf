"""The matplotlib painter."""

from __future__ import annotations

import io
import struct
import time

import numpy as np
import pytest
from matplotlib.image import imread

from xivolab.testing import tcall
from xivolab.views.ladder import ladder
from xivolab.views.palette import Theme
from xivolab.views.png import draw
from xivolab.views.scene import Box, Curve, Group, Line, Mark, Scene, Text

ALL = Scene(
    120,
    60,
    (
        Group(
            "message",
            (Line(5, 5, 90, 5, dash="dotted", head=True), Mark(5, 5, "1", shape="diamond"), Mark(50, 30, "2")),
        ),
        Box(10, 10, 50, 20, fill="media", edge="edge", radius=4),
        Curve(((0, 0), (50, 50))),
        Curve(((5, 5),)),
        Text(1, 50, "$x^2 \x00 日本 ⌚", halo="paper", mono=True),
    ),
    "everything",
)


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG (RFC 2083, 4.1.1)."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack_from(">II", png, 16)
    return width, height


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_kind_of_item_is_drawn(theme: Theme) -> None:
    assert size(draw(ALL, theme=theme)) == (240, 120)


def test_the_themes_differ() -> None:
    assert draw(ALL, theme="light") != draw(ALL, theme="dark")


def test_a_pdf_is_the_same_every_time() -> None:
    assert draw(ALL, "pdf").startswith(b"%PDF-")
    assert draw(ALL, "pdf") == draw(ALL, "pdf")


def test_the_words_of_a_pdf_stay_words() -> None:
    fonts = draw(Scene(100, 40, (Text(1, 20, "INVITE", halo="paper"),), "words"), "pdf")
    assert b"DejaVuSans" in fonts


def test_boxes_lie_behind_lines_and_texts_in_front() -> None:
    def dots(*items: Line | Box | Mark) -> np.ndarray:
        return imread(io.BytesIO(draw(Scene(40, 40, items, "order"), scale=1)))[20, 20, :3]

    line, box, mark = Line(0, 20, 40, 20, "failure", 6), Box(0, 0, 40, 40, "media"), Mark(20, 20, "", "success")
    assert (dots(line, box) == dots(box, line)).all()
    assert (dots(line, box) == dots(line)).all()
    assert (dots(line, mark) == dots(mark)).all()


def test_a_long_ladder_is_drawn_artist_by_artist_no_more() -> None:
    scene = Scene(300, 4000, tuple(Text(5, 10 + n, f"{n}", halo="paper") for n in range(3000)), "long")
    begun = time.process_time()
    draw(scene, scale=1)
    assert time.process_time() - begun < 5  # with an artist for each it took three times as long


def test_a_picture_too_tall_for_matplotlib_is_scaled_down() -> None:
    width, height = size(draw(Scene(50, 40_000, (), "tall")))
    assert height < 2**16
    assert width < 100


def test_a_ladder_is_drawn() -> None:
    assert size(ladder(tcall()).png(scale=1))[0] > 600
