"""Draws a scene with matplotlib: PNG and PDF, for documents that take no SVG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Literal

from xivolab.views.clean import one_line
from xivolab.views.palette import SHADES, Theme
from xivolab.views.scene import Box, Curve, Group, Ink, Item, Line, Mark, Scene, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DPI = 96
_POINTS = 72 / _DPI  # points in a pixel of the scene
_DASHES: dict[str, Any] = {"solid": "-", "dashed": (0, (5, 3)), "dotted": (0, (1, 2.5))}
_ANCHORS = {"start": "left", "middle": "center", "end": "right"}


def draw(scene: Scene, kind: Literal["png", "pdf"] = "png", theme: Theme = "light", scale: float = 2.0) -> bytes:
    """The file's bytes; `scale` is how many dots of a PNG make a pixel of the scene."""
    from matplotlib.figure import Figure

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

    def _line(self, line: Line) -> None:
        from matplotlib.patches import FancyArrowPatch

        style = "-|>,head_length=4,head_width=2" if line.head else "-"
        self.axes.add_patch(
            FancyArrowPatch(
                (line.x1, line.y1),
                (line.x2, line.y2),
                arrowstyle=style,
                mutation_scale=1.6,
                shrinkA=0,
                shrinkB=0,
                color=self.shades[line.ink],
                linewidth=line.width * _POINTS,
                linestyle=_DASHES[line.dash],
                zorder=self.order,
            )
        )

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
            # A lone dollar would begin a formula.
            one_line(text.text).replace("$", r"\$"),
            color=self.shades[text.ink],
            fontsize=text.size * _POINTS * (0.9 if not text.mono else 1),
            fontweight="bold" if text.bold else "normal",
            family="DejaVu Sans Mono" if text.mono else "DejaVu Sans",
            ha=_ANCHORS[text.anchor],
            va="baseline",
            zorder=self.order,
            path_effects=[withStroke(linewidth=3, foreground=self.shades["paper"])] if text.halo else [],
        )

    def _mark(self, mark: Mark) -> None:
        half = mark.size / 2
        wide = max(half, 3.4 * len(mark.text) + 3)
        if mark.shape == "diamond":
            corners = [
                (mark.x - wide - 3, mark.y),
                (mark.x, mark.y - half - 3),
                (mark.x + wide + 3, mark.y),
                (mark.x, mark.y + half + 3),
            ]
            self.axes.fill(*zip(*corners, strict=True), color=self.shades[mark.ink], zorder=self.order, linewidth=0)
        else:
            self._box(
                Box(
                    mark.x - wide,
                    mark.y - half,
                    2 * wide,
                    mark.size,
                    mark.ink,
                    None,
                    "solid",
                    half if mark.shape == "round" else 3,
                )
            )
        size = mark.size * 0.61
        self.order += 1
        self._text(Text(mark.x, mark.y + size * 0.36, mark.text, "paper", size, "middle", bold=True))

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
