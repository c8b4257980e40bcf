"""Draws a scene of character cells as plain text, for terminals and mails."""

from __future__ import annotations

import unicodedata

from xivolab.views.clean import one_line
from xivolab.views.scene import Box, Curve, Group, Item, Line, Mark, Raster, Scene, Text

_ACROSS = {"solid": "─", "dashed": "╌", "dotted": "┈"}
_DOWN = {"solid": "│", "dashed": "┆", "dotted": "┊"}
_FILLED_BY_THE_CELL_BEFORE = ""


def text(scene: Scene) -> str:
    """The scene as lines of text: no line is longer than the scene is wide."""
    canvas = _Canvas(int(scene.width), int(scene.height))
    for item in scene.items:
        canvas.draw(item)
    return "\n".join(canvas.lines()) + "\n"


class _Canvas:
    """Rows of one-character cells; what falls outside is cut."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.cells = [[" "] * width for _ in range(height)]

    def lines(self) -> list[str]:
        return ["".join(row).rstrip() for row in self.cells]

    def put(self, x: int, y: int, mark: str) -> None:
        if 0 <= y < len(self.cells) and 0 <= x < self.width:
            self.cells[y][x] = mark

    def draw(self, item: Item) -> None:
        """Draws one item; curves and rasters have no text form, views write them as words or blocks."""
        match item:
            case Group():
                for inner in item.items:
                    self.draw(inner)
            case Line():
                self._line(item)
            case Box():
                self._box(item)
            case Text():
                self._text(item)
            case Mark():
                self._text(Text(item.x, item.y, item.text, anchor="middle"))
            case Curve() | Raster():
                pass

    def _line(self, line: Line) -> None:
        x1, y1, x2, y2 = int(line.x1), int(line.y1), int(line.x2), int(line.y2)
        if x1 == x2:
            for y in range(min(y1, y2), max(y1, y2) + 1):
                self.put(x1, y, _DOWN[line.dash])
        else:
            for x in range(min(x1, x2), max(x1, x2) + 1):
                self.put(x, y1, _ACROSS[line.dash])
            if line.head:
                self.put(x2, y1, "▶" if x2 > x1 else "◀")

    def _box(self, box: Box) -> None:
        fill = "░" if box.fill == "media" else " "
        for y in range(int(box.y), int(box.y + box.height)):
            for x in range(int(box.x), int(box.x + box.width)):
                self.put(x, y, fill)

    def _text(self, text: Text) -> None:
        cells: list[str] = []
        for character in one_line(text.text):
            if unicodedata.combining(character) and cells:
                cells[-1] += character
            elif unicodedata.east_asian_width(character) in "WF":
                cells += [character, _FILLED_BY_THE_CELL_BEFORE]
            else:
                cells.append(character)
        x = int(text.x)
        if text.anchor == "middle":
            x -= len(cells) // 2
        elif text.anchor == "end":
            x -= len(cells) - 1
        for offset, cell in enumerate(cells):
            self.put(x + offset, int(text.y), cell)
