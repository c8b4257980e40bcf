"""Lays the quality plots out in pixels: small multiples that share their scales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xivolab.views.measure import fit, text_width
from xivolab.views.names import ssrc_of, way_of
from xivolab.views.quality_events import Tick, event_strip, tick_lines, ticks
from xivolab.views.quality_words import QualityWords
from xivolab.views.scene import Box, Curve, Details, Group, Item, Line, Scene, Text
from xivolab.views.series import MEASURES, Measure, Track, length, runs, thin
from xivolab.views.stream_figures import in_text
from xivolab.views.stream_words import StreamWords
from xivolab.views.subjects import Call

_LEFT, _TOP = 208.0, 78.0
_PLOT_WIDTH, _PLOT_HEIGHT = 148.0, 62.0
_GAP_X, _ROW_HEIGHT = 40.0, 92.0
_SMALL, _TICK = 11.0, 10.0
_INSET = 4.0  # a line at the end of its scale shall not run into the frame


def quality_scene(call: Call, tracks: tuple[Track, ...], words: QualityWords, limits: Mapping[str, float]) -> Scene:
    """A line for each stream, a column for each measure; a sentence when there is no stream."""
    if not tracks:
        sentence = words.words["none"]
        return Scene(text_width(sentence, 13) + 24, 48, (Text(12, 29, sentence, "text", 13),), sentence, words.lang)
    return _Layout(call, tracks, words, limits).scene()


class _Layout:
    def __init__(self, call: Call, tracks: tuple[Track, ...], words: QualityWords, limits: Mapping[str, float]) -> None:
        self.call = call
        self.tracks = tracks
        self.words = words
        self.limits = limits
        self.width = _LEFT + len(MEASURES) * _PLOT_WIDTH + (len(MEASURES) - 1) * _GAP_X + 24
        self.seconds = length(tracks)
        self.ticks = ticks(call, tracks, self.seconds, words.lang)
        self.tops = {measure.name: self._top(measure) for measure in MEASURES}

    def scene(self) -> Scene:
        title = self.words.title(self.call)
        items: list[Item] = [
            Text(12, 23, fit(title, 15, self.width - 24), "text", 15, bold=True),
            Text(12, 42, fit(self.words.extent(self.tracks), _SMALL, self.width - 24), "muted", _SMALL),
        ]
        strip, height = event_strip(self.ticks, self.words, self.seconds, _LEFT, self.width - 24, _TOP - 18)
        items += strip
        top = _TOP + height
        items += [
            Text(self._x(column), top - 12, self.words.heading(m), "text", 12, bold=True)
            for column, m in enumerate(MEASURES)
        ]
        items += [self._track(track, top + row * _ROW_HEIGHT) for row, track in enumerate(self.tracks)]
        return Scene(self.width, top + len(self.tracks) * _ROW_HEIGHT + 8, tuple(items), title, self.words.lang)

    def _x(self, column: int) -> float:
        return _LEFT + column * (_PLOT_WIDTH + _GAP_X)

    def _top(self, measure: Measure) -> float:
        """The end of a scale, shared by all streams: the whole MOS scale, else a round figure above values and threshold."""
        if measure.name == "mos":
            return 5.0 if any(track.stream.mos_scale == "wb" for track in self.tracks) else 4.5
        series = [track.values[measure.name] for track in self.tracks]
        highest = max((float(np.nanmax(values)) for values in series if not np.isnan(values).all()), default=0.0)
        return _round_up(max(highest, self.limits.get(measure.threshold or "", 0.0) * 1.25, 1.0))

    def _limit(self, track: Track, measure: Measure) -> float | None:
        """The threshold of a plot; that of the MOS is one of the narrow-band scale."""
        if measure.name == "mos" and track.stream.mos_scale == "wb":
            return None
        return self.limits.get(measure.threshold or "")

    def _track(self, track: Track, top: float) -> Group:
        words, room = self.words, _LEFT - 32
        items: list[Item] = [
            Text(12, top + 16, fit(words.direction(track), 13, room), "text", 13, bold=True),
            Text(12, top + 33, fit(words.about(track), _SMALL, room), "text", _SMALL),
            Text(12, top + 49, fit(words.counted(track), _SMALL, room), "muted", _SMALL),
        ]
        for column, measure in enumerate(MEASURES):
            limit = self._limit(track, measure)
            ends = self.tops[measure.name]
            plot = _Plot(track, measure, self._x(column), top, ends, limit, self.seconds, words, self.ticks)
            items += plot.items()
        stream = track.stream
        way = f"RTP {way_of(stream)}"
        heading = f"{words.direction(track)} · {words.about(track)}"
        figures = in_text(stream.record(), StreamWords(words.lang))
        details = Details(heading, f"{way} · SSRC {ssrc_of(stream)}", figures, top - 6, _ROW_HEIGHT - 2)
        return Group("stream", tuple(items), f"{way}\nSSRC {ssrc_of(stream)}", details)


@dataclass(frozen=True, slots=True)
class _Plot:
    """One measure of one stream: its upper left corner, the end of its scale, its threshold, the length of its time axis."""

    track: Track
    measure: Measure
    left: float
    top: float
    ceiling: float
    limit: float | None
    seconds: float
    words: QualityWords
    ticks: tuple[Tick, ...]

    def items(self) -> list[Item]:
        """Frame, axes, threshold, and the curve or a word that there is none."""
        values = thin(self.track.values[self.measure.name], int(_PLOT_WIDTH), self.measure.worst)
        drawn = self._nothing() if np.isnan(values).all() else [*self._curves(values), self._worst(values)]
        events = tick_lines(self.ticks, self.track, self.seconds, self.left, _PLOT_WIDTH, self.top, _PLOT_HEIGHT)
        frame = Box(self.left, self.top, _PLOT_WIDTH, _PLOT_HEIGHT, "panel")
        return [frame, *self._axes(), *events, *self._threshold(), *drawn]

    @property
    def _floor(self) -> float:
        return 1.0 if self.measure.name == "mos" else 0.0

    @property
    def _bottom(self) -> float:
        return self.top + _PLOT_HEIGHT

    def _y(self, value: float) -> float:
        share = (min(max(value, self._floor), self.ceiling) - self._floor) / (self.ceiling - self._floor)
        return self._bottom - _INSET - share * (_PLOT_HEIGHT - 2 * _INSET)

    def _axes(self) -> list[Item]:
        scale = [
            Text(self.left - 5, self._y(value) + 4, self._short(value), "muted", _TICK, "end")
            for value in (self._floor, self.ceiling)
        ]
        return [
            *scale,
            Line(self.left, self._bottom, self.left + _PLOT_WIDTH, self._bottom, "lane"),
            Text(self.left, self._bottom + 13, f"0 – {self.words.number(self.seconds, 0)} s", "muted", _TICK),
        ]

    def _threshold(self) -> list[Item]:
        if self.limit is None or not self._floor < self.limit < self.ceiling:
            return []
        y, right = self._y(self.limit), self.left + _PLOT_WIDTH
        return [
            Line(self.left, y, right, y, "failure", 1, "dashed"),
            Text(right + 3, y + 4, self._short(self.limit), "failure", _TICK),
        ]

    def _curves(self, values: NDArray[np.float64]) -> list[Item]:
        seconds_each = len(self.track.values[self.measure.name]) / len(values)
        xs = self.left + (self.track.start + (np.arange(len(values)) + 0.5) * seconds_each) / self.seconds * _PLOT_WIDTH
        return [
            Curve(tuple((float(xs[i]), self._y(float(values[i]))) for i in range(first, last)), "request", 2)
            for first, last in runs(values.tolist())
        ]

    def _worst(self, values: NDArray[np.float64]) -> Text:
        low = self.measure.worst == "low"
        worst = float(np.nanmin(values) if low else np.nanmax(values))
        bad = self.limit is not None and (worst < self.limit if low else worst >= self.limit)
        text = ("✖ " if bad else "") + self.words.worst(self.measure, worst)
        return Text(self.left + _PLOT_WIDTH - 2, self._bottom + 13, text, "failure" if bad else "muted", _TICK, "end")

    def _nothing(self) -> list[Item]:
        middle = self.left + _PLOT_WIDTH / 2
        return [Text(middle, self.top + _PLOT_HEIGHT / 2 + 4, self.words.words["no values"], "muted", _SMALL, "middle")]

    def _short(self, value: float) -> str:
        return self.words.number(value, 1 if value % 1 else 0)


def _round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50, …"""
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= value - 1e-9))
