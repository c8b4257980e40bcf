"""The text painter."""

from __future__ import annotations

from xivolab.views.scene import Box, Curve, Group, Line, Mark, Scene, Text
from xivolab.views.text import text


def painted(width: int, height: int, *items: object) -> list[str]:
    return text(Scene(width, height, items, "title")).splitlines()  # type: ignore[arg-type]


def test_lines_and_arrows() -> None:
    assert painted(9, 1, Line(0, 0, 0, 0), Line(1, 0, 7, 0, head=True), Line(8, 0, 8, 0)) == ["│──────▶│"]
    assert painted(5, 1, Line(4, 0, 0, 0, dash="dashed", head=True)) == ["◀╌╌╌╌"]
    assert painted(3, 2, Line(1, 0, 1, 1, dash="dotted")) == [" ┊", " ┊"]


def test_texts_stand_where_they_are_anchored() -> None:
    assert painted(9, 1, Text(0, 0, "ab"), Text(4, 0, "cde", anchor="middle"), Text(8, 0, "fg", anchor="end")) == [
        "ab cde fg"
    ]


def test_what_falls_outside_is_cut() -> None:
    assert painted(4, 1, Text(2, 0, "INVITE"), Text(0, 7, "below")) == ["  IN"]


def test_wide_characters_take_two_columns_and_marks_above_letters_none() -> None:
    assert painted(6, 1, Text(0, 0, "日本"), Text(4, 0, "|")) == ["日本|"]
    assert painted(6, 1, Text(0, 0, "e\u0301a"), Text(2, 0, "|")) == ["e\u0301a|"]


def test_control_characters_cannot_reach_the_terminal() -> None:
    assert painted(8, 1, Text(0, 0, "a\x1b[2Jb")) == ["a␛[2Jb"]


def test_media_is_a_pattern_and_a_curve_nothing() -> None:
    assert painted(4, 2, Box(0, 0, 4, 1, fill="media"), Curve(((0, 1), (3, 1)))) == ["░░░░", ""]
    assert painted(3, 1, Group("message", (Mark(1, 0, "7"),))) == [" 7"]
