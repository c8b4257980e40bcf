"""Lays waveform and spectrogram of each side out in pixels, on one axis of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from xivolab.audio.levels import FLOOR_DBOV
from xivolab.audio.spectrum import envelope, spectrogram
from xivolab.audio.track import FRAMES
from xivolab.views.audio_words import AudioWords
from xivolab.views.measure import fit, text_width
from xivolab.views.raster import png
from xivolab.views.scene import Box, Curve, Group, Item, Line, Raster, Scene, Text

if TYPE_CHECKING:
    from xivolab.views.audio import Audio, SideView

_LEFT, _WIDTH, _RIGHT = 62.0, 800.0, 70.0
_TOP = 56.0
_HEAD, _WAVE, _GAP, _SPECTRUM, _AXIS = 44.0, 62.0, 6.0, 96.0, 30.0
_SMALL, _TICK = 11.0, 10.0
_COLUMNS, _POINTS = 800, 800
_LOWEST_DB, _HIGHEST_DB = -95.0, -20.0
_CROSS = 9.0  # pixels of a sign
HIGHEST_HZ = 8000
"""Speech has nothing above."""


def audio_scene(audio: Audio, words: AudioWords) -> Scene:
    """A waveform above a spectrogram for each side; a sentence when there is no sound."""
    if not audio.sound.tracks:
        sentence = words["none"]
        return Scene(text_width(sentence, 13) + 24, 48, (Text(12, 29, sentence, "text", 13),), sentence, words.lang)
    return _Layout(audio, words).scene()


class _Layout:
    def __init__(self, audio: Audio, words: AudioWords) -> None:
        self.audio = audio
        self.words = words
        self.seconds = max(audio.seconds, 0.1)
        self.highest = min(audio.rate / 2, HIGHEST_HZ)

    def scene(self) -> Scene:
        audio, words = self.audio, self.words
        width = _LEFT + _WIDTH + _RIGHT
        extent = f"{words.moment(audio.sound.start)} · {words.number(self.seconds, 1)} s · {audio.rate} Hz"
        items: list[Item] = [
            Text(12, 23, fit(audio.title, 15, width - 24), "text", 15, bold=True),
            Text(12, 42, fit(f"{extent} · {words['time']}", _SMALL, width - 24), "muted", _SMALL),
        ]
        top = _TOP
        for side in audio.sides:
            items.append(self._side(side, top))
            top += self._height(side)
        items.append(Text(_LEFT, top + 12, words["legend"], "muted", _SMALL))
        for number, note in enumerate(audio.notes):
            items.append(
                Text(_LEFT, top + 30 + 16 * number, fit(f"⚠ {note}", _SMALL, width - _LEFT - 12), "failure", _SMALL)
            )
        return Scene(width, top + 24 + 16 * len(audio.notes), tuple(items), audio.title, words.lang)

    def _height(self, side: SideView) -> float:
        return _HEAD + (_WAVE + _GAP + _SPECTRUM + _AXIS if side.tracks else 6)

    def _x(self, second: float) -> float:
        return _LEFT + min(max(second / self.seconds, 0.0), 1.0) * _WIDTH

    def _side(self, side: SideView, top: float) -> Group:
        words = self.words
        head: list[Item] = [
            Text(12, top + 14, fit(side.name, 13, _WIDTH), "text", 13, bold=True),
            Text(12, top + 31, fit(self._about(side), _SMALL, _LEFT + _WIDTH), "muted", _SMALL),
        ]
        if not side.tracks:
            return Group("side", tuple(head), side.name)
        samples = self.audio.samples(side.mix)
        wave, spectrum = top + _HEAD, top + _HEAD + _WAVE + _GAP
        return Group(
            "side",
            (
                *head,
                *self._waveform(side, samples, wave),
                *self._spectrogram(samples, spectrum),
                *self._marks(side, wave),
                *self._axis(spectrum + _SPECTRUM),
            ),
            f"{side.name}: {', '.join(side.ends)}\n{words['time']}",
        )

    def _about(self, side: SideView) -> str:
        words, found = self.words, side.activity
        if not side.tracks:
            return words["nothing"]
        parts = [
            " + ".join(side.ends[:2]) + (" + …" if len(side.ends) > 2 else ""),
            "/".join(side.codecs),
            f"{words['speech']} {words.number(found.speech_s, 1)} s",
            f"{words['silent']} {words.number(found.silent_s, 1)} s",
        ]
        if found.missing_s >= 0.1:
            parts.append(f"{words['missing']} {words.number(found.missing_s, 1)} s")
        if found.level_dbov is not None:
            parts.append(f"{words['level']} {words.number(found.level_dbov, 0)} dBov")
        if side.lost:
            parts.append(f"✖ {side.lost} {words['lost']}")
        return " · ".join(part for part in parts if part)

    def _waveform(self, side: SideView, samples: NDArray[np.int16], top: float) -> list[Item]:
        low, high = envelope(samples, _POINTS)
        loudest = max(float(np.abs(low).max()), float(high.max()), 1e-3)
        middle, reach = top + _WAVE / 2, (_WAVE / 2 - 4) / loudest
        xs = _LEFT + (np.arange(_POINTS) + 0.5) * _WIDTH / _POINTS
        zigzag: list[tuple[float, float]] = []
        for x, bottom, crest in zip(xs.tolist(), low.tolist(), high.tolist(), strict=True):
            zigzag += [(x, middle - crest * reach), (x, middle - bottom * reach)]
        level = max(20 * np.log10(loudest), FLOOR_DBOV)
        return [
            Box(_LEFT, top, _WIDTH, _WAVE, "panel"),
            *self._nothing(side, top),
            Curve(tuple(zigzag), "request", 1.0),
            Text(_LEFT + _WIDTH + 5, top + 10, f"{self.words.number(float(level), 0)} dBov", "muted", _TICK),
        ]

    def _nothing(self, side: SideView, top: float) -> list[Item]:
        """Where no packet was: the ground is left open, with a dotted line."""
        heard = np.zeros(int(np.ceil(self.seconds * FRAMES)), np.bool_)
        for track in side.tracks:
            first = max(round(self.audio.sound.offset(track) * FRAMES), 0)
            heard[first : first + len(track.present)] |= track.present[: max(len(heard) - first, 0)]
        edges = np.flatnonzero(np.diff(np.concatenate([[0], ~heard, [0]]).astype(np.int8)))
        items: list[Item] = []
        for start, end in edges.reshape(-1, 2).tolist():
            left, right = self._x(start / FRAMES), self._x(end / FRAMES)
            if right - left >= 1.5:
                items.append(Box(left, top, right - left, _WAVE, "paper"))
                items.append(Line(left, top + _WAVE / 2, right, top + _WAVE / 2, "muted", 1.5, "dotted"))
        return items

    def _spectrogram(self, samples: NDArray[np.int16], top: float) -> list[Item]:
        values = spectrogram(samples, self.audio.rate, _COLUMNS, self.highest).T[::-1]
        ticks = [
            Text(
                _LEFT - 5,
                top + _SPECTRUM * (1 - share) + (9 if share == 1 else 0),
                f"{self.words.number(self.highest * share / 1000, 0)} kHz",
                "muted",
                _TICK,
                "end",
            )
            for share in (0, 0.5, 1)
        ]
        right = _LEFT + _WIDTH + 6
        ramp = np.linspace(_HIGHEST_DB, _LOWEST_DB, 64, dtype=np.float32)[:, None]
        return [
            Raster(_LEFT, top, _WIDTH, _SPECTRUM, png(values, _LOWEST_DB, _HIGHEST_DB)),
            Raster(right, top, 8, _SPECTRUM, png(ramp, _LOWEST_DB, _HIGHEST_DB)),
            Text(right + 12, top + 9, f"{_HIGHEST_DB:.0f} dB", "muted", _TICK),
            Text(right + 12, top + _SPECTRUM, f"{_LOWEST_DB:.0f} dB", "muted", _TICK),
            *ticks,
        ]

    def _marks(self, side: SideView, top: float) -> list[Item]:
        """Lost packets and digits, at their time."""
        items: list[Item] = []
        gaps = [(self.audio.sound.offset(track) + gap.start, gap) for track in side.tracks for gap in track.gaps]
        last = cross = -10.0
        for second, _ in sorted(gaps, key=lambda one: one[0]):
            x = self._x(second)
            if x - last < 1.0:
                continue
            items.append(Line(x, top, x, top + _WAVE, "failure", 1.0))
            last = x
            if x - cross >= _CROSS:
                items.append(Text(x, top - 1, "✖", "failure", 9, "middle"))
                cross = x
        last = -100.0
        for track in side.tracks:
            for digit in track.digits:
                x = self._x(self.audio.sound.offset(track) + digit.start)
                if x - last >= 16:
                    items.append(
                        Text(x, top + _WAVE - 3, f"▾{digit.digit}", "text", _SMALL, "middle", bold=True, halo="panel")
                    )
                    last = x
        return items

    def _axis(self, top: float) -> list[Item]:
        step = next_step(self.seconds / 8)
        items: list[Item] = [Line(_LEFT, top, _LEFT + _WIDTH, top, "lane")]
        for count in range(int(self.seconds / step) + 1):
            x = self._x(count * step)
            items.append(Line(x, top, x, top + 4, "lane"))
            label = self.words.number(count * step, 1 if step < 1 else 0) + (" s" if not count else "")
            items.append(Text(x, top + 15, label, "muted", _TICK, "middle"))
        return items


def next_step(value: float) -> float:
    """The next of 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, … seconds."""
    steps = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
    return next((step for step in steps if step >= value), 7200.0)
