"""Draws what a ladder with two capture points has besides: the lines of the points, and what a message met between them."""

from __future__ import annotations

from dataclasses import replace

from xivolab.views.captions import Captions
from xivolab.views.crossing import Crossing, CrossingFlow
from xivolab.views.crossing_captions import LOST, REWRITTEN, SEEN, CrossingCaptions
from xivolab.views.flow import Arrow
from xivolab.views.ladder_arrow import arrow_group
from xivolab.views.ladder_grid import TITLE_HEIGHT, Grid, Strip
from xivolab.views.ladder_picture import ladder_scene
from xivolab.views.ladder_style import style
from xivolab.views.scene import Group, Item, Line, Mark, Scene, Text


def crossing_scene(flow: CrossingFlow, captions: CrossingCaptions, *, secrets: bool) -> Scene:
    """The ladder of one call at two points."""
    return ladder_scene(flow, captions, secrets=secrets, hand=_Hand(flow, captions))


class _Hand:
    def __init__(self, flow: CrossingFlow, captions: CrossingCaptions) -> None:
        self._flow = flow
        self._captions = captions

    def along(self, grid: Grid) -> list[Item]:
        """The line of each point, heavier than those of hosts."""
        return [
            Line(grid.x(lane), TITLE_HEIGHT + 43, grid.x(lane), grid.bottom, "edge", 2.0, "dashed")
            for lane in self._flow.points
        ]

    def arrow(self, arrow: Arrow, strip: Strip, grid: Grid, captions: Captions, *, secrets: bool) -> Group:
        """A message: a dot where a point saw it, a cross where it was lost, a sign where it was rewritten."""
        if not isinstance(arrow, Crossing):
            return arrow_group(arrow, strip, grid, captions, secrets=secrets)
        points = self._flow.points
        passes = self._flow.passes(arrow)
        to_b = arrow.target > arrow.source
        near = points[0] if to_b else points[1]
        # What was lost goes no further than between the points.
        shown = replace(arrow, target=near) if arrow.lost and passes else arrow
        drawn = arrow_group(shown, strip, grid, captions, secrets=secrets)
        items, y = list(drawn.items), strip.top + 24
        middle = (grid.x(points[0]) + grid.x(points[1])) / 2
        if passes:
            for lane, seen in zip(points, arrow.seen, strict=True):
                if seen:
                    items.append(Mark(grid.x(lane), y, "", style(arrow).ink, "round", 8))
            if arrow.lost:
                items += [
                    Line(grid.x(near), y, middle, y, "failure", 1.6, "dotted"),
                    Text(middle, y + 6, LOST, "failure", 17, "middle", bold=True, halo="paper"),
                ]
            if arrow.changes:
                items.append(
                    Mark(
                        grid.x(points[1] if to_b else points[0]) - (22 if to_b else -22),
                        y,
                        REWRITTEN,
                        "redirect",
                        "diamond",
                        20,
                    )
                )
        details = drawn.details and replace(drawn.details, text=self._captions.opened(arrow, secrets=secrets))
        return replace(drawn, items=tuple(items), details=details)

    def legend(self, captions: Captions) -> list[tuple[str, str]]:
        """The signs that this ladder uses."""
        arrows = [arrow for arrow in self._flow.arrows() if isinstance(arrow, Crossing) and self._flow.passes(arrow)]
        own = self._captions.own
        signs = [(SEEN, own["seen"])] if arrows else []
        if any(arrow.lost for arrow in arrows):
            signs.append((LOST, own["lost"]))
        if any(arrow.changes for arrow in arrows):
            signs.append((REWRITTEN, own["rewritten"]))
        return signs
