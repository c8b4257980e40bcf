"""Lays a ladder out in character cells."""

from __future__ import annotations

from xivolab.views.captions import Captions
from xivolab.views.clean import one_line, shorten
from xivolab.views.flow import Arrow, Events, Flow, Idle, Media, Returned
from xivolab.views.ladder_style import style
from xivolab.views.measure import whole_parts
from xivolab.views.scene import Box, Item, Line, Scene, Text

_TIME = 9  # columns of the time
_NARROWEST, _WIDEST = 6, 46  # columns between two lanes


def ladder_cells(flow: Flow, captions: Captions, width: int) -> Scene:
    """The ladder in `width` columns: a line for each message, another for its session description."""
    return Cells(flow, captions, width).scene()


class Cells:
    """Puts the rows of a ladder below each other, in cells."""

    def __init__(self, flow: Flow, captions: Captions, width: int) -> None:
        self.flow = flow
        self.captions = captions
        self.width = width
        count = len(flow.lanes)
        step = (width - _TIME - 1) // (count - 1) if count > 1 else _WIDEST
        self.step = max(_NARROWEST, min(step, _WIDEST))
        self.items: list[Item] = []
        self.y = 0

    def scene(self) -> Scene:
        """All rows, top to bottom."""
        captions = self.captions
        if not self.flow.rows:
            sentence = captions.words["no messages"]
            return Scene(max(self.width, len(sentence)), 1, (Text(0, 0, sentence),), sentence, captions.lang)
        for line in (f"{captions.title()}  {captions.outcome()}", captions.extent()):
            self.put(Text(0, self.y, shorten(one_line(line), self.width)))
            self.y += 1
        self.y += 1
        self.heads()
        for row in self.flow.rows:
            if isinstance(row, Arrow):
                self.arrow(row)
            elif isinstance(row, Media):
                self._media(row)
            elif isinstance(row, Events):
                self._events(row)
            elif isinstance(row, Returned):
                self._returned(row)
            else:
                self._idle(row)
        return Scene(self.width, self.y, tuple(self.items), captions.title(), captions.lang)

    def put(self, *items: Item) -> None:
        """Add items."""
        self.items += items

    def x(self, lane: int) -> int:
        """The column of a lane."""
        return _TIME + lane * self.step

    def lifelines(self, height: int = 1, *, idle: bool = False) -> None:
        """The lines of all lanes beside a row."""
        for i in range(len(self.flow.lanes)):
            self.put(Line(self.x(i), self.y, self.x(i), self.y + height - 1, dash="dotted" if idle else "solid"))

    def heads(self) -> None:
        """Two lines over each lane; where that is too narrow, letters that are explained first."""
        heads = [tuple(one_line(part) for part in self.captions.lane(lane)) for lane in self.flow.lanes]
        if any(len(part) > self._head_room(i) for i, parts in enumerate(heads) for part in parts):
            letters = [chr(ord("A") + i) if i < 26 else str(i) for i in range(len(heads))]
            for letter, parts in zip(letters, heads, strict=True):
                self.put(Text(0, self.y, shorten(f"{letter}  {'  '.join(part for part in parts if part)}", self.width)))
                self.y += 1
            heads = [(letter, "") for letter in letters]
        for part in (0, 1) if any(head[1] for head in heads) else (0,):
            for i, head in enumerate(heads):
                # Over the outer lanes a text stands on the inner side.
                start = self.x(i) - (
                    0 if i == 0 else len(head[part]) // 2 if i < len(heads) - 1 else len(head[part]) - 1
                )
                self.put(Text(start, self.y, head[part]))
            self.y += 1

    def _head_room(self, lane: int) -> int:
        """Columns that the head of a lane may take: half a step on each side that has a neighbour."""
        sides = 1 if lane in (0, len(self.flow.lanes) - 1) else 2
        return self.width - _TIME if len(self.flow.lanes) == 1 else sides * (self.step // 2) - 1

    def time(self, text: str) -> None:
        """The time of a row."""
        self.put(Text(_TIME - 2, self.y, text, anchor="end"))

    def arrow(self, arrow: Arrow) -> None:
        """A message, its session description on a line of its own."""
        self.lifelines()
        self.time(self.captions.relative(arrow.message.time))
        x1, x2 = self.x(arrow.source), self.x(arrow.target)
        if arrow.source == arrow.target:
            self.put(
                Text(x1 + 1, self.y, shorten(f"↩ {arrow.number} {self.captions.label(arrow)[0]}", self.width - x1 - 1))
            )
        else:
            inner = 1 if x2 > x1 else -1
            self.put(Line(x1 + inner, self.y, x2 - inner, self.y, dash=style(arrow).dash, head=True))
            self._label(arrow, f"{arrow.number} {self.captions.label(arrow)[0]}", abs(x2 - x1) - 5)
        self.y += 1
        room = max(abs(x2 - x1), self.step) - 3
        if media := self.captions.media(arrow.message.sdp, room):
            self.lifelines()
            self.put(Text(min(x1, x2) + 2, self.y, shorten(one_line(media), room)))
            self.y += 1
        if arrow.moments:
            self.lifelines()
            label = "◆ " + " · ".join(self.captions.moment(moment) for moment in arrow.moments)
            self.put(Text(min(x1, x2) + 2, self.y, shorten(one_line(label), room)))
            self.y += 1

    def _label(self, arrow: Arrow, label: str, room: int) -> None:
        """On the arrow where there is room; else only its number, and the label on the side that has more of it."""
        left, right = sorted((self.x(arrow.source), self.x(arrow.target)))
        again = self.captions.again(arrow)
        if again and len(label) + len(again) + 3 <= room:
            label = f"{label} · {again}"
        before, after = left - _TIME - 3, self.width - right - 3
        if len(label) > room and max(before, after) > room:
            self.put(Text((left + right + 1) // 2, self.y, str(arrow.number), anchor="middle"))
            label = shorten(one_line(label.partition(" ")[2]), max(before, after))
            self.put(
                Text(right + 2, self.y, f"{label} ")
                if after >= before
                else Text(left - 2, self.y, f" {label}", anchor="end")
            )
        else:
            self.put(Text((left + right + 1) // 2, self.y, f" {shorten(one_line(label), room)} ", anchor="middle"))

    def _media(self, media: Media) -> None:
        for number, slot in enumerate(media.slots()):
            self.lifelines(2)
            if not number:
                self.time(self.captions.relative(media.start))
            for voice in slot:
                low, high = voice.pair
                left, right = self.x(low), self.x(high) if high != low else self.x(low) + self.step
                first, counted = self.captions.voice(voice)
                room = right - left - 3
                if len(first) + 2 > room and not first[-1].isdigit():  # the sign of the MOS says as much as its word
                    first = first.rpartition(" ")[0]
                sign = "▶" if voice.target >= voice.source else "◀"
                self.put(Box(left + 1, self.y, right - left - 1, 2, "media"))
                for line, text in enumerate((f"{sign} {first}", whole_parts(counted, room))):
                    self.put(Text((left + right + 1) // 2, self.y + line, f" {shorten(text, room)} ", anchor="middle"))
            self.y += 2

    def _events(self, events: Events) -> None:
        for number, slot in enumerate(events.slots()):
            self.lifelines()
            if not number:
                self.time(self.captions.relative(events.start))
            for event in slot:
                low, high = event.pair
                left, right = self.x(low), self.x(high) if high != low else self.x(low) + self.step
                sign = "◆▶" if event.target >= event.source else "◀◆"
                label = f"{'◀◆▶' if event.moment.back else sign} {self.captions.moment(event.moment)}"
                self.put(Box(left + 1, self.y, right - left - 1, 1, "media"))
                label = shorten(one_line(label), right - left - 3)
                self.put(Text((left + right + 1) // 2, self.y, f" {label} ", anchor="middle"))
            self.y += 1

    def _returned(self, row: Returned) -> None:
        """An ICMP error; where there is no room for what it is about, the error alone."""
        self.lifelines()
        self.time(self.captions.relative(row.time))
        x1, x2 = self.x(row.source), self.x(row.target)
        first, rest = self.captions.returned(row)
        room = abs(x2 - x1) - 5
        label = f"{first} {rest}" if len(first) + len(rest) < room else first
        if x1 == x2:
            self.put(Text(x1 + 1, self.y, shorten(label, self.width - x1 - 1)))
        else:
            inner = 1 if x2 > x1 else -1
            self.put(Line(x1 + inner, self.y, x2 - inner, self.y, dash="dashed", head=True))
            self.put(Text((x1 + x2 + 1) // 2, self.y, f" {shorten(label, room)} ", anchor="middle"))
        self.y += 1

    def _idle(self, idle: Idle) -> None:
        self.lifelines(idle=True)
        self.put(Text(0, self.y, self.captions.idle(idle.seconds)))
        self.y += 1
