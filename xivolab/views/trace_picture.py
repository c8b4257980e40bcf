"""Lays a trace out in pixels: a row for each decision, guides for the nesting, the records behind each row."""

from __future__ import annotations

from collections.abc import Sequence

from xivolab.views.clean import shorten
from xivolab.views.measure import fit, text_width
from xivolab.views.scene import Box, Details, Group, Item, Line, Scene, Text
from xivolab.views.trace_rows import NO_ROWS, Shown

_LEFT, _TIME, _INDENT, _ROW, _HEAD = 12.0, 96.0, 18.0, 22.0, 38.0
_SIZE, _SMALL = 13.0, 11.0
_WORDS_ROOM, _WHERE_ROOM = 660.0, 340.0
_MONO = 0.62  # width of a monospaced character, in sizes


def trace_scene(rows: Sequence[Shown], title: str, lang: str) -> Scene:
    """The trace: title, one group per row with its records as details, the place in the dialplan and in the log."""
    if not rows:
        return Scene(560, 48, (Text(_LEFT, 29, NO_ROWS[lang]),), NO_ROWS[lang], lang)
    words = min(max(_x(row) + text_width(row.text, _SIZE, bold=row.heading) for row in rows), _TIME + _WORDS_ROOM)
    where = words + 26
    place = where + min(max(_mono(row.where) for row in rows), _WHERE_ROOM) + 16
    width = place + max(_mono(row.place) for row in rows) + _LEFT
    items: list[Item] = [Group("head", (Text(_LEFT, 24, fit(title, 15, width), "text", 15, bold=True),))]
    for number, row in enumerate(rows):
        items.append(_row(row, rows[number + 1 :], _HEAD + number * _ROW, (words, where, place, width)))
    return Scene(width, _HEAD + len(rows) * _ROW + 8, tuple(items), title, lang, _HEAD - 4)


def _mono(text: str) -> float:
    return len(text) * _SMALL * _MONO


def _x(row: Shown) -> float:
    return _TIME + row.depth * _INDENT + (0 if row.heading else 18)


def _row(row: Shown, after: Sequence[Shown], top: float, columns: tuple[float, float, float, float]) -> Group:
    words, where, place, width = columns
    base = top + 15
    items: list[Item] = []
    if row.heading and row.depth == 0:
        items.append(Box(_LEFT - 4, top, width - 2 * _LEFT + 8, _ROW, "panel", radius=4))
    for depth in range(row.depth):
        x = _TIME + depth * _INDENT + 5
        goes_on = any(one.depth == depth + 1 for one in _until(after, depth))
        if goes_on or depth == row.depth - 1:
            items.append(Line(x, top, x, top + (_ROW if goes_on else _ROW / 2), "lane"))
    if row.depth:
        start = _TIME + (row.depth - 1) * _INDENT + 5
        items.append(Line(start, top + _ROW / 2, start + 9, top + _ROW / 2, "lane"))
    items.append(Text(_LEFT, base, row.time, "muted", _SMALL, mono=True))
    if row.sign:
        items.append(Text(_x(row) - 5, base, row.sign, row.ink, _SIZE, "end", bold=True))
    shown = fit(row.text, _SIZE, words - _x(row))
    items.append(Text(_x(row), base, shown, row.ink, _SIZE, bold=row.heading))
    room = int((place - where - 12) / (_SMALL * _MONO))
    items.append(Text(where, base, shorten(row.where, room), "muted", _SMALL, mono=True))
    items.append(Text(place, base, row.place, "muted", _SMALL, mono=True))
    details = Details(row.text, row.note, row.details, top, _ROW, command=row.command) if row.details else None
    return Group("step", tuple(items), f"{row.text}\n{row.where}\n{row.place}", details)


def _until(rows: Sequence[Shown], depth: int) -> Sequence[Shown]:
    """The rows that still hang on the guide of this depth."""
    for number, row in enumerate(rows):
        if row.depth <= depth:
            return rows[:number]
    return rows
