"""Draws one message of a ladder."""

from __future__ import annotations

from xivolab.views.captions import Captions
from xivolab.views.clean import hide_secrets
from xivolab.views.counterparts import difference_fold
from xivolab.views.flow import Arrow
from xivolab.views.ladder_grid import LABEL, SMALL, Grid, Strip
from xivolab.views.ladder_style import Style, style
from xivolab.views.measure import fit, text_width, whole_parts
from xivolab.views.scene import Anchor, Box, Details, Group, Item, Line, Mark, Text

_TIME_END = 74.0  # right edge of the time column
_LOOP = 46.0  # how far the arrow of a message to oneself goes out


def row_time(time: float | None, y: float, captions: Captions) -> Text:
    """The time of a row, in the column of times."""
    return Text(_TIME_END, y, captions.relative(time), "muted", SMALL, "end", mono=True)


def arrow_group(arrow: Arrow, strip: Strip, grid: Grid, captions: Captions, *, secrets: bool) -> Group:
    """Time, line, label, session description and number of a message; its text opens."""
    looks, y = style(arrow), strip.top + 24
    items: list[Item] = [row_time(arrow.message.time, y + 4, captions)]
    if arrow.source == arrow.target:
        items += _loop(arrow, grid, captions, looks, y)
    else:
        items += _line(arrow, grid, captions, looks, y)
    items.append(Mark(grid.x(arrow.source), y, str(arrow.number), looks.ink, looks.shape))
    items += _moments(arrow, grid, captions, y + (33 if arrow.message.sdp else 21))
    text = arrow.message.text if secrets else hide_secrets(arrow.message.text)
    other = captions.counterparts.get(arrow.number)
    folds = (difference_fold(arrow, other, captions.words, secrets=secrets),) if other else ()
    details = Details(
        *captions.heading(arrow), text, strip.top, strip.bottom - strip.top, folds, captions.display_filter(arrow)
    )
    return Group("message", tuple(items), captions.tooltip(arrow), details)


def _line(arrow: Arrow, grid: Grid, captions: Captions, looks: Style, y: float) -> list[Item]:
    """Label above the line, session description below it."""
    x1, x2 = grid.x(arrow.source), grid.x(arrow.target)
    tip = x2 - 2 if x2 > x1 else x2 + 2
    weight = 1.8 if arrow.message.is_request else 1.4
    room = abs(x2 - x1) - 32
    first, rest = captions.label(arrow)
    first = fit(first, LABEL, room)
    own = text_width(first, LABEL, bold=True)
    rest = whole_parts(rest, room - own - 10, _small_width)
    rest = fit(rest, SMALL, room - own - 10).removeprefix("…")
    more = _small_width(rest)
    middle = grid.middle(arrow.source, arrow.target, own + more + 8)
    join = middle + (own - more) / 2 if more else middle
    anchor: Anchor = "end" if more else "middle"
    items: list[Item] = [
        Line(x1, y, tip, y, looks.ink, weight, looks.dash, head=True),
        Text(join, y - 7, first, looks.ink, LABEL, anchor, bold=True, halo="paper"),
    ]
    if more:
        items.append(Text(join + 8, y - 7, rest, "muted", SMALL, halo="paper"))
    if media := fit(captions.media(arrow.message.sdp, room, _small_width), SMALL, room):
        middle = grid.middle(arrow.source, arrow.target, _small_width(media))
        items.append(Text(middle, y + 15, media, "text", SMALL, "middle", halo="paper"))
    return items


def _loop(arrow: Arrow, grid: Grid, captions: Captions, looks: Style, y: float) -> list[Item]:
    """A message to oneself goes out and comes back."""
    x1 = grid.x(arrow.source)
    x2 = x1 + _LOOP
    first = fit(captions.label(arrow)[0], LABEL, grid.step)
    return [
        Line(x1, y - 6, x2, y - 6, looks.ink, 1.6, looks.dash),
        Line(x2, y - 6, x2, y + 6, looks.ink, 1.6, looks.dash),
        Line(x2, y + 6, x1 + 2, y + 6, looks.ink, 1.6, looks.dash, head=True),
        Text(x2 + 8, y + 4, first, looks.ink, LABEL, bold=True, halo="paper"),
    ]


def _moments(arrow: Arrow, grid: Grid, captions: Captions, y: float) -> list[Item]:
    """What happened by a message, in a frame of its own under it."""
    if not arrow.moments:
        return []
    label = fit(
        " · ".join(captions.moment(moment) for moment in arrow.moments),
        SMALL,
        (grid.room(arrow.source, arrow.target) - 40) / 1.1,
    )
    width = text_width(label, SMALL, bold=True) + 16
    middle = grid.middle(arrow.source, arrow.target, width)
    return [
        Box(middle - width / 2, y - 11, width, 15, "wash", "edge", radius=7.5),
        Text(middle, y, label, "text", SMALL, "middle", bold=True),
    ]


def _small_width(text: str) -> float:
    return text_width(text, SMALL)
