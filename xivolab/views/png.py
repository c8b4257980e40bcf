"""Draws a scene with matplotlib: PNG and PDF, for documents that take no SVG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from xivolab.views.clean import one_line
from xivolab.views.glyphs import MONO, SANS, drawable, text_path
from xivolab.views.palette import SHADES, Theme
from xivolab.views.raster import png_of_colours
from xivolab.views.scene import Box, Curve, Group, Ink, Item, Line, Mark, Raster, Scene, Text
from xivolab.views.shapes import Point, arrow, mark_outline, mark_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

_DPI = 96
_POINTS = 72 / _DPI  # points in a pixel of the scene
_DASHES: dict[str, Any] = {"solid": "-", "dashed": (0, (5, 3)), "dotted": (0, (1, 2.5))}
_TALLEST = 60_000.0  # dots; matplotlib draws no picture of 2^16
_ANCHORS = {"start": "left", "middle": "center", "end": "right"}
_HALO = 3.0  # points
_BOXES, _RASTERS, _LINES, _CURVES, _SHAPES, _HALOS, _TEXTS = range(7)  # from the back to the front
_BEND = 4 / 3 * (2**0.5 - 1)  # how far the handles of a quarter of a circle are from its ends


def draw(scene: Scene, kind: Literal["png", "pdf"] = "png", theme: Theme = "light", scale: float = 2.0) -> bytes:
    """The file's bytes; `scale` is how many dots of a PNG make a pixel of the scene."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    scale = min(scale, _TALLEST / max(scene.width, scene.height))
    size = (scene.width / _DPI, scene.height / _DPI)
    figure = Figure(figsize=size, dpi=_DPI * scale, facecolor=SHADES[theme]["paper"])
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, scene.width)
    axes.set_ylim(scene.height, 0)
    axes.set_axis_off()
    painter = _Painter(axes, SHADES[theme], words=kind == "pdf")
    for item in scene.items:
        painter.gather(item)
    painter.draw()
    if kind == "png":
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]
        return png_of_colours(np.asarray(canvas.buffer_rgba())[:, :, :3])  # type: ignore[no-untyped-call]
    out = io.BytesIO()
    figure.savefig(out, format="pdf", metadata={"CreationDate": None})  # the same evidence gives the same bytes
    return out.getvalue()


class _Painter:
    """Gathers what is alike and draws it at once: matplotlib takes its time for each artist.

    With `words` texts stay texts, which a reader of a PDF can search and copy; else they are outlines.
    """

    def __init__(self, axes: Axes, shades: dict[Ink, str], *, words: bool) -> None:
        self.words = words
        self.axes = axes
        self.shades = shades
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.shapes: list[tuple[Path, Ink]] = []
        self.halos: list[tuple[Path, Ink]] = []
        self.texts: list[tuple[Path, Ink]] = []

    def gather(self, item: Item) -> None:
        """Takes one item; boxes lie behind lines, those behind marks, texts in front."""
        match item:
            case Group():
                for inner in item.items:
                    self.gather(inner)
            case Line():
                self._line(item)
            case Box():
                self.boxes.append(item)
            case Text():
                self._text(item)
            case Mark():
                self._mark(item)
            case Curve():
                self._curve(item)
            case Raster():
                self._raster(item)

    def draw(self) -> None:
        """Draws what was gathered."""
        from matplotlib.collections import LineCollection, PathCollection

        if self.boxes:
            boxes = self.boxes
            frames = PathCollection(
                [_rounded(box) for box in boxes],
                facecolors=[self.shades[box.fill] if box.fill else "none" for box in boxes],
                edgecolors=[self.shades[box.edge] if box.edge else "none" for box in boxes],
                linewidths=_POINTS,
                linestyles=[_DASHES[box.dash] for box in boxes],
                zorder=_BOXES,
            )
            self.axes.add_collection(frames, autolim=False)
        if self.lines:
            drawn = LineCollection(
                [arrow(line)[0] if line.head else ((line.x1, line.y1), (line.x2, line.y2)) for line in self.lines],
                colors=[self.shades[line.ink] for line in self.lines],
                linewidths=[line.width * _POINTS for line in self.lines],
                linestyles=[_DASHES[line.dash] for line in self.lines],
                zorder=_LINES,
            )
            self.axes.add_collection(drawn, autolim=False)
        for paths, layer, edge in ((self.shapes, _SHAPES, 0.0), (self.halos, _HALOS, _HALO), (self.texts, _TEXTS, 0.0)):
            if paths:
                shades = [self.shades[ink] for _, ink in paths]
                filled = PathCollection(
                    [path for path, _ in paths],
                    facecolors=shades,
                    edgecolors=shades if edge else "none",
                    linewidths=edge,
                    joinstyle="round",
                    zorder=layer,
                )
                self.axes.add_collection(filled, autolim=False)

    def _line(self, line: Line) -> None:
        self.lines.append(line)
        if line.head and (head := arrow(line)[1]):
            self._polygon(head, line.ink)

    def _polygon(self, corners: Sequence[Point], ink: Ink) -> None:
        from matplotlib.path import Path

        self.shapes.append((Path([*corners, corners[0]], closed=True), ink))

    def _text(self, text: Text) -> None:
        shown = one_line(text.text)
        path = text_path(shown, text.x, text.y, text.size, text.anchor, bold=text.bold, mono=text.mono)
        if not np.size(path.vertices):
            return
        if text.halo:
            self.halos.append((path, text.halo))
        if self.words:
            self._words(text, drawable(shown))
        else:
            self.texts.append((path, text.ink))

    def _words(self, text: Text, shown: str) -> None:
        self.axes.text(
            text.x,
            text.y,
            shown,
            parse_math=False,
            color=self.shades[text.ink],
            fontsize=text.size * _POINTS,
            fontweight="bold" if text.bold else "normal",
            family=MONO if text.mono else SANS,
            ha=_ANCHORS[text.anchor],
            va="baseline",
            zorder=_TEXTS,
        )

    def _mark(self, mark: Mark) -> None:
        outline = mark_outline(mark)
        if isinstance(outline, Box):
            self.shapes.append((_rounded(outline), mark.ink))
        else:
            self._polygon(outline, mark.ink)
        self._text(mark_text(mark))

    def _raster(self, raster: Raster) -> None:
        from matplotlib.image import imread

        left, right, top, bottom = raster.x, raster.x + raster.width, raster.y, raster.y + raster.height
        limits = self.axes.axis()
        points = imread(io.BytesIO(raster.png))
        self.axes.imshow(points, extent=(left, right, bottom, top), aspect="auto", zorder=_RASTERS)
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
            zorder=_CURVES,
        )


def _rounded(box: Box) -> Path:
    """The outline of a box, its corners quarters of circles."""
    from matplotlib.path import Path

    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    if not box.radius:
        return Path([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], closed=True)
    r = min(box.radius, box.width / 2, box.height / 2)
    h = r * (1 - _BEND)
    points = (
        *((left + r, top), (right - r, top), (right - h, top), (right, top + h), (right, top + r)),
        *((right, bottom - r), (right, bottom - h), (right - h, bottom), (right - r, bottom)),
        *((left + r, bottom), (left + h, bottom), (left, bottom - h), (left, bottom - r)),
        *((left, top + r), (left, top + h), (left + h, top), (left + r, top), (left + r, top)),
    )
    corner = [Path.LINETO, *[Path.CURVE4] * 3]
    return Path(points, np.array([Path.MOVETO, *corner * 4, Path.CLOSEPOLY], np.uint8))
