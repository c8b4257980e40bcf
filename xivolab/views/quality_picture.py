"""Lays the quality plots out in pixels: small multiples that share their scales."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from xivolab.views.measure import fit, text_width
from xivolab.views.quality_words import QualityWords
from xivolab.views.scene import Box, Curve, Group, Item, Line, Scene, Text
from xivolab.views.series import MEASURES, Measure, Track, runs, thin
from xivolab.views.subjects import Call

_LEFT, _TOP = 206.0, 78.0
_PLOT_WIDTH, _PLOT_HEIGHT = 172.0, 62.0
_GAP_X, _ROW_HEIGHT = 44.0, 92.0
_SMALL = 11.0
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
        self.seconds = max(1.0, max(track.start + max(len(track.values["mos"]), 1) for track in tracks))
        self.tops = {measure.name: self._top(measure) for measure in MEASURES}

    def scene(self) -> Scene:
        title = self.words.title(self.call)
        items: list[Item] = [
            Text(12, 23, fit(title, 15, self.width - 24), "text", 15, bold=True),
            Text(12, 42, fit(self.words.extent(self.tracks), _SMALL, self.width - 24), "muted", _SMALL),
        ]
        items += [
            Text(self._x(column), _TOP - 12, self.words.heading(m), "text", 12, bold=True)
            for column, m in enumerate(MEASURES)
        ]
        items += [self._track(track, _TOP + row * _ROW_HEIGHT) for row, track in enumerate(self.tracks)]
        return Scene(self.width, _TOP + len(self.tracks) * _ROW_HEIGHT + 8, tuple(items), title, self.words.lang)

    def _x(self, column: int) -> float:
        return _LEFT + column * (_PLOT_WIDTH + _GAP_X)

    def _floor(self, measure: Measure) -> float:
        return 1.0 if measure.name == "mos" else 0.0

    def _top(self, measure: Measure) -> float:
        """The end of a scale, shared by all streams: the whole MOS scale, else a round figure above values and threshold."""
        if measure.name == "mos":
            return 5.0 if any(track.stream.mos_scale == "wb" for track in self.tracks) else 4.5
        highest = max((np.nanmax(values) for values in self._all(measure) if not np.isnan(values).all()), default=0.0)
        return _round_up(max(float(highest), self.limits.get(measure.threshold or "", 0.0) * 1.25, 1.0))

    def _all(self, measure: Measure) -> list[np.ndarray[tuple[int], np.dtype[np.float64]]]:
        return [track.values[measure.name] for track in self.tracks]

    def _track(self, track: Track, top: float) -> Group:
        words, room = self.words, _LEFT - 60
        items: list[Item] = [
            Text(12, top + 16, fit(words.direction(track), 13, room), "text", 13, bold=True),
            Text(12, top + 33, fit(words.about(track), _SMALL, room), "text", _SMALL),
            Text(12, top + 49, fit(words.counted(track), _SMALL, room), "muted", _SMALL),
        ]
        for column, measure in enumerate(MEASURES):
            items += self._plot(track, measure, self._x(column), top)
        stream = track.stream
        return Group("stream", tuple(items), f"RTP {stream.src} → {stream.dst}\nSSRC {stream.ssrc}")

    def _plot(self, track: Track, measure: Measure, left: float, top: float) -> list[Item]:
        floor, ceiling = self._floor(measure), self.tops[measure.name]
        bottom = top + _PLOT_HEIGHT

        def y(value: float) -> float:
            share = (min(max(value, floor), ceiling) - floor) / (ceiling - floor)
            return bottom - _INSET - share * (_PLOT_HEIGHT - 2 * _INSET)

        items: list[Item] = [Box(left, top, _PLOT_WIDTH, _PLOT_HEIGHT, "panel")]
        items += [
            Text(left - 5, y(value) + 4, self.words.number(value, 1 if value % 1 else 0), "muted", 10, "end")
            for value in (floor, ceiling)
        ]
        limit = self.limits.get(measure.threshold or "")
        # The threshold of the MOS is one of the narrow-band scale.
        if (
            limit is not None
            and floor < limit < ceiling
            and not (measure.name == "mos" and track.stream.mos_scale == "wb")
        ):
            items.append(Line(left, y(limit), left + _PLOT_WIDTH, y(limit), "failure", 1, "dashed"))
            items.append(
                Text(
                    left + _PLOT_WIDTH + 3, y(limit) + 4, self.words.number(limit, 1 if limit % 1 else 0), "failure", 10
                )
            )
        values = thin(track.values[measure.name], int(_PLOT_WIDTH), measure.worst)
        if np.isnan(values).all():
            items.append(
                Text(
                    left + _PLOT_WIDTH / 2,
                    top + _PLOT_HEIGHT / 2 + 4,
                    self.words.words["no values"],
                    "muted",
                    _SMALL,
                    "middle",
                )
            )
            return [*items, *self._axis(left, bottom)]
        per_value = len(track.values[measure.name]) / len(values)
        for first, last in runs(values.tolist()):
            points = tuple(
                (left + (track.start + (i + 0.5) * per_value) / self.seconds * _PLOT_WIDTH, y(values[i]))
                for i in range(first, last)
            )
            items.append(Curve(points, "request", 2))
        worst = float(np.nanmin(values) if measure.worst == "low" else np.nanmax(values))
        bad = limit is not None and (worst < limit if measure.worst == "low" else worst >= limit)
        sign = "✖ " if bad else ""
        items.append(
            Text(
                left + _PLOT_WIDTH - 2,
                bottom + 13,
                sign + self.words.worst(measure, worst),
                "failure" if bad else "muted",
                10,
                "end",
            )
        )
        return [*items, *self._axis(left, bottom)]

    def _axis(self, left: float, bottom: float) -> list[Item]:
        return [
            Line(left, bottom, left + _PLOT_WIDTH, bottom, "lane"),
            Text(left, bottom + 13, f"0 – {self.words.number(self.seconds, 0)} s", "muted", 10),
        ]


def _round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50, …"""
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= value - 1e-9))
