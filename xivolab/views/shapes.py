"""The outlines of arrows and marks, the same for all painters."""

from __future__ import annotations

from math import hypot

from xivolab.views.scene import Box, Line, Mark, Text

Point = tuple[float, float]

_HEAD_LENGTH, _HEAD_HALF = 9.0, 4.5


def arrow(line: Line) -> tuple[tuple[Point, Point], tuple[Point, ...]]:
    """The shaft of an arrow and the corners of its head; no head on a line without length."""
    length = hypot(line.x2 - line.x1, line.y2 - line.y1)
    tail, tip = (line.x1, line.y1), (line.x2, line.y2)
    if not length:
        return (tail, tip), ()
    ux, uy = (line.x2 - line.x1) / length, (line.y2 - line.y1) / length
    neck_x, neck_y = line.x2 - ux * _HEAD_LENGTH, line.y2 - uy * _HEAD_LENGTH
    wing_x, wing_y = -uy * _HEAD_HALF, ux * _HEAD_HALF
    return (tail, (neck_x, neck_y)), (tip, (neck_x + wing_x, neck_y + wing_y), (neck_x - wing_x, neck_y - wing_y))


def mark_outline(mark: Mark) -> Box | tuple[Point, ...]:
    """A box with round or nearly square corners, or the corners of a diamond; wide enough for the text in it."""
    half = mark.size / 2
    wide = max(half, 3.4 * len(mark.text) + 3)
    if mark.shape == "diamond":
        across, down = wide + 3, half + 3
        return (mark.x - across, mark.y), (mark.x, mark.y - down), (mark.x + across, mark.y), (mark.x, mark.y + down)
    return Box(mark.x - wide, mark.y - half, 2 * wide, mark.size, mark.ink, radius=half if mark.shape == "round" else 3)


def mark_text(mark: Mark) -> Text:
    """The text in a mark."""
    size = mark.size * 0.61
    return Text(mark.x, mark.y + size * 0.36, mark.text, "paper", size, "middle", bold=True)
