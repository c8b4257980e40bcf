"""Lays a ladder out in pixels."""

from __future__ import annotations

from dataclasses import dataclass

from xivolab.views.captions import Captions, style
from xivolab.views.clean import hide_secrets
from xivolab.views.flow import Arrow, Flow, Idle, Media, Row, Voice
from xivolab.views.measure import fit, text_width, whole_parts
from xivolab.views.scene import Box, Details, Group, Ink, Item, Line, Mark, Scene, Text

_TIME_END = 74.0  # right edge of the time column
_FIRST_LANE = 156.0
_MARGIN = 82.0
_LANE_MIN, _LANE_MAX = 190.0, 312.0
_TITLE_HEIGHT, _HEAD_HEIGHT = 54.0, 52.0
_PLAIN, _WITH_SDP, _VOICE, _IDLE = 36.0, 48.0, 38.0, 30.0
_LABEL, _SMALL = 12.0, 10.5


def ladder_scene(flow: Flow, captions: Captions, *, secrets: bool) -> Scene:
    """The ladder of a call: title, heads that stay in sight, one group per message, one per stream, a legend."""
    if not any(flow.arrows()) and not any(flow.voices()):
        sentence = captions.words["no messages"]
        return Scene(420, 48, (Text(12, 29, sentence),), sentence, captions.lang)
    return _Layout(flow, captions, secrets).scene()


@dataclass(slots=True)
class _Strip:
    """Where a row stands."""

    row: Row
    top: float
    bottom: float


class _Layout:
    def __init__(self, flow: Flow, captions: Captions, secrets: bool) -> None:
        self.flow = flow
        self.captions = captions
        self.secrets = secrets
        self.step = self._lane_step()
        self.head = _TITLE_HEIGHT + _HEAD_HEIGHT
        self.strips = self._strips()
        self.bottom = self.strips[-1].bottom + 8
        self.width = self._x(len(flow.lanes) - 1) + _MARGIN

    def scene(self) -> Scene:
        heads = Group("head", (*self._title(), *self._heads()))
        items: list[Item] = [heads, *self._bands(), *self._lifelines()]
        for strip in self.strips:
            if isinstance(strip.row, Arrow):
                items.append(self._arrow(strip.row, strip))
            elif isinstance(strip.row, Media):
                items += self._voices(strip.row, strip)
            else:
                items.append(Text(12, strip.top + 20, self.captions.idle(strip.row.seconds), "muted", _SMALL))
        items += self._legend()
        title = f"{self.captions.words['ladder']}: {self.captions.title()}, {self.captions.outcome()}"
        return Scene(self.width, self.bottom + 34, tuple(items), title, self.captions.lang, self.head)

    def _x(self, lane: int) -> float:
        return _FIRST_LANE + lane * self.step

    def _lane_step(self) -> float:
        """As wide as the longest label between two neighbours wants, within limits."""
        wanted = _LANE_MIN
        for arrow in self.flow.arrows():
            hops = max(abs(arrow.target - arrow.source), 1)
            first, rest = self.captions.label(arrow)
            label = text_width(first, _LABEL, bold=True) + text_width(rest, _SMALL) + 20
            wanted = max(
                wanted, (label + 40) / hops, (text_width(self.captions.media(arrow.message.sdp), _SMALL) + 40) / hops
            )
        for voice in self.flow.voices():
            hops = max(voice.pair[1] - voice.pair[0], 1)
            wanted = max(wanted, max(text_width(line, _SMALL) + 60 for line in self.captions.voice(voice)) / hops)
        return min(wanted, _LANE_MAX)

    def _strips(self) -> list[_Strip]:
        strips, top = [], self.head + 6
        for row in self.flow.rows:
            if isinstance(row, Arrow):
                height = _WITH_SDP if row.message.sdp else _PLAIN
            elif isinstance(row, Media):
                height = _VOICE * len(row.slots()) + 6
            else:
                height = _IDLE
            strips.append(_Strip(row, top, top + height))
            top += height
        return strips

    def _title(self) -> list[Item]:
        captions = self.captions
        room = self.width - 24
        first = fit(captions.title(), 15, room * 0.6)
        x = 12 + text_width(first, 15, bold=True) + 14
        return [
            Text(12, 23, first, "text", 15, bold=True),
            Text(x, 23, fit(captions.outcome(), 13, self.width - x - 12), "text", 13),
            Text(12, 42, fit(captions.extent(), _SMALL, room), "muted", _SMALL),
        ]

    def _heads(self) -> list[Item]:
        half = min(self.step / 2 - 8, 74)
        items: list[Item] = []
        for i, lane in enumerate(self.flow.lanes):
            name, address = self.captions.lane(lane)
            x, y, room = self._x(i), _TITLE_HEIGHT, 2 * half - 8
            big, small = (
                _largest(name, (13.0, 12.0, 11.0, 10.0, 9.0), room),
                _largest(address, (11.0, 10.0, 9.0, 8.0), room),
            )
            texts: list[Item] = [Text(x, y + 19, fit(name, big, room), "text", big, "middle", bold=True)]
            texts.append(Text(x, y + 35, fit(address, small, room), "muted", small, "middle", mono=True))
            ports = ", ".join(lane.ports)
            items.append(
                Group(
                    "host",
                    (Box(x - half, y, 2 * half, 43, "panel", "lane", radius=5), *texts),
                    f"{name}\n{', '.join(lane.addresses)}\nSIP: {ports}",
                )
            )
            items.append(Line(x, y + 43, x, self.head, "lane"))
        return items

    def _lifelines(self) -> list[Item]:
        items: list[Item] = []
        for i in range(len(self.flow.lanes)):
            x, top = self._x(i), self.head
            for strip in self.strips:
                if isinstance(strip.row, Idle):
                    items += [
                        Line(x, top, x, strip.top, "lane"),
                        Line(x, strip.top + 3, x, strip.bottom, "lane", 1.5, "dotted"),
                    ]
                    top = strip.bottom
            items.append(Line(x, top, x, self.bottom, "lane"))
        return items

    def _arrow(self, arrow: Arrow, strip: _Strip) -> Group:
        captions, looks = self.captions, style(arrow)
        y = strip.top + 24
        items: list[Item] = [
            Text(_TIME_END, y + 4, captions.relative(arrow.message.time), "muted", _SMALL, "end", mono=True)
        ]
        x1, x2 = self._x(arrow.source), self._x(arrow.target)
        if arrow.source == arrow.target:
            x2 = x1 + 46
            items += [
                Line(x1, y - 6, x2, y - 6, looks.ink, 1.6, looks.dash),
                Line(x2, y - 6, x2, y + 6, looks.ink, 1.6, looks.dash),
                Line(x2, y + 6, x1 + 2, y + 6, looks.ink, 1.6, looks.dash, head=True),
            ]
            left, right = x2 + 8, x2 + 8 + self.step
        else:
            items.append(
                Line(
                    x1,
                    y,
                    x2 - 2 if x2 > x1 else x2 + 2,
                    y,
                    looks.ink,
                    1.8 if arrow.message.is_request else 1.4,
                    looks.dash,
                    head=True,
                )
            )
            left, right = min(x1, x2) + 16, max(x1, x2) - 16
        if arrow.source == arrow.target:
            items.append(
                Text(
                    left,
                    y + 4,
                    fit(captions.label(arrow)[0], _LABEL, right - left),
                    looks.ink,
                    _LABEL,
                    bold=True,
                    halo="paper",
                )
            )
        else:
            items += self._on_arrow(arrow, left, right, y, looks.ink)
        items.append(Mark(x1, y, str(arrow.number), looks.ink, looks.shape))
        text = arrow.message.text if self.secrets else hide_secrets(arrow.message.text)
        details = Details(*captions.heading(arrow), text, strip.top, strip.bottom - strip.top)
        return Group("message", tuple(items), captions.tooltip(arrow), details)

    def _on_arrow(self, arrow: Arrow, left: float, right: float, y: float, ink: Ink) -> list[Item]:
        """Label above the line, session description below it."""
        first, rest = self.captions.label(arrow)
        first = fit(first, _LABEL, right - left)
        own = text_width(first, _LABEL, bold=True)
        rest = whole_parts(rest, right - left - own - 10, lambda text: text_width(text, _SMALL))
        rest = fit(rest, _SMALL, right - left - own - 10).removeprefix("…")
        more = text_width(rest, _SMALL)
        middle = self._middle(arrow.source, arrow.target, own + more + 8)
        join = middle + (own - more) / 2
        items: list[Item] = [
            Text(
                join if more else middle,
                y - 7,
                first,
                ink,
                _LABEL,
                "end" if more else "middle",
                bold=True,
                halo="paper",
            )
        ]
        if more:
            items.append(Text(join + 8, y - 7, rest, "muted", _SMALL, halo="paper"))
        if media := fit(self.captions.media(arrow.message.sdp), _SMALL, right - left):
            middle = self._middle(arrow.source, arrow.target, text_width(media, _SMALL))
            items.append(Text(middle, y + 15, media, "text", _SMALL, "middle", halo="paper"))
        return items

    def _middle(self, source: int, target: int, width: float) -> float:
        """Where a text of that width stands between two lanes: beside the sender, not across the lanes between, if it fits."""
        if source == target:
            return self._x(source) + self.step / 2
        if width <= self.step - 28:
            target = source + (1 if target > source else -1)
        return (self._x(source) + self._x(target)) / 2

    def _bands(self) -> list[Item]:
        """One band for each pair of lanes and stretch of time in which RTP runs between them, wide ones behind."""
        spans: dict[tuple[int, int], list[tuple[float, float]]] = {}
        for strip in self.strips:
            if not isinstance(strip.row, Media):
                continue
            for voice in strip.row.voices:
                stretches = spans.setdefault(voice.pair, [])
                bottom = max(self._y_of(voice.stream.end, strip), strip.bottom)
                if stretches and stretches[-1][1] >= strip.top:
                    stretches[-1] = (stretches[-1][0], max(stretches[-1][1], bottom))
                else:
                    stretches.append((strip.top, bottom))
        boxes: list[Item] = []
        for (low, high), stretches in sorted(spans.items(), key=lambda item: item[0][0] - item[0][1]):
            x, width = (
                (self._x(low) + 6, self._x(high) - self._x(low) - 12)
                if low != high
                else (self._x(low) + 6, self.step - 12)
            )
            boxes += [Box(x, top + 2, width, bottom - top - 4, "media", "edge", radius=5) for top, bottom in stretches]
        return boxes

    def _y_of(self, time: float, begun: _Strip) -> float:
        """Where a moment after the strip `begun` stands: idle times count in proportion, the rest row by row."""
        y = begun.bottom
        for strip in self.strips[self.strips.index(begun) + 1 :]:
            row = strip.row
            if isinstance(row, Idle):
                if row.start + row.seconds > time:
                    return strip.top + (strip.bottom - strip.top) * max(time - row.start, 0) / row.seconds
            elif (row.message.time or 0) > time if isinstance(row, Arrow) else row.voices[0].stream.start > time:
                return strip.top
            y = strip.bottom
        return y

    def _voices(self, media: Media, strip: _Strip) -> list[Item]:
        return [
            self._voice(voice, strip.top + 3 + _VOICE * slot)
            for slot, voices in enumerate(media.slots())
            for voice in voices
        ]

    def _voice(self, voice: Voice, top: float) -> Group:
        first, counted = self.captions.voice(voice)
        low, high = voice.pair
        x1, x2 = self._x(low) + 14, (self._x(high) if high != low else self._x(low) + self.step) - 14
        to_right = voice.target >= voice.source
        room = x2 - x1 - 28
        ink: Ink = "failure" if "✖" in first else "text"
        tail, tip = (x1, x1 + 20) if to_right else (x2, x2 - 20)
        counted = whole_parts(counted, room + 20, lambda text: text_width(text, _SMALL))
        middle = self._middle(voice.source, voice.target, text_width(counted, _SMALL))
        items = (
            Line(tail, top + 13, tip, top + 13, "text", 2.4, head=True),
            Text(middle, top + 16, fit(first, _LABEL, room), ink, _LABEL, "middle", bold=True, halo="media"),
            Text(middle, top + 31, counted, "text", _SMALL, "middle", halo="media"),
        )
        return Group("stream", items, self.captions.voice_tooltip(voice))

    def _legend(self) -> list[Item]:
        """Only what the picture holds."""
        words = self.captions.words
        looks = [(style(arrow), arrow.message) for arrow in self.flow.arrows()]
        x, y = 12.0, self.bottom + 16
        items: list[Item] = [Text(x, y + 4, f"{words['time']}", "muted", _SMALL)]
        x += text_width(f"{words['time']}", _SMALL) + 22
        for shape, word in (("round", "request"), ("square", "response"), ("diamond", "refusal")):
            if found := next((look for look, _ in looks if look.shape == shape and look.ink != "redirect"), None):
                items += [Mark(x, y, "", found.ink, found.shape, 9), Text(x + 11, y + 4, words[word], "muted", _SMALL)]
                x += text_width(words[word], _SMALL) + 34
        for dash, word in (("dashed", "retransmission"), ("dotted", "duplicate")):
            if found := next((look for look, _ in looks if look.dash == dash), None):
                items += [
                    Line(x - 6, y, x + 22, y, "text", 1.6, found.dash),
                    Text(x + 28, y + 4, words[word], "muted", _SMALL),
                ]
                x += text_width(words[word], _SMALL) + 54
        return items


def _largest(text: str, sizes: tuple[float, ...], room: float) -> float:
    """The first of these sizes in which the text fits, else the last."""
    return next((size for size in sizes if text_width(text, size, bold=True) <= room), sizes[-1])
