"""Lays a ladder out in pixels: title, heads, lanes, rows and legend."""

from __future__ import annotations

from typing import Protocol

from xivolab.views.captions import Captions
from xivolab.views.flow import Arrow, Events, Flow, Idle, Lane, Media, Returned
from xivolab.views.ladder_arrow import arrow_group, row_time
from xivolab.views.ladder_events import event_groups
from xivolab.views.ladder_grid import LABEL, SMALL, TITLE_HEIGHT, Grid, Strip
from xivolab.views.ladder_media import bands, voices
from xivolab.views.ladder_returned import returned_group
from xivolab.views.ladder_style import style
from xivolab.views.measure import fit, text_width
from xivolab.views.scene import Box, Dash, Group, Ink, Item, Line, Mark, Scene, Shape, Text

_LEFT = 12.0

# What the legend explains, and the word for it.
_SHAPES: tuple[tuple[Shape, Ink, str], ...] = (
    ("round", "request", "request"),
    ("square", "muted", "response"),
    ("diamond", "failure", "refusal"),
)
_DASHES: tuple[tuple[Dash, str], ...] = (("dashed", "retransmission"), ("dotted", "duplicate"))


class Hand(Protocol):
    """Draws what differs from ladder to ladder: the lines along the lanes, and a message."""

    def along(self, grid: Grid) -> list[Item]:
        """What goes along the lanes besides their lines."""

    def arrow(self, arrow: Arrow, strip: Strip, grid: Grid, captions: Captions, *, secrets: bool) -> Group:
        """One message."""

    def legend(self, captions: Captions) -> list[tuple[str, str]]:
        """Signs of this ladder alone, and the words for them."""


class _UsualHand:
    def along(self, grid: Grid) -> list[Item]:
        return []

    def arrow(self, arrow: Arrow, strip: Strip, grid: Grid, captions: Captions, *, secrets: bool) -> Group:
        return arrow_group(arrow, strip, grid, captions, secrets=secrets)

    def legend(self, captions: Captions) -> list[tuple[str, str]]:
        return []


def ladder_scene(flow: Flow, captions: Captions, *, secrets: bool, hand: Hand | None = None) -> Scene:
    """The ladder of a call: title, heads that stay in sight, one group per message, one per stream, a legend.

    Another `hand` draws another kind of ladder.
    """
    hand = hand or _UsualHand()
    if not flow.rows:
        sentence = captions.words["no messages"]
        return Scene(420, 48, (Text(_LEFT, 29, sentence),), sentence, captions.lang)
    grid = Grid(flow, captions)
    head = Group("head", (*_title(grid, captions), *_heads(grid, captions)))
    items: list[Item] = [head, *bands(grid), *_lifelines(grid), *hand.along(grid)]
    for strip in grid.strips:
        items += _row(strip, grid, captions, hand, secrets=secrets)
    items += _legend(grid, captions, hand)
    title = f"{captions.words['ladder']}: {captions.title()}, {captions.outcome()}"
    return Scene(grid.width, grid.bottom + 34, tuple(items), title, captions.lang, grid.head)


def _row(strip: Strip, grid: Grid, captions: Captions, hand: Hand, *, secrets: bool) -> list[Item]:
    match strip.row:
        case Arrow() as arrow:
            return [hand.arrow(arrow, strip, grid, captions, secrets=secrets)]
        case Media() as media:
            return [row_time(media.start, strip.top + 20, captions), *voices(media, strip, grid, captions)]
        case Events() as events:
            return [row_time(events.start, strip.top + 16, captions), *event_groups(events, strip, grid, captions)]
        case Returned() as returned:
            return [returned_group(returned, strip, grid, captions)]
        case Idle() as idle:
            return [Text(_LEFT, strip.top + 20, captions.idle(idle.seconds), "muted", SMALL)]


def _title(grid: Grid, captions: Captions) -> list[Item]:
    first = fit(captions.title(), 15, grid.width * 0.6)
    x = _LEFT + text_width(first, 15, bold=True) + 14
    return [
        Text(_LEFT, 23, first, "text", 15, bold=True),
        Text(x, 23, fit(captions.outcome(), 13, grid.width - x - _LEFT), "text", 13),
        Text(_LEFT, 42, fit(captions.extent(), SMALL, grid.width - 2 * _LEFT), "muted", SMALL),
    ]


def _heads(grid: Grid, captions: Captions) -> list[Item]:
    items: list[Item] = []
    for i, lane in enumerate(grid.flow.lanes):
        items.append(_head(lane, grid.x(i), min(grid.step / 2 - 8, 74), captions))
        items.append(Line(grid.x(i), TITLE_HEIGHT + 43, grid.x(i), grid.head, "lane"))
    return items


def _head(lane: Lane, x: float, half: float, captions: Captions) -> Group:
    """The box with the name and the address of a host."""
    name, address = captions.lane(lane)
    y, room = TITLE_HEIGHT, 2 * half - 8
    big = _largest(name, (13.0, 12.0, 11.0, 10.0, 9.0), room)
    small = _largest(address, (11.0, 10.0, 9.0, 8.0), room)
    items = (
        Box(x - half, y, 2 * half, 43, "panel", "lane", radius=5),
        Text(x, y + 19, fit(name, big, room), "text", big, "middle", bold=True),
        Text(x, y + 35, fit(address, small, room), "muted", small, "middle", mono=True),
    )
    return Group("host", items, f"{name}\n{', '.join(lane.addresses)}\nSIP: {', '.join(lane.ports)}")


def _lifelines(grid: Grid) -> list[Item]:
    """The line of each lane, dotted where nothing happened for long."""
    idle = [strip for strip in grid.strips if isinstance(strip.row, Idle)]
    ends = [grid.head, *(y for strip in idle for y in (strip.top, strip.bottom)), grid.bottom]
    items: list[Item] = []
    for i in range(len(grid.flow.lanes)):
        x = grid.x(i)
        items += [Line(x, top, x, bottom, "lane") for top, bottom in zip(ends[::2], ends[1::2], strict=True)]
        items += [Line(x, strip.top + 3, x, strip.bottom, "lane", 1.5, "dotted") for strip in idle]
    return items


def _legend(grid: Grid, captions: Captions, hand: Hand) -> list[Item]:
    """What the shapes and dashes of this picture mean."""
    words, y = captions.words, grid.bottom + 16
    looks = {style(arrow) for arrow in grid.flow.arrows()}
    items: list[Item] = [Text(_LEFT, y + 4, words["time"], "muted", SMALL)]
    x = _LEFT + text_width(words["time"], SMALL) + 22
    for shape, ink, word in _SHAPES:
        if any(look.shape == shape for look in looks):
            items += [Mark(x, y, "", ink, shape, 9), Text(x + 11, y + 4, words[word], "muted", SMALL)]
            x += text_width(words[word], SMALL) + 34
    for dash, word in _DASHES:
        if any(look.dash == dash for look in looks):
            items += [Line(x - 6, y, x + 22, y, "text", 1.6, dash), Text(x + 28, y + 4, words[word], "muted", SMALL)]
            x += text_width(words[word], SMALL) + 54
    for sign, word in hand.legend(captions):
        items += [Text(x, y + 4, sign, "text", LABEL, "middle", bold=True), Text(x + 11, y + 4, word, "muted", SMALL)]
        x += text_width(word, SMALL) + 34
    return items


def _largest(text: str, sizes: tuple[float, ...], room: float) -> float:
    """The first of these sizes in which the text fits, else the last."""
    return next((size for size in sizes if text_width(text, size, bold=True) <= room), sizes[-1])
