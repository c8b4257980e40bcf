"""Lays the traffic out in pixels: plots over one time axis on the left, figures on the right, the largest shares below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from xivolab.table import Table
from xivolab.views.clean import one_line
from xivolab.views.measure import fit, text_width
from xivolab.views.scene import Anchor, Box, Curve, Group, Ink, Item, Line, Scene, Text
from xivolab.views.traffic_measures import Measure, Values, measures, values
from xivolab.views.traffic_words import Figure, Row, TrafficWords

_MARGIN, _TOP = 12.0, 64.0
_PLOT_X, _PLOT_WIDTH, _PLOT_HEIGHT, _PLOT_STEP = 64.0, 480.0, 76.0, 128.0
_FIGURES_X, _FIGURES_WIDTH = 600.0, 400.0
_VALUE_X, _NOTE_X = _FIGURES_X + 262.0, _FIGURES_X + 272.0
_LINE = 19.0
_WIDTH = _FIGURES_X + _FIGURES_WIDTH + 130.0
_SMALL, _TICK = 11.0, 10.0
_SHARES, _SHARE_STEP = 5, 18.0
_DIMENSIONS = ("peer", "called-peer", "user-agent", "codec", "status")
_MOST_BARS = 240


def traffic_scene(summary: Row, series: Table, by: Sequence[Row], words: TrafficWords) -> Scene:
    """Everything; a sentence when there is nothing."""
    if summary["start"] is None:
        sentence = words("none")
        return Scene(text_width(sentence, 13) + 24, 48, (Text(12, 29, sentence, "text", 13),), sentence, words.lang)
    each = words("each", length=words.length(series.value("interval_s", 0)))
    items: list[Item] = [
        Text(_MARGIN, 23, words("traffic"), "text", 15, bold=True),
        Text(_MARGIN, 42, fit(f"{words.period(summary)} · {each}", _SMALL, _WIDTH - 24), "muted", _SMALL),
    ]
    drawn = measures(series)
    for number, measure in enumerate(drawn):
        items.append(_plot(series, measure, _TOP + number * _PLOT_STEP, words))
    figures, bottom = _figures(words.figures(summary), words)
    items += figures
    bottom = max(_TOP + len(drawn) * _PLOT_STEP, bottom)
    shares, bottom = _shares(by, bottom + 14, words)
    items += shares
    if summary["srd_count"] or summary["rrd_count"]:
        items.append(Text(_MARGIN, bottom + 18, words("caveat"), "muted", _SMALL))
        bottom += 24
    return Scene(_WIDTH, bottom + 8, tuple(items), f"{words('traffic')} · {words.period(summary)}", words.lang)


def _plot(series: Table, measure: Measure, top: float, words: TrafficWords) -> Group:
    """One measure over time: what `first` counts as a filled outline, `second` as a line over it."""
    first = values(series, measure.first, _MOST_BARS)
    second = values(series, measure.second, _MOST_BARS) if measure.second else None
    most = float(first.max())
    bottom = top + 14 + _PLOT_HEIGHT
    left, right = _PLOT_X, _PLOT_X + _PLOT_WIDTH
    heading = words(measure.heading)
    legend: list[Item] = [Text(left, top + 6, heading, "text", 12, bold=True)]
    x = left + text_width(heading, 12) * 1.1 + 18
    inks: list[tuple[str, Ink]] = [(measure.first_word, "request")]
    if second is not None and second.any():
        inks.append((measure.second_word, "failure" if measure.bad else "success"))
    for word, ink in inks if len(inks) > 1 else ():
        sign = "▇ " if ink == "request" else "━ "
        legend.append(Text(x, top + 6, sign + words(word), ink, _SMALL))
        x += text_width(sign + words(word), _SMALL) + 18
    items: list[Item] = [
        *legend,
        Box(left, top + 14, _PLOT_WIDTH, _PLOT_HEIGHT, "panel"),
        *_bars(first, most, bottom),
        Curve(_outline(first, most, bottom), "request", 1.5),
    ]
    if second is not None and second.any():
        items.append(Curve(_outline(second, most, bottom), "failure" if measure.bad else "success", 2.0))
    items += [
        Line(left, bottom, right, bottom, "lane"),
        Text(left - 5, top + 24, words.short(most), "muted", _TICK, "end"),
        Text(left - 5, bottom, "0", "muted", _TICK, "end"),
        *_axis(series, bottom, words),
    ]
    return Group("plot", tuple(items), f"{heading}\n{words('most')} {words.short(most)}")


def _bars(found: Values, most: float, bottom: float) -> list[Item]:
    """A box under each stretch of equal values."""
    each = _PLOT_WIDTH / len(found)
    edges = np.flatnonzero(np.diff(found, prepend=np.nan, append=np.nan) != 0)
    return [
        Box(_PLOT_X + a * each, _y(found[a], most, bottom), (b - a) * each, bottom - _y(found[a], most, bottom), "wash")
        for a, b in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
        if found[a] > 0
    ]


def _outline(found: Values, most: float, bottom: float) -> tuple[tuple[float, float], ...]:
    """The upper edge of the bars, as steps."""
    each = _PLOT_WIDTH / len(found)
    points: list[tuple[float, float]] = []
    for number, value in enumerate(found.tolist()):
        y = _y(value, most, bottom)
        points += [(_PLOT_X + number * each, y), (_PLOT_X + (number + 1) * each, y)]
    return tuple(points)


def _y(value: float, most: float, bottom: float) -> float:
    return bottom - value / most * (_PLOT_HEIGHT - 8)


def _axis(series: Table, bottom: float, words: TrafficWords) -> list[Item]:
    first, step = series.value("start", 0), series.value("interval_s", 0)
    anchors: tuple[Anchor, ...] = ("start", "middle", "middle", "middle", "end")
    items: list[Item] = []
    for number, anchor in enumerate(anchors):
        time = words.clock(first + number / 4 * step * len(series))
        items.append(Text(_PLOT_X + number * _PLOT_WIDTH / 4, bottom + 13, time, "muted", _TICK, anchor))
    return items


def _figures(found: Sequence[Figure], words: TrafficWords) -> tuple[list[Item], float]:
    items: list[Item] = []
    y = _TOP + 6
    for group, figures in groupby(found, key=lambda figure: figure.group):
        items.append(Text(_FIGURES_X, y, words(group), "text", 12, bold=True))
        y += _LINE
        for figure in figures:
            items += [
                Text(_FIGURES_X, y, fit(figure.label, 12, 178), "text", 12),
                Text(_VALUE_X, y, figure.value, "text", 12, "end", bold=True),
                Text(_NOTE_X, y, fit(one_line(figure.note), _SMALL, _WIDTH - _NOTE_X - 8), "muted", _SMALL),
            ]
            y += _LINE
        y += 8
    return items, y


def _shares(by: Sequence[Row], top: float, words: TrafficWords) -> tuple[list[Item], float]:
    """Three columns of horizontal bars: calls by value, or registrations where there are no calls."""
    items: list[Item] = []
    width, gap = (_WIDTH - 2 * _MARGIN - 2 * 28) / 3, 28.0
    shown = [
        (dimension, [row for row in by if row["dimension"] == dimension and (row["calls"] or row["registrations"])])
        for dimension in _DIMENSIONS
    ]
    bottoms = [top] * 3
    for number, (dimension, rows) in enumerate([(d, r) for d, r in shown if r]):
        column = number % 3
        x, y = _MARGIN + column * (width + gap), bottoms[column]
        items.append(Text(x, y + 14, words(dimension), "text", 12, bold=True))
        most = max(max(row["calls"], row["registrations"]) for row in rows)
        for place, row in enumerate(rows[:_SHARES]):
            items += _share(row, x, y + 22 + place * _SHARE_STEP * 1.6, width, most, words)
        more = len(rows) - _SHARES
        height = 26 + min(len(rows), _SHARES) * _SHARE_STEP * 1.6
        if more > 0:
            items.append(Text(x, y + height + 6, words("more", count=more), "muted", _SMALL))
            height += 16
        bottoms[column] = y + height + 10
        if column == 2:
            bottoms = [max(bottoms)] * 3
    return items, max(bottoms)


def _share(row: Row, x: float, y: float, width: float, most: int, words: TrafficWords) -> list[Item]:
    calls, registrations = row["calls"], row["registrations"]
    told = []
    if calls:
        told.append(f"{words.number(calls)} · ASR {words.percent(row['asr_pct'])}")
    if registrations:
        told.append(f"{words.number(registrations)} REG")
    note = " · ".join(told)
    room = width - text_width(note, _SMALL) - 12
    long = width * calls / most
    return [
        Text(x, y + 11, fit(one_line(words.value(row)), _SMALL, room), "text", _SMALL),
        Text(x + width, y + 11, note, "muted", _SMALL, "end"),
        Box(x, y + 16, width, 5, "panel"),
        *([Box(x, y + 16, long, 5, "request")] if calls else []),
        *([Box(x, y + 16, width * registrations / most, 5, None, "success")] if registrations and not calls else []),
    ]
