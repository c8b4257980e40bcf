"""Lays channels and bridges out in pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xivolab.asterisk.cel.channels import Channel
from xivolab.views.channels_words import ending, label, sentence
from xivolab.views.clean import one_line
from xivolab.views.measure import fit, text_width
from xivolab.views.scene import Anchor, Box, Dash, Group, Ink, Item, Line, Mark, Scene, Text

if TYPE_CHECKING:
    from xivolab.views.channels import Channels
    from xivolab.views.channels_span import Span

_MARGIN, _LABEL, _PLOT = 12.0, 250.0, 560.0
_LANE, _BAR, _LINE = 30.0, 18.0, 19.0
_WIDTH = _MARGIN + _LABEL + _PLOT + 24.0
_SIZE, _SMALL, _TICK = 12.0, 11.0, 10.0
_BRIDGES: tuple[tuple[Ink, Dash], ...] = (
    ("request", "solid"),
    ("success", "solid"),
    ("redirect", "solid"),
    ("failure", "solid"),
    ("request", "dashed"),
    ("success", "dashed"),
)
_TICKS: tuple[Anchor, ...] = ("start", "middle", "middle", "middle", "end")


def channels_scene(picture: Channels) -> Scene:
    """Everything; a sentence where there is nothing."""
    words = picture.words
    if not picture.shown:
        return Scene(
            text_width(words["none"], 13) + 24,
            48,
            (Text(12, 29, words["none"], "text", 13),),
            words["none"],
            picture.lang,
        )
    items: list[Item] = [Text(_MARGIN, 24, fit(picture.heading, 14, _WIDTH - 24), "text", 14, bold=True)]
    legend, below = _legend(picture)
    items += legend
    top = below + 40
    bottom = top + len(picture.shown) * _LANE
    for number, fact in enumerate(picture.facts, 1):
        x = _x(picture, fact.time)
        items.append(Line(x, top - 10, x, bottom, "muted", 1.0, "dotted"))
        items.append(Mark(x, top - 14, str(number), "redirect", "diamond", 18))
    items += [_lane(picture, one, top + n * _LANE) for n, one in enumerate(picture.shown)]
    items += _axis(picture, bottom + 4)
    y = bottom + 44
    for number, fact in enumerate(picture.facts, 1):
        at = f"{(fact.time - picture.start) / 1e9:.3f} s".replace(".", words["decimal"])
        told = one_line(f"{at}  {sentence(fact, words)}")
        items += [Mark(_MARGIN + 9, y - 4, str(number), "redirect", "diamond", 18)]
        items += [Text(_MARGIN + 26, y, fit(told, _SMALL, _WIDTH - 50), "text", _SMALL)]
        y += _LINE
    return Scene(_WIDTH, y, tuple(items), one_line(picture.heading), picture.lang)


def _x(picture: Channels, time: int) -> float:
    length = max(picture.end - picture.start, 1)
    return _MARGIN + _LABEL + (time - picture.start) / length * _PLOT


def _legend(picture: Channels) -> tuple[list[Item], float]:
    """What the boxes mean, and where it ends."""
    words, x, y = picture.words, _MARGIN, 46.0
    items: list[Item] = []
    kinds = {bar.kind for one in picture.shown for bar in picture.bars(one)}
    for kind in ("waiting", "up", "queue", "parked"):
        if kind in kinds:
            items += [_box(kind, x, y - 10, 22, 12), Text(x + 28, y, words[kind], "muted", _SMALL)]
            x += 28 + text_width(words[kind], _SMALL) + 18
    for bridge, letter in picture.letters.items():
        ink, dash = _bridge_ink(picture, bridge)
        told = fit(f"{words['bridge']} {bridge}", _SMALL, 130)
        if x > _WIDTH - 170:
            x, y = _MARGIN, y + 18
        items += [
            Box(x, y - 11, 22, 14, "wash", ink, dash, 3),
            Text(x + 11, y, letter, ink, _SMALL, "middle", bold=True),
        ]
        items += [Text(x + 28, y, told, "muted", _SMALL)]
        x += 28 + text_width(told, _SMALL) + 18
    return items, y


def _bridge_ink(picture: Channels, bridge: str) -> tuple[Ink, Dash]:
    return _BRIDGES[list(picture.letters).index(bridge) % len(_BRIDGES)]


def _box(kind: str, x: float, y: float, width: float, height: float) -> Box:
    if kind == "waiting":
        return Box(x, y, width, height, None, "muted", "dashed", 3)
    if kind == "up":
        return Box(x, y, width, height, "panel", "muted", "solid", 3)
    return Box(x, y, width, height, "media", "edge", "dotted" if kind == "queue" else "solid", 3)


def _lane(picture: Channels, channel: Channel, top: float) -> Group:
    name = one_line(label(channel))
    middle = top + _LANE / 2
    items: list[Item] = [
        Line(_MARGIN, top + _LANE, _WIDTH - 24, top + _LANE, "panel"),
        Text(_MARGIN, middle + 4, fit(name, _SIZE, _LABEL - 12), "text", _SIZE),
    ]
    for bar in picture.bars(channel):
        items += _bar(picture, bar, middle)
    told = "\n".join(filter(None, (name, ending(channel, picture.words), channel.uniqueid)))
    return Group("channel", tuple(items), one_line(told) if "\n" not in told else told)


def _bar(picture: Channels, bar: Span, middle: float) -> list[Item]:
    left, right = _x(picture, bar.start), _x(picture, bar.end)
    width = max(right - left, 2.0)
    top = middle - _BAR / 2
    if bar.kind != "bridge":
        box = _box(bar.kind, left, top + 2, width, _BAR - 4)
        word = picture.words[bar.kind]
        named = bar.kind in ("queue", "parked") and width > text_width(word, _SMALL) + 8
        return [box, *([Text(left + width / 2, middle + 4, word, "text", _SMALL, "middle")] if named else [])]
    ink, dash = _bridge_ink(picture, bar.bridge)
    letter = picture.letters[bar.bridge] + (f" · {picture.words['held']}" if bar.held else "")
    if width < text_width(letter, _SMALL, bold=True) + 4:
        letter = picture.letters[bar.bridge]
    items: list[Item] = [Box(left, top, width, _BAR, "media" if bar.held else "wash", ink, dash, 3)]
    if width >= 10:
        items.append(Text(left + width / 2, middle + 4, letter, ink, _SMALL, "middle", bold=True))
    return items


def _axis(picture: Channels, y: float) -> list[Item]:
    left = _MARGIN + _LABEL
    seconds = (picture.end - picture.start) / 1e9
    items: list[Item] = [Line(left, y, left + _PLOT, y, "lane")]
    for number, anchor in enumerate(_TICKS):
        told = f"{seconds * number / 4:.1f}".replace(".", picture.words["decimal"])
        items.append(Text(left + _PLOT * number / 4, y + 13, told, "muted", _TICK, anchor))
    items.append(Text(_MARGIN, y + 13, picture.words["time"], "muted", _TICK))
    return items
