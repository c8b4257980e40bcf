"""The grid of a ladder in pixels: where its lanes and rows stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from xivolab.views.captions import Captions
from xivolab.views.flow import Arrow, Event, Events, Flow, Idle, Media, Returned, Row
from xivolab.views.measure import text_width

TITLE_HEIGHT, HEAD_HEIGHT = 54.0, 52.0
VOICE_HEIGHT = 38.0
EVENT_HEIGHT = 24.0
DIGIT_STEP = 19.0
LABEL, SMALL = 12.0, 10.5
"""Sizes of text."""

_FIRST_LANE, _MARGIN = 156.0, 82.0
_LANE_MIN, _LANE_MAX = 190.0, 312.0
_PLAIN, _WITH_SDP, _MOMENTS, _IDLE = 36.0, 48.0, 18.0, 30.0


@dataclass(frozen=True, slots=True)
class Strip:
    """A row and where it stands."""

    row: Row
    top: float
    bottom: float


class Grid:
    """Lanes side by side, as far apart as the longest label between two of them wants; rows below each other."""

    def __init__(self, flow: Flow, captions: Captions) -> None:
        self.flow = flow
        self.head = TITLE_HEIGHT + HEAD_HEIGHT
        self.step = _lane_step(flow, captions)
        self.width = self.x(len(flow.lanes) - 1) + _MARGIN

    def x(self, lane: int) -> float:
        """The middle of a lane; half a step further is that of the space beside it."""
        return _FIRST_LANE + lane * self.step

    @cached_property
    def strips(self) -> tuple[Strip, ...]:
        """The rows."""
        strips, top = [], self.head + 6
        for row in self.flow.rows:
            strips.append(Strip(row, top, top + _height(row)))
            top = strips[-1].bottom
        return tuple(strips)

    @property
    def bottom(self) -> float:
        """Where the lanes end."""
        return self.strips[-1].bottom + 8

    def span(self, source: int, target: int) -> tuple[float, float]:
        """From the left lane to the right one; of one lane with itself, to the next."""
        low, high = sorted((source, target))
        return self.x(low), self.x(high) if high > low else self.x(low) + self.step

    def room(self, source: int, target: int) -> float:
        """Pixels between the two."""
        left, right = self.span(source, target)
        return right - left

    def middle(self, source: int, target: int, width: float) -> float:
        """Where a text of that width stands between two lanes: beside the sender, if it fits, not across lanes between."""
        left, right = self.span(source, target)
        if width > self.step - 28:
            return (left + right) / 2
        return left + self.step / 2 if target >= source else right - self.step / 2

    def y_of(self, time: float, begun: Strip) -> float:
        """Where a moment after the row `begun` stands: idle times count in proportion, the rest row by row."""
        y = begun.bottom
        for strip in self.strips[self.strips.index(begun) + 1 :]:
            row = strip.row
            if isinstance(row, Idle):
                if row.start + row.seconds > time:
                    return strip.top + (strip.bottom - strip.top) * max(time - row.start, 0) / row.seconds
            elif _begins(row) > time:
                return strip.top
            y = strip.bottom
        return y


def _lane_step(flow: Flow, captions: Captions) -> float:
    wanted = _LANE_MIN
    for arrow in flow.arrows():
        first, rest = captions.label(arrow)
        label = text_width(first, LABEL, bold=True) + text_width(rest, SMALL) + 60
        media = text_width(captions.media(arrow.message.sdp), SMALL) + 40
        wanted = max(wanted, max(label, media) / max(abs(arrow.target - arrow.source), 1))
    for event in flow.events():
        low, high = event.pair
        wanted = max(wanted, (event_width(event, captions) + 40) / max(high - low, 1))
    for error in flow.returned():
        first, rest = captions.returned(error)
        label = text_width(first, LABEL, bold=True) + text_width(rest, SMALL) + 40
        wanted = max(wanted, label / max(abs(error.target - error.source), 1))
    for voice in flow.voices():
        low, high = voice.pair
        longest = max(text_width(line, SMALL) for line in captions.voice(voice))
        wanted = max(wanted, (longest + 60) / max(high - low, 1))
    return min(wanted, _LANE_MAX)


def event_width(event: Event, captions: Captions) -> float:
    """How much room an event takes: the digits in their circles, or its label."""
    digits = event.moment.digits
    shown = f"· {event.moment.facts}" if digits else captions.moment(event.moment)
    return DIGIT_STEP * len(digits) + text_width(shown, SMALL) + 50


def _height(row: Row) -> float:
    if isinstance(row, Arrow):
        return (_WITH_SDP if row.message.sdp else _PLAIN) + (_MOMENTS if row.moments else 0)
    if isinstance(row, Events):
        return EVENT_HEIGHT * len(row.slots()) + 4
    if isinstance(row, Returned):
        return _PLAIN
    return VOICE_HEIGHT * len(row.slots()) + 6 if isinstance(row, Media) else _IDLE


def _begins(row: Arrow | Media | Events | Returned) -> float:
    """When a row happened; a message without a time stands where it was read."""
    if isinstance(row, Returned):
        return row.time
    return (row.message.time or 0.0) if isinstance(row, Arrow) else row.start
