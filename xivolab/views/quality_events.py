"""Events beside the quality of a call: when they happened on the time axis of its plots, and a strip that names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xivolab.views.measure import text_width
from xivolab.views.moments import ENDS, Moment, gathered, moments
from xivolab.views.quality_words import QualityWords
from xivolab.views.scene import Group, Item, Line, Mark, Text
from xivolab.views.series import Track
from xivolab.views.subjects import Call

_SIZE, _LINE_HEIGHT, _MOST_LINES = 10.5, 15.0, 4
_EDGE_S = 1.0  # media that begins or ends so near to the ends of the axis is no event
_SAME_S = 1.0
_BEFORE_S = 5.0  # what happened so shortly before the first packet stands at its beginning


@dataclass(frozen=True, slots=True)
class Tick:
    """An event `at` seconds after the first stream; `streams` are the ids of those it happened in, none of those for all."""

    at: float
    label: str
    streams: frozenset[str] = frozenset()

    def concerns(self, track: Track) -> bool:
        """Whether it belongs on the plots of a stream."""
        return not self.streams or track.stream.id in self.streams


def ticks(call: Call, tracks: Sequence[Track], seconds: float, lang: str) -> tuple[Tick, ...]:
    """The events of a call within the `seconds` of its plots, by time; what several legs say at once is one."""
    first = min(track.stream.start for track in tracks)
    told = moments(call.events, call.streams)
    found: list[Tick] = []
    for moment in sorted([*gathered(told), *(one for one in told if one.stream is None)], key=lambda one: one.time):
        at = moment.time - first
        edge = moment.kind == ("media-start" if at < _EDGE_S else "media-stop" if at > seconds - _EDGE_S else "")
        if edge or not -_BEFORE_S <= at <= seconds + _EDGE_S:
            continue
        mine = frozenset() if moment.stream is None else frozenset((moment.stream.id, *_back(moment, tracks)))
        tick = Tick(min(max(at, 0.0), seconds), _label(moment, tracks, lang), mine)
        same = next((n for n, one in enumerate(found) if one.label == tick.label and tick.at - one.at < _SAME_S), None)
        if same is None:
            found.append(tick)
        else:
            both = found[same].streams | mine if found[same].streams and mine else frozenset()
            found[same] = replace(found[same], streams=both)
    return tuple(found)


def _back(moment: Moment, tracks: Sequence[Track]) -> list[str]:
    """The streams of the other direction, where the moment is theirs too."""
    stream = moment.stream
    if not moment.back or stream is None:
        return []
    return [t.stream.id for t in tracks if (t.stream.src, t.stream.dst) == (stream.dst, stream.src)]


def _label(moment: Moment, tracks: Sequence[Track], lang: str) -> str:
    label = moment.label(lang)
    if moment.kind in ENDS:
        own = next((t for t in tracks if moment.stream is not None and t.stream.id == moment.stream.id), None)
        if own is not None:
            label += f" {own.source} {'↔' if moment.back else '→'} {own.target}"
    return label


def event_strip(
    found: Sequence[Tick], words: QualityWords, seconds: float, left: float, right: float, top: float
) -> tuple[list[Item], float]:
    """An axis with a labelled tick for each event, and how high that is; nothing where nothing happened.

    A tick without room for its label has it as a tooltip alone.
    """
    if not found:
        return [], 0.0
    items: list[Item] = [
        Text(12, top + 4, words.words["events"], "text", 12, bold=True),
        Line(left, top, right, top, "lane", 1.5),
    ]
    ends: list[float] = []  # how far each line of labels is taken
    for tick in found:
        x = left + tick.at / seconds * (right - left)
        text = f"{words.number(tick.at, 1)} s  {tick.label}"
        width = text_width(text, _SIZE)
        start = min(x + 4, right - width)
        line = next((n for n, end in enumerate(ends) if end + 10 <= start), len(ends))
        drawn: list[Item] = []
        if line < _MOST_LINES:
            y = top + 16 + line * _LINE_HEIGHT
            ends[line : line + 1] = [start + width]
            drawn = [Line(x, top, x, y, "redirect", 1.2), Text(start, y, text, "text", _SIZE, halo="paper")]
        items.append(Group("event", (*drawn, Mark(x, top, "", "redirect", "diamond", 5)), text))
    return items, 16 + len(ends) * _LINE_HEIGHT + 8


def tick_lines(
    found: Sequence[Tick], track: Track, seconds: float, left: float, width: float, top: float, height: float
) -> list[Item]:
    """The events of one stream as thin lines through a plot."""
    xs = (left + tick.at / seconds * width for tick in found if tick.concerns(track))
    return [Line(x, top, x, top + height, "redirect", 1.0, "dotted") for x in xs]
