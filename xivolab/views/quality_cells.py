"""Lays the quality plots out in character cells: a row of blocks for each measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from xivolab.views.clean import one_line, shorten
from xivolab.views.quality_events import Tick, ticks
from xivolab.views.quality_words import QualityWords
from xivolab.views.scene import Item, Scene, Text
from xivolab.views.series import MEASURES, Measure, Track, length, thin
from xivolab.views.stream_figures import in_short
from xivolab.views.stream_words import StreamWords
from xivolab.views.subjects import Call

_BLOCKS = "▁▂▃▄▅▆▇█"
_NAME, _WORST = 20, 18  # columns
_MOST_EVENTS = 20


def quality_cells(
    call: Call, tracks: tuple[Track, ...], words: QualityWords, limits: Mapping[str, float], width: int
) -> Scene:
    """The plots in `width` columns; a dot stands for a second without a value."""
    if not tracks:
        sentence = words.words["none"]
        return Scene(max(width, len(sentence)), 1, (Text(0, 0, sentence),), sentence, words.lang)
    lines = [words.title(call), words.extent(tracks)]
    room = max(width - _NAME - _WORST, 8)
    happened = ticks(call, tracks, length(tracks), words.lang)
    lines += _events(happened, words)
    for track in tracks:
        lines += ["", f"{words.direction(track)} · {words.about(track)} · {words.counted(track)}"]
        lines += [_line(track, measure, words, limits, room) for measure in MEASURES]
        lines += _ticks(happened, track, words, room)
        lines += in_short(track.stream.record(), StreamWords(words.lang))
    items: list[Item] = [Text(0, y, shorten(one_line(line), width)) for y, line in enumerate(lines)]
    return Scene(width, len(lines), tuple(items), words.title(call), words.lang)


def _events(happened: Sequence[Tick], words: QualityWords) -> list[str]:
    """What happened, a line each."""
    if not happened:
        return []
    lines = [f"{words.number(tick.at, 1):>9} s  {tick.label}" for tick in happened[:_MOST_EVENTS]]
    if len(happened) > _MOST_EVENTS:
        lines.append("            " + words.words["more events"].format(count=len(happened) - _MOST_EVENTS))
    return ["", words.words["events"], *lines]


def _ticks(happened: Sequence[Tick], track: Track, words: QualityWords, room: int) -> list[str]:
    """A sign in the column of each second of a stream in which something happened."""
    seconds = len(track.values["mos"])
    cells = [" "] * min(seconds, room)
    for tick in happened:
        at = tick.at - track.start
        if tick.concerns(track) and 0 <= at < seconds:
            cells[int(at * len(cells) / seconds)] = "◆"
    marks = "".join(cells).rstrip()
    return [f"  {words.words['events']}".ljust(_NAME) + marks] if marks else []


def _line(track: Track, measure: Measure, words: QualityWords, limits: Mapping[str, float], room: int) -> str:
    values = thin(track.values[measure.name], room, measure.worst)
    name = f"  {words.heading(measure)}".ljust(_NAME)
    if np.isnan(values).all():
        return f"{name}{words.words['no values']}"
    limit = limits.get(measure.threshold or "")
    low, high = (1.0, 4.5) if measure.name == "mos" else (0.0, max(float(np.nanmax(values)), limit or 0.0, 1.0))
    blocks = "".join(
        "·" if value != value else _BLOCKS[min(int((min(max(value, low), high) - low) / (high - low) * 8), 7)]
        for value in values
    )
    worst = float(np.nanmin(values) if measure.worst == "low" else np.nanmax(values))
    return f"{name}{blocks.ljust(room)} {words.worst(measure, worst)}"
