"""Draws what happens in the media of a ladder: digits in circles, the end of media, a change of its sender."""

from __future__ import annotations

from xivolab.views.captions import Captions
from xivolab.views.flow import Event, Events
from xivolab.views.ladder_grid import DIGIT_STEP, EVENT_HEIGHT, SMALL, Grid, Strip, event_width
from xivolab.views.measure import fit
from xivolab.views.scene import Box, Group, Item, Line, Mark, Text


def event_groups(events: Events, strip: Strip, grid: Grid, captions: Captions) -> list[Group]:
    """What happened in one row."""
    return [
        Group("event", tuple(_event(event, strip.top + 2 + EVENT_HEIGHT * slot, grid, captions)), captions.event(event))
        for slot, those in enumerate(events.slots())
        for event in those
    ]


def _event(event: Event, top: float, grid: Grid, captions: Captions) -> list[Item]:
    """In a frame: an arrow for its direction, the digits or a sign, and what it is."""
    moment = event.moment
    left, right = grid.span(*event.pair)
    width = min(event_width(event, captions), right - left - 20)
    start, y = grid.middle(event.source, event.target, width) - width / 2, top + 11
    items: list[Item] = [Box(start, top, width, 21, "wash", "edge", radius=10.5)]
    tail, tip = (start + 8, start + 32) if event.target >= event.source else (start + 32, start + 8)
    if moment.back:
        items.append(Line(start + 20, y, tail, y, "text", 1.6, head=True))
        tail = start + 20
    items.append(Line(tail, y, tip, y, "text", 1.6, head=True))
    x, room = start + 38, width - 46
    shown = int(max(room - 60, DIGIT_STEP) // DIGIT_STEP) if moment.digits else 0
    digits = moment.digits if len(moment.digits) <= shown else (*moment.digits[: max(shown - 1, 0)], "…")
    for digit in digits:
        items.append(Mark(x + 8, y, digit, "text", "round", 16))
        x, room = x + DIGIT_STEP, room - DIGIT_STEP
    label = f"· {moment.facts}" if moment.digits else captions.moment(moment)
    items.append(Text(x, y + 4, fit(label, SMALL, room), "text", SMALL))
    return items
