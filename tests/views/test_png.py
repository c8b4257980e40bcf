"""The matplotlib painter."""

from __future__ import annotations

import struct

import pytest

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


def test_a_picture_too_tall_for_matplotlib_is_scaled_down() -> None:
    width, height = size(draw(Scene(50, 40_000, (), "tall")))
    assert height < 2**16
    assert width < 100


def test_a_ladder_is_drawn() -> None:
    assert size(ladder(tcall()).png(scale=1))[0] > 600
