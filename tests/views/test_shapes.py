"""Outlines of arrows and marks."""

from __future__ import annotations

from xivolab.views.scene import Box, Line, Mark
from xivolab.views.shapes import arrow, mark_outline, mark_text


def test_the_tip_of_an_arrow_is_the_end_of_its_line() -> None:
    (tail, neck), head = arrow(Line(0, 5, 100, 5, head=True))
    assert tail == (0, 5)
    assert head[0] == (100, 5)
    assert neck[0] < 100
    assert {y for _, y in head[1:]} == {0.5, 9.5}


def test_an_arrow_without_length_has_no_head() -> None:
    assert arrow(Line(3, 3, 3, 3, head=True)) == (((3, 3), (3, 3)), ())


def test_marks_grow_with_their_number() -> None:
    narrow, wide = mark_outline(Mark(0, 0, "7")), mark_outline(Mark(0, 0, "1234"))
    assert isinstance(narrow, Box)
    assert isinstance(wide, Box)
    assert wide.width > narrow.width


def test_each_shape_has_its_outline() -> None:
    round_, square, diamond = (mark_outline(Mark(0, 0, "1", shape=shape)) for shape in ("round", "square", "diamond"))
    assert isinstance(round_, Box)
    assert isinstance(square, Box)
    assert round_.radius > square.radius
    assert isinstance(diamond, tuple)
    assert len(diamond) == 4


def test_the_number_stands_in_the_middle() -> None:
    text = mark_text(Mark(10, 20, "3"))
    assert (text.x, text.anchor, text.text) == (10, "middle", "3")
