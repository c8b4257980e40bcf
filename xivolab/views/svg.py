"""Draws a scene as SVG text.

No ids, markers or patterns: several pictures in one page cannot collide. Colours are classes (`f-INK`, `s-INK`), so that
a page can give them its theme; a stand-alone file carries both themes and its own paper.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape

from xivolab.views.clean import one_line
from xivolab.views.palette import SHADES, ink_rules
from xivolab.views.scene import Box, Curve, Group, Ink, Item, Line, Mark, Raster, Scene, Text
from xivolab.views.shapes import Point, arrow, mark_outline, mark_text

SANS = "system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif"
MONO = "ui-monospace,'SF Mono',Consolas,'DejaVu Sans Mono',monospace"

TEXT_RULES = (
    "{0} text{{font-family:" + SANS + ";white-space:pre}}{0} .mono{{font-family:" + MONO + "}}{0} .b{{font-weight:600}}"
    "{0} .mid{{text-anchor:middle}}{0} .end{{text-anchor:end}}{0} .halo{{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}}"
)
"""CSS of the texts; {0} is the scope."""

_DASHES = {
    "solid": "",
    "dashed": ' stroke-dasharray="7 4"',
    "dotted": ' stroke-dasharray="1.5 4" stroke-linecap="round"',
}


def svg(scene: Scene) -> str:
    """A stand-alone SVG document: light theme, dark where the reader's system asks for it."""
    style = (
        TEXT_RULES.format(".xv")
        + ink_rules(".xv", lambda ink: SHADES["light"][ink])
        + "@media (prefers-color-scheme:dark){"
        + ink_rules(".xv", lambda ink: SHADES["dark"][ink])
        + "}"
    )
    paper = f'<rect class="f-paper" width="{_n(scene.width)}" height="{_n(scene.height)}"/>'
    return strip(scene, 0, scene.height, f"<style>{style}</style>{paper}", items(scene.items))


def strip(scene: Scene, top: float, bottom: float, before: str, drawn: str) -> str:
    """The `<svg>` element that shows the scene from `top` to `bottom`; `drawn` is what `items` returned."""
    height = bottom - top
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="xv" role="img" lang="{scene.lang}" aria-label="{_attribute(scene.title)}" '
        f'width="{_n(scene.width)}" height="{_n(height)}" viewBox="0 {_n(top)} {_n(scene.width)} {_n(height)}">'
        f"{before}{drawn}</svg>"
    )


def items(things: tuple[Item, ...]) -> str:
    """The SVG elements of some items."""
    return "".join([_item(thing) for thing in things])


def _item(thing: Item) -> str:
    if isinstance(thing, Text):
        return _text(thing)
    if isinstance(thing, Line):
        return _line(thing)
    if isinstance(thing, Group):
        tip = f"<title>{_content(thing.title)}</title>" if thing.title else ""
        return f'<g class="{thing.kind}">{tip}{items(thing.items)}</g>'
    if isinstance(thing, Mark):
        return _mark(thing)
    if isinstance(thing, Box):
        return _box(thing)
    if isinstance(thing, Raster):
        return _raster(thing)
    return _curve(thing)


def _n(value: float) -> str:
    """A number as short as it can be: tenths are enough."""
    return f"{value:.1f}".removesuffix(".0")


def _content(text: str) -> str:
    return escape("\n".join(one_line(line) for line in text.split("\n")), quote=False)


def _attribute(text: str) -> str:
    return escape(one_line(text))


def _text(text: Text) -> str:
    names = [f"f-{text.ink}"]
    if text.anchor != "start":
        names.append("mid" if text.anchor == "middle" else "end")
    if text.bold:
        names.append("b")
    if text.mono:
        names.append("mono")
    if text.halo:
        names += ["halo", f"s-{text.halo}"]
    content = escape(one_line(text.text), quote=False)
    return f'<text class="{" ".join(names)}" x="{_n(text.x)}" y="{_n(text.y)}" font-size="{_n(text.size)}">{content}</text>'


def _line(line: Line) -> str:
    shaft, head = arrow(line) if line.head else (((line.x1, line.y1), (line.x2, line.y2)), ())
    (x1, y1), (x2, y2) = shaft
    return (
        f'<line class="s-{line.ink}" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" '
        f'stroke-width="{_n(line.width)}"{_DASHES[line.dash]}/>{_polygon(head, line.ink)}'
    )


def _polygon(corners: tuple[Point, ...], ink: Ink) -> str:
    points = " ".join([f"{_n(x)},{_n(y)}" for x, y in corners])
    return f'<polygon class="f-{ink}" points="{points}"/>' if corners else ""


def _box(box: Box) -> str:
    names = [f"f-{box.fill}"] if box.fill else []
    if box.edge:
        names.append(f"s-{box.edge}")
    hollow = "" if box.fill else ' fill="none"'
    radius = f' rx="{_n(box.radius)}"' if box.radius else ""
    return (
        f'<rect class="{" ".join(names)}"{hollow} x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" '
        f'height="{_n(box.height)}"{radius}{_DASHES[box.dash]}/>'
    )


def _mark(mark: Mark) -> str:
    outline = mark_outline(mark)
    drawn = _box(outline) if isinstance(outline, Box) else _polygon(outline, mark.ink)
    return drawn + _text(mark_text(mark)) if mark.text else drawn


def _raster(raster: Raster) -> str:
    place = f'x="{_n(raster.x)}" y="{_n(raster.y)}" width="{_n(raster.width)}" height="{_n(raster.height)}"'
    return f'<image {place} preserveAspectRatio="none" href="data:image/png;base64,{b64encode(raster.png).decode()}"/>'


def _curve(curve: Curve) -> str:
    if len(curve.points) == 1:
        x, y = curve.points[0]
        return f'<circle class="f-{curve.ink}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(curve.width)}"/>'
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in curve.points)
    return f'<polyline class="s-{curve.ink}" points="{points}" fill="none" stroke-width="{_n(curve.width)}" stroke-linejoin="round"/>'
