"""Lays the quality plots out in character cells: a row of blocks for each measure."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from xivolab.views.clean import one_line, shorten
from xivolab.views.quality_words import QualityWords
from xivolab.views.scene import Item, Scene, Text
from xivolab.views.series import MEASURES, Measure, Track, thin
from xivolab.views.subjects import Call

_BLOCKS = "▁▂▃▄▅▆▇█"
_NAME, _WORST = 18, 18  # columns


def quality_cells(
    call: Call, tracks: tuple[Track, ...], words: QualityWords, limits: Mapping[str, float], width: int
) -> Scene:
    """The plots in `width` columns; a dot stands for a second without a value."""
    if not tracks:
        sentence = words.words["none"]
        return Scene(max(width, len(sentence)), 1, (Text(0, 0, sentence),), sentence, words.lang)
    lines = [words.title(call), words.extent(tracks)]
    room = max(width - _NAME - _WORST, 8)
    for track in tracks:
        lines += ["", f"{words.direction(track)} · {words.about(track)} · {words.counted(track)}"]
        lines += [_line(track, measure, words, limits, room) for measure in MEASURES]
    items: list[Item] = [Text(0, y, shorten(one_line(line), width)) for y, line in enumerate(lines)]
    return Scene(width, len(lines), tuple(items), words.title(call), words.lang)


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
