"""Draws one ICMP error of a ladder: a dashed arrow back to whoever sent what did not arrive."""

from __future__ import annotations

from xivolab.net.display_filter import of_frames
from xivolab.views.captions import Captions
from xivolab.views.flow import Returned
from xivolab.views.ladder_arrow import row_time
from xivolab.views.ladder_grid import LABEL, SMALL, Grid, Strip
from xivolab.views.measure import fit, text_width
from xivolab.views.scene import Anchor, Details, Group, Ink, Item, Line, Text


def returned_group(row: Returned, strip: Strip, grid: Grid, captions: Captions) -> Group:
    """Time, line and label of an ICMP error; what it says opens."""
    y = strip.top + 24
    ink: Ink = "muted" if row.harmless else "failure"
    first, rest = captions.returned(row)
    own, more = text_width(first, LABEL, bold=True), text_width(rest, SMALL)
    left, right = grid.span(row.source, row.target)
    if own + more + 8 > right - left - 20:
        rest, more = "", 0.0
    first = fit(first, LABEL, right - left - 20)
    middle = grid.middle(row.source, row.target, own + more + 8)
    anchor: Anchor = "end" if more else "middle"
    join = middle + (own - more) / 2 if more else middle
    items: list[Item] = [row_time(row.time, y + 4, captions)]
    if row.source != row.target:
        tail, tip = grid.x(row.source), grid.x(row.target)
        items.append(Line(tail, y, tip - 2 if tip > tail else tip + 2, y, ink, 1.4, "dashed", head=True))
    items.append(Text(join, y - 7, first, ink, LABEL, anchor, bold=True, halo="paper"))
    if more:
        items.append(Text(join + 8, y - 7, rest, "muted", SMALL, halo="paper"))
    text, height = captions.returned_text(row), strip.bottom - strip.top
    details = Details(*captions.returned_heading(row), text, strip.top, height, command=of_frames([row.error["frame"]]))
    return Group("returned", tuple(items), captions.returned_tooltip(row), details)
