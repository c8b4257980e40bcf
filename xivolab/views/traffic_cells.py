"""Lays the traffic out in character cells: a row of blocks for each measure, then the figures, then the largest shares."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from xivolab.table import Table
from xivolab.views.clean import one_line, shorten
from xivolab.views.scene import Item, Scene, Text
from xivolab.views.traffic_measures import Measure, measures, values
from xivolab.views.traffic_words import Figure, Row, TrafficWords

_BLOCKS = "▁▂▃▄▅▆▇█"
_NAME, _MOST = 26, 12  # columns
_SHARES = 6
_DIMENSIONS = ("peer", "called-peer", "user-agent", "codec", "status")


def traffic_cells(summary: Row, series: Table, by: Sequence[Row], words: TrafficWords, width: int) -> Scene:
    """Everything in `width` columns."""
    lines = [words("traffic"), words.period(summary)]
    drawn = measures(series)
    room = max(width - _NAME - _MOST - 1, 8)
    if drawn:
        lines += ["", *(_plot(series, measure, words, room) for measure in drawn), _axis(series, words, room)]
    for group, figures in groupby(words.figures(summary), key=lambda figure: figure.group):
        lines += ["", words(group), *(_figure(figure) for figure in figures)]
    if summary["srd_count"] or summary["rrd_count"]:
        lines += ["", words("caveat")]
    lines += _shares(by, words, width)
    items: list[Item] = [Text(0, y, shorten(one_line(line), width)) for y, line in enumerate(lines)]
    return Scene(width, len(lines), tuple(items), words("traffic"), words.lang)


def _plot(series: Table, measure: Measure, words: TrafficWords, room: int) -> str:
    found = values(series, measure.first, room)
    most = float(found.max())
    # Nought is a dot, and whatever is more than nought shows.
    blocks = "".join("·" if value <= 0 else _BLOCKS[min(int(value / most * 8), 7)] for value in found)
    return f"{words(measure.heading).ljust(_NAME)}{blocks.ljust(room)} {words('most')} {words.short(most)}"


def _axis(series: Table, words: TrafficWords, room: int) -> str:
    start = words.clock(series.value("start", 0))
    end = words.clock(series.value("start", len(series) - 1) + series.value("interval_s", 0))
    each = words("each", length=words.length(series.value("interval_s", 0)))
    across = min(room, len(series))
    times = f"{start}{end.rjust(across - len(start))}" if across >= 2 * len(start) + 1 else f"{start} – {end}"
    return f"{each.ljust(_NAME)}{times}"


def _figure(figure: Figure) -> str:
    return f"  {figure.label.ljust(_NAME)}{figure.value.rjust(11)}  {figure.note}".rstrip()


def _shares(by: Sequence[Row], words: TrafficWords, width: int) -> list[str]:
    lines: list[str] = []
    head = (words("calls"), words("answered"), "ASR", "SRD", "REG")
    room = max(width - 45, 12)
    for dimension in _DIMENSIONS:
        rows = [row for row in by if row["dimension"] == dimension]
        if not rows:
            continue
        named = head if dimension in ("peer", "user-agent", "status") else head[:4]
        cells = [[words.value(row), *_numbers(row, words)][: len(named) + 1] for row in rows[:_SHARES]]
        lines += ["", _row([words(dimension), *(shorten(word, 8) for word in named)], room)]
        lines += [_row(row, room) for row in cells]
        if len(rows) > _SHARES:
            lines.append(f"  {words('more', count=len(rows) - _SHARES)}")
    return lines


def _numbers(row: Row, words: TrafficWords) -> list[str]:
    calls, registrations = row["calls"], row["registrations"]
    return [
        words.number(calls) if calls else "",
        words.number(row["calls_answered"]) if calls else "",
        words.percent(row["asr_pct"]) if calls else "",
        words.ms(row["srd_mean_ms"]) if row["srd_mean_ms"] is not None else "",
        words.number(registrations) if registrations else "",
    ]


def _row(cells: Sequence[Any], room: int) -> str:
    name, *numbers = cells
    return (shorten(one_line(str(name)), room).ljust(room) + "".join(f"{cell:>9}" for cell in numbers)).rstrip()
