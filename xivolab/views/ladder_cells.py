"""Lays a ladder out in character cells."""

from __future__ import annotations

from xivolab.views.captions import Captions, style
from xivolab.views.clean import one_line, shorten
from xivolab.views.flow import Arrow, Flow, Idle, Media
from xivolab.views.scene import Box, Item, Line, Scene, Text

_TIME = 9  # columns of the time
_NARROWEST, _WIDEST = 6, 46  # columns between two lanes


def ladder_cells(flow: Flow, captions: Captions, width: int) -> Scene:
    """The ladder in `width` columns: a line for each message, another for its session description."""
    if not any(flow.arrows()) and not any(flow.voices()):
        sentence = captions.words["no messages"]
        return Scene(max(width, len(sentence)), 1, (Text(0, 0, sentence),), sentence, captions.lang)
    return _Cells(flow, captions, width).scene()


class _Cells:
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
        for line in (f"{captions.title()}  {captions.outcome()}", captions.extent()):
            self._put(Text(0, self.y, shorten(one_line(line), self.width)))
            self.y += 1
        self.y += 1
        self._heads()
        for row in self.flow.rows:
            if isinstance(row, Arrow):
                self._arrow(row)
            elif isinstance(row, Media):
                self._media(row)
            else:
                self._idle(row)
        return Scene(self.width, self.y, tuple(self.items), captions.title(), captions.lang)

    def _put(self, *items: Item) -> None:
        self.items += items

    def _x(self, lane: int) -> int:
        return _TIME + lane * self.step

    def _lifelines(self, height: int = 1, *, idle: bool = False) -> None:
        for i in range(len(self.flow.lanes)):
            self._put(Line(self._x(i), self.y, self._x(i), self.y + height - 1, dash="dotted" if idle else "solid"))

    def _heads(self) -> None:
        lines = [self.captions.lane(lane) for lane in self.flow.lanes]
        for part in (0, 1):
            for i, texts in enumerate(lines):
                # The outer names stand on the inner side of their lanes, half a column is theirs.
                outer = i in (0, len(lines) - 1)
                text = shorten(texts[part], self.step // 2 if outer else self.step - 2 - self.step // 4)
                start = self._x(i) if i == 0 else self._x(i) - len(text) // (1 if outer else 2)
                self._put(Text(min(start, self.width - len(text)), self.y, text))
            self.y += 1

    def _time(self, text: str) -> None:
        self._put(Text(_TIME - 2, self.y, text, anchor="end"))

    def _arrow(self, arrow: Arrow) -> None:
        self._lifelines()
        self._time(self.captions.relative(arrow.message.time))
        first, _ = self.captions.label(arrow)
        label = f"{arrow.number} {first}"
        again = self.captions.again(arrow)
        x1, x2 = self._x(arrow.source), self._x(arrow.target)
        if arrow.source == arrow.target:
            self._put(Text(x1 + 1, self.y, shorten(f"⮌ {label}", self.width - x1 - 1)))
        else:
            inner = 1 if x2 > x1 else -1
            self._put(Line(x1 + inner, self.y, x2 - inner, self.y, dash=style(arrow).dash, head=True))
            room = abs(x2 - x1) - 5
            for longer in (f"{label} · {again}" if again else "", label):
                if longer and (len(longer) <= room or longer == label):
                    self._put(Text((x1 + x2 + 1) // 2, self.y, f" {shorten(longer, room)} ", anchor="middle"))
                    break
        self.y += 1
        if media := self.captions.media(arrow.message.sdp):
            self._lifelines()
            room = max(abs(x2 - x1), self.step) - 3
            self._put(Text(min(x1, x2) + 2, self.y, shorten(one_line(media), room)))
            self.y += 1

    def _media(self, media: Media) -> None:
        for slot in media.slots():
            self._lifelines(2)
            for voice in slot:
                low, high = voice.pair
                left, right = self._x(low), self._x(high) if high != low else self._x(low) + self.step
                first, counted = self.captions.voice(voice)
                sign = "▶" if voice.target >= voice.source else "◀"
                self._put(Box(left + 1, self.y, right - left - 1, 2, "media"))
                for line, text in enumerate((f" {sign} {first} {sign} ", f" {counted} ")):
                    self._put(
                        Text((left + right + 1) // 2, self.y + line, shorten(text, right - left - 1), anchor="middle")
                    )
            self.y += 2

    def _idle(self, idle: Idle) -> None:
        self._lifelines(idle=True)
        self._put(Text(0, self.y, self.captions.idle(idle.seconds)))
        self.y += 1
