"""A scene: what a picture shows, before anybody decides how it is drawn.

A view lays a scene out; the painters (`svg`, `html`, `text`, `png`) draw any scene. Units are pixels, or character
cells in a scene made for a terminal; x grows to the right, y downwards. A colour is named by what it means (an `Ink`):
the painter and the theme choose the shade.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Ink = Literal[
    "paper", "text", "muted", "lane", "panel", "request", "success", "redirect", "failure", "media", "edge", "wash"
]
Dash = Literal["solid", "dashed", "dotted"]
Anchor = Literal["start", "middle", "end"]
Shape = Literal["round", "square", "diamond"]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line, or an arrow when `head` says so."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: Ink = "text"
    width: float = 1.0
    dash: Dash = "solid"
    head: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points (x, y); a single point is drawn as a dot."""

    points: tuple[tuple[float, float], ...]
    ink: Ink = "text"
    width: float = 1.5


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `fill` or `edge` None leaves that part out."""

    x: float
    y: float
    width: float
    height: float
    fill: Ink | None = None
    edge: Ink | None = None
    dash: Dash = "solid"
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its baseline. `halo` is the ink around it that lets it be read across lines."""

    x: float
    y: float
    text: str
    ink: Ink = "text"
    size: float = 12.0
    anchor: Anchor = "start"
    bold: bool = False
    mono: bool = False
    halo: Ink | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A small filled shape with a number in it, centred on (x, y)."""

    x: float
    y: float
    text: str
    ink: Ink = "text"
    shape: Shape = "round"
    size: float = 18.0


@dataclass(frozen=True, slots=True)
class Fold:
    """A part of details that opens by itself: lines with a sign, and pieces of text of which some stand out."""

    heading: str
    lines: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]


@dataclass(frozen=True, slots=True)
class Raster:
    """A grid of points, as a PNG file, stretched over a rectangle; a scene of character cells leaves it out."""

    x: float
    y: float
    width: float
    height: float
    png: bytes


@dataclass(frozen=True, slots=True)
class Details:
    """What opens when somebody asks for more: a heading, a note under it, and a text shown as it is.

    `top` and `height` are the strip of the scene that opens it; `folds` stand before the text. `command` is something to be
    copied in one piece.
    """

    heading: str
    note: str
    text: str
    top: float
    height: float
    folds: tuple[Fold, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things that belong together: `kind` names them, `title` is their tooltip, `details` what they open."""

    kind: str
    items: tuple[Item, ...]
    title: str = ""
    details: Details | None = None


Item = Line | Curve | Box | Text | Mark | Raster | Group


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture: `title` says in a sentence what it shows; the first `head` units stay in sight on a long page."""

    width: float
    height: float
    items: tuple[Item, ...]
    title: str
    lang: str = "en"
    head: float = 0.0

    def groups(self) -> Iterator[Group]:
        """All groups, outer before inner."""
        stack = [item for item in reversed(self.items) if isinstance(item, Group)]
        while stack:
            group = stack.pop()
            yield group
            stack += [item for item in reversed(group.items) if isinstance(item, Group)]
