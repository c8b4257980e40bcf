"""Lays a ladder with two capture points out in character cells."""

from __future__ import annotations

from xivolab.views.clean import one_line, shorten
from xivolab.views.crossing import Crossing, CrossingFlow
from xivolab.views.crossing_captions import LOST, REWRITTEN, SEEN, CrossingCaptions
from xivolab.views.flow import Arrow
from xivolab.views.ladder_cells import Cells
from xivolab.views.ladder_style import style
from xivolab.views.scene import Line, Scene, Text


def crossing_cells(flow: CrossingFlow, captions: CrossingCaptions, width: int) -> Scene:
    """The ladder in `width` columns."""
    return _Cells(flow, captions, width).scene()


class _Cells(Cells):
    def __init__(self, flow: CrossingFlow, captions: CrossingCaptions, width: int) -> None:
        super().__init__(flow, captions, width)
        self._flow = flow

    def heads(self) -> None:
        """Who is who first: over the lanes only names fit."""
        names = []
        for number, lane in enumerate(self.flow.lanes):
            name, address = (one_line(part) for part in self.captions.lane(lane))
            self.put(Text(0, self.y, shorten("  ".join(part for part in (name, address) if part), self.width)))
            self.y += 1
            room = self.step - 2 if 0 < number < len(self.flow.lanes) - 1 else self.step // 2
            names.append(shorten(one_line(lane.name or lane.addresses[0]), max(room, 1)))
        self.y += 1
        for number, name in enumerate(names):
            # Over the outer lanes a text stands on the inner side.
            before = 0 if number == 0 else len(name) // 2 if number < len(names) - 1 else len(name) - 1
            self.put(Text(self.x(number) - before, self.y, name))
        self.y += 1

    def arrow(self, arrow: Arrow) -> None:
        """A message: a dot where a point saw it; its label between the points, or before them where it was lost."""
        if not isinstance(arrow, Crossing) or not self._flow.passes(arrow):
            super().arrow(arrow)
            return
        self.lifelines()
        self.time(self.captions.relative(arrow.message.time))
        to_b = arrow.target > arrow.source
        inner = 1 if to_b else -1
        x1, x2 = self.x(arrow.source), self.x(arrow.target)
        points = [self.x(lane) for lane in self._flow.points]
        middle = sum(points) // 2
        label = f"{arrow.number} {self.captions.label(arrow)[0]}"
        if arrow.lost:
            self.put(Line(x1 + inner, self.y, middle - inner, self.y, dash=style(arrow).dash))
            self.put(Text(middle, self.y, LOST, anchor="middle"))
        else:
            self.put(Line(x1 + inner, self.y, x2 - inner, self.y, dash=style(arrow).dash, head=True))
        for x, seen in zip(points, arrow.seen, strict=True):
            if seen:
                self.put(Text(x, self.y, SEEN))
        near = points[0] if to_b else points[1]
        where = (x1 + near) // 2 if arrow.lost else middle
        sign = f" {REWRITTEN}" if arrow.changes and not arrow.lost else ""
        label = shorten(one_line(label), self.step - 4 - len(sign)) + sign
        self.put(Text(where, self.y, f" {label} ", anchor="middle"))
        self.y += 1
        room = abs(x2 - x1) - 3
        if media := self.captions.media(arrow.message.sdp, room):
            self.lifelines()
            self.put(Text(min(x1, x2) + 2, self.y, shorten(one_line(media), room)))
            self.y += 1
