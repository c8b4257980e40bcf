"""Scenes."""

from __future__ import annotations

from xivolab.views.scene import Group, Line, Scene


def test_groups_come_in_order_outer_before_inner() -> None:
    line = Line(0, 0, 1, 1)
    inner = Group("inner", (line,))
    scene = Scene(10, 10, (Group("outer", (line, inner)), line, Group("last", ())), "title")
    assert [group.kind for group in scene.groups()] == ["outer", "inner", "last"]
