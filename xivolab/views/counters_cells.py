"""Lays the counters out in character cells: a row of blocks for each measure, a dot where nothing tells."""

from __future__ import annotations

from collections.abc import Sequence

from xivolab.asterisk.cli.series import MEASURES, CounterTrack
from xivolab.views.clean import one_line, shorten
from xivolab.views.counters_words import LIMITS, CounterWords
from xivolab.views.scene import Item, Scene, Text

_BLOCKS = "▁▂▃▄▅▆▇█"
_NAME, _WORST = 28, 18


def counters_cells(tracks: Sequence[CounterTrack], words: CounterWords, width: int) -> Scene:
    """All channels in `width` columns."""
    lines = [words.title(tracks)] if tracks else [words.words["none"]]
    for track in tracks:
        received, sent = words.counted(track)
        lines += ["", f"{track.channel} · {words.about(track)} · {received} · {sent}"]
        lines += [_line(track, measure, words, max(width - _NAME - _WORST, 8)) for measure in MEASURES]
    items: list[Item] = [Text(0, y, shorten(one_line(line), width)) for y, line in enumerate(lines)]
    return Scene(width, len(lines), tuple(items), lines[0], words.lang)


def _line(track: CounterTrack, measure: str, words: CounterWords, room: int) -> str:
    name = f"  {words.heading(measure)}".ljust(_NAME)
    worst = track.worst(measure)
    if worst is None:
        return name + words.words["unknown"]
    values = [point.values[measure] for point in track.points]
    shares = [values[n * len(values) // room : (n + 1) * len(values) // room] for n in range(room)]
    if len(values) <= room:
        shares = [[value] for value in values]
    high = max(worst, LIMITS.get(measure, 0.0), 1.0)
    blocks = "".join(_block([value for value in share if value is not None], high) for share in shares)
    return f"{name}{blocks.ljust(room)} {words.worst(measure, worst)}"


def _block(values: Sequence[float], high: float) -> str:
    return _BLOCKS[min(int(max(values) / high * 8), 7)] if values else "·"
