"""Draws a scene with matplotlib: PNG and PDF, for documents that take no SVG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from xivolab.views.clean import one_line
from xivolab.views.palette import SHADES, Theme
from xivolab.views.scene import Box, Curve, Group, Ink, Item, Line, Mark, Raster, Scene, Text
from xivolab.views.shapes import Point, arrow, mark_outline, mark_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DPI = 96
_POINTS = 72 / _DPI  # points in a pixel of the scene
_DASHES: dict[str, Any] = {"solid": "-", "dashed": (0, (5, 3)), "dotted": (0, (1, 2.5))}
_TALLEST = 60_000.0  # dots; matplotlib draws no picture of 2^16
_SANS, _MONO = "DejaVu Sans", "DejaVu Sans Mono"  # matplotlib brings them along
_ANCHORS = {"start": "left", "middle": "center", "end": "right"}


def draw(scene: Scene, kind: Literal["png", "pdf"] = "png", theme: Theme = "light", scale: float = 2.0) -> bytes:
    """The file's bytes; `scale` is how many dots of a PNG make a pixel of the scene."""
    from matplotlib.figure import Figure

    scale = min(scale, _TALLEST / max(scene.width, scene.height))
    figure = Figure(figsize=(scene.width / _DPI, scene.height / _DPI), facecolor=SHADES[theme]["paper"])
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, scene.width)
    axes.set_ylim(scene.height, 0)
    axes.set_axis_off()
    painter = _Painter(axes, SHADES[theme])
    for item in scene.items:
        painter.draw(item)
    out = io.BytesIO()
    # No date in the file: the same evidence gives the same bytes.
    stamp = {"CreationDate": None} if kind == "pdf" else {}
    figure.savefig(out, format=kind, dpi=_DPI * scale, metadata=stamp)
    return out.getvalue()


class _Painter:
    def __init__(self, axes: Axes, shades: dict[Ink, str]) -> None:
        self.axes = axes
        self.shades = shades
        self.order = 0

    def draw(self, item: Item) -> None:
        """Draws one item above those drawn before."""
        self.order += 1
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
                self._mark(item)
            case Curve():
                self._curve(item)
            case Raster():
                self._raster(item)

    def _line(self, line: Line) -> None:
        from matplotlib.lines import Line2D

        shade = self.shades[line.ink]
        shaft, head = arrow(line) if line.head else (((line.x1, line.y1), (line.x2, line.y2)), ())
        xs, ys = zip(*shaft, strict=True)
        width = line.width * _POINTS
        self.axes.add_line(
            Line2D(xs, ys, color=shade, linewidth=width, linestyle=_DASHES[line.dash], zorder=self.order)
        )
        self._polygon(head, line.ink)

    def _polygon(self, corners: Sequence[Point], ink: Ink) -> None:
        from matplotlib.patches import Polygon

        if corners:
            self.axes.add_patch(Polygon(corners, facecolor=self.shades[ink], linewidth=0, zorder=self.order))

    def _box(self, box: Box) -> None:
        from matplotlib.patches import BoxStyle, FancyBboxPatch

        self.axes.add_patch(
            FancyBboxPatch(
                (box.x, box.y),
                box.width,
                box.height,
                boxstyle=BoxStyle.Round(pad=0, rounding_size=max(box.radius, 0.01)),
                facecolor=self.shades[box.fill] if box.fill else "none",
                edgecolor=self.shades[box.edge] if box.edge else "none",
                linewidth=_POINTS,
                linestyle=_DASHES[box.dash],
                zorder=self.order,
            )
        )

    def _text(self, text: Text) -> None:
        from matplotlib.patheffects import withStroke

        self.axes.text(
            text.x,
            text.y,
            _drawable(one_line(text.text)),
            parse_math=False,
            color=self.shades[text.ink],
            fontsize=text.size * _POINTS,
            fontweight="bold" if text.bold else "normal",
            family=_MONO if text.mono else _SANS,
            ha=_ANCHORS[text.anchor],
            va="baseline",
            zorder=self.order,
            path_effects=[withStroke(linewidth=3, foreground=self.shades[text.halo])] if text.halo else [],
        )

    def _mark(self, mark: Mark) -> None:
        outline = mark_outline(mark)
        if isinstance(outline, Box):
            self._box(outline)
        else:
            self._polygon(outline, mark.ink)
        self.order += 1
        self._text(mark_text(mark))

    def _raster(self, raster: Raster) -> None:
        from matplotlib.image import imread

        left, right, top, bottom = raster.x, raster.x + raster.width, raster.y, raster.y + raster.height
        limits = self.axes.axis()
        points = imread(io.BytesIO(raster.png))
        self.axes.imshow(points, extent=(left, right, bottom, top), aspect="auto", zorder=self.order)
        self.axes.axis(limits)

    def _curve(self, curve: Curve) -> None:
        xs, ys = zip(*curve.points, strict=True)
        single = len(curve.points) == 1
        self.axes.plot(
            xs,
            ys,
            color=self.shades[curve.ink],
            linewidth=curve.width * _POINTS,
            marker="o" if single else "",
            markersize=2 * curve.width * _POINTS,
            zorder=self.order,
        )


@cache
def _glyphs() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset.intersection(
        *(frozenset(get_font(findfont(FontProperties(family=name))).get_charmap()) for name in (_SANS, _MONO))
    )


def _drawable(text: str) -> str:
    """The text, with a replacement character for what the fonts of matplotlib do not have."""
    return text if text.isascii() else "".join(c if ord(c) in _glyphs() else "\ufffd" for c in text)
