"""Channels and bridges in character cells: a row of signs for each channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xivolab.asterisk.cel.channels import Channel
from xivolab.views.channels_words import ending, label, sentence
from xivolab.views.clean import one_line, shorten
from xivolab.views.scene import Item, Scene, Text

if TYPE_CHECKING:
    from xivolab.views.channels import Channels

_SIGNS = {"waiting": "·", "up": "─", "queue": "q", "parked": "p"}
_LABEL = 30


def channels_cells(picture: Channels, width: int) -> Scene:
    """The heading, a row a channel, what the signs mean, what happened."""
    words = picture.words
    lines = [picture.heading, ""] if picture.shown else [words["none"]]
    room = max(width - min(_LABEL, width // 2) - 1, 8)
    for one in picture.shown:
        name = shorten(one_line(label(one)), width - room - 1)
        lines.append(f"{name:<{width - room - 1}} {_row(picture, one, room)}".rstrip())
    if picture.shown:
        lines += [" " * (width - room) + _axis(picture, room), "", *_legend(picture)]
    for fact in picture.facts:
        at = f"{(fact.time - picture.start) / 1e9:9.3f}".replace(".", words["decimal"])
        lines.append(f"{at}  {one_line(sentence(fact, words))}")
    for one in picture.shown:
        if told := ending(one, words):
            at = f"{((one.end or picture.end) - picture.start) / 1e9:9.3f}".replace(".", words["decimal"])
            lines.append(f"{at}  {one_line(f'{one.name}: {told}')}")
    items: list[Item] = [Text(0, row, shorten(line, width)) for row, line in enumerate(lines)]
    return Scene(width, len(lines), tuple(items), one_line(picture.heading), picture.lang)


def _row(picture: Channels, channel: Channel, room: int) -> str:
    cells = [" "] * room
    length = max(picture.end - picture.start, 1)
    for bar in picture.bars(channel):
        first = int((bar.start - picture.start) / length * (room - 1))
        last = int((bar.end - picture.start) / length * (room - 1))
        sign = picture.letters[bar.bridge][-1] if bar.kind == "bridge" else _SIGNS[bar.kind]
        cells[first : last + 1] = sign * (last + 1 - first)
    return "".join(cells)


def _axis(picture: Channels, room: int) -> str:
    end = f"{(picture.end - picture.start) / 1e9:.1f} s".replace(".", picture.words["decimal"])
    return "0" + end.rjust(room - 1)


def _legend(picture: Channels) -> list[str]:
    words = picture.words
    kinds = {bar.kind for one in picture.shown for bar in picture.bars(one)}
    told = [f"{sign} {words[kind]}" for kind, sign in _SIGNS.items() if kind in kinds]
    bridges = [f"{letter} {words['bridge']} {bridge}" for bridge, letter in picture.letters.items()]
    return ["   ".join(told), *bridges, ""]
