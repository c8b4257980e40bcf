"""Lays the counters out in pixels: a row for each channel, a column for each measure, scales shared by all channels."""

from __future__ import annotations

from collections.abc import Sequence

from xivolab.asterisk.cli.series import MEASURES, CounterTrack
from xivolab.views.clean import one_line
from xivolab.views.counters_words import LIMITS, CounterWords
from xivolab.views.measure import fit, text_width
from xivolab.views.scene import Box, Curve, Group, Item, Line, Scene, Text

_LEFT, _TOP = 240.0, 74.0
_PLOT_WIDTH, _PLOT_HEIGHT = 142.0, 58.0
_GAP, _ROW = 40.0, 92.0
_SMALL, _TICK = 11.0, 10.0
_INSET = 4.0
MOST_TRACKS = 40
"""Channels drawn: of more nobody would see anything."""


def counters_scene(tracks: Sequence[CounterTrack], words: CounterWords) -> Scene:
    """All channels, a sentence when there is none."""
    if not tracks:
        sentence = words.words["none"]
        return Scene(text_width(sentence, 13) + 24, 48, (Text(12, 29, sentence, "text", 13),), sentence, words.lang)
    shown = tracks[:MOST_TRACKS]
    width = _LEFT + len(MEASURES) * (_PLOT_WIDTH + _GAP) + 8
    title = words.title(tracks)
    tops = {measure: _scale(shown, measure) for measure in MEASURES}
    seconds = max(max(track.points[-1].at for track in shown), 1.0)
    items: list[Item] = [Text(12, 24, fit(title, 15, width - 24), "text", 15, bold=True)]
    items += [
        Text(_x(column), _TOP - 16, fit(words.heading(measure), 12, _PLOT_WIDTH + _GAP - 6), "text", 12, bold=True)
        for column, measure in enumerate(MEASURES)
    ]
    for row, track in enumerate(shown):
        items.append(_row(track, _TOP + row * _ROW, tops, seconds, words))
    return Scene(width, _TOP + len(shown) * _ROW + 8, tuple(items), title, words.lang)


def _x(column: int) -> float:
    return _LEFT + column * (_PLOT_WIDTH + _GAP)


def _scale(tracks: Sequence[CounterTrack], measure: str) -> float:
    """The end of a scale: a round figure above all values and the limit."""
    highest = max([worst for track in tracks if (worst := track.worst(measure)) is not None], default=0.0)
    wanted = max(highest * 1.05, LIMITS.get(measure, 1.0) * 1.2, 1.0)
    step = 1.0
    while step * 10 < wanted:
        step *= 10
    return next(step * figure for figure in (1, 2, 5, 10) if step * figure >= wanted)


def _row(track: CounterTrack, top: float, tops: dict[str, float], seconds: float, words: CounterWords) -> Group:
    room = _LEFT - 52
    received, sent = words.counted(track)
    name = one_line(track.channel)
    codec = f" · {one_line(track.codec)}" if track.codec else ""
    items: list[Item] = [
        Text(12, top + 14, fit(name, 13, room), "text", 13, bold=True),
        Text(12, top + 30, fit(words.about(track) + codec, _SMALL, room), "muted", _SMALL),
        Text(12, top + 45, fit(received, _SMALL, room), "text", _SMALL),
        Text(12, top + 60, fit(sent, _SMALL, room), "text", _SMALL),
    ]
    for column, measure in enumerate(MEASURES):
        items += _plot(track, measure, _x(column), top, tops[measure], seconds, words)
    return Group("channel", tuple(items), f"{name}\n{received}\n{sent}")


def _plot(
    track: CounterTrack, measure: str, left: float, top: float, ceiling: float, seconds: float, words: CounterWords
) -> list[Item]:
    bottom = top + _PLOT_HEIGHT

    def y(value: float) -> float:
        return bottom - _INSET - min(value, ceiling) / ceiling * (_PLOT_HEIGHT - 2 * _INSET)

    items: list[Item] = [
        Box(left, top, _PLOT_WIDTH, _PLOT_HEIGHT, "panel"),
        Line(left, bottom, left + _PLOT_WIDTH, bottom, "lane"),
        Text(left - 4, y(0) + 4, "0", "muted", _TICK, "end"),
        Text(left - 4, y(ceiling) + 4, words.number(ceiling, 0), "muted", _TICK, "end"),
        Text(left, bottom + 13, f"0 – {words.number(seconds, 0)} s", "muted", _TICK),
    ]
    limit = LIMITS.get(measure)
    if limit is not None and limit < ceiling:
        items.append(Line(left, y(limit), left + _PLOT_WIDTH, y(limit), "failure", 1, "dashed"))
    worst = track.worst(measure)
    if worst is None:
        middle = left + _PLOT_WIDTH / 2
        return [*items, Text(middle, top + _PLOT_HEIGHT / 2 + 4, words.words["unknown"], "muted", _SMALL, "middle")]
    stretch: list[tuple[float, float]] = []
    for point in track.points:
        value = point.values[measure]
        if value is None:
            items += [Curve(tuple(stretch), "request", 2)] if stretch else []
            stretch = []
        else:
            stretch.append((left + point.at / seconds * _PLOT_WIDTH, y(value)))
    items += [Curve(tuple(stretch), "request", 2)] if stretch else []
    bad = limit is not None and worst >= limit
    text = words.worst(measure, worst)
    items.append(Text(left + _PLOT_WIDTH, bottom + 13, text, "failure" if bad else "muted", _TICK, "end"))
    return items
