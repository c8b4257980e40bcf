"""DTMF digits that are in the sound itself (ITU-T Q.23), found by the limits of ITU-T Q.24.

A short spectrum tells the frequency of both tones to some hertz, which Goertzel filters at the eight nominal frequencies do
not: neighbours are 73 Hz apart, and a filter of 25 ms is 80 Hz wide.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xivolab.audio.resample import resample
from xivolab.audio.track import Track

LOW = (697, 770, 852, 941)
HIGH = (1209, 1336, 1477, 1633)
KEYS = ("123A", "456B", "789C", "*0#D")

RATE = 8000
STEP = 80
"""Samples from one look to the next: 10 ms."""

WINDOW = 205
"""Samples of each look, 25.6 ms: so short that a digit of 40 ms holds two whole ones."""

SHORTEST_S = 0.032
"""Digits from 40 ms on are found, those under 25 ms are not (Q.24, annex A); what lies between may be."""

_PART_S = 0.4 * WINDOW / RATE  # a look hears a tone from when it fills more than half of its window
_QUIETEST = 10 ** (-42 / 10)  # mean square of the sound, 1 at full scale: -36 dBm0 and some margin
_TWIST_HIGH, _TWIST_LOW = 10**0.6, 10**1.0  # high above low by 4 dB and low above high by 8 dB, with 2 dB of margin
_PURE = 0.82  # share of the sound that the two tones are: speech has its power elsewhere
_OFF = 0.025  # frequencies may be 1.8 % off; from 3.5 % on a digit must be refused

_POINTS = 512  # of the spectrum: 15.6 Hz apart
_LOBE = 5  # points to each side of a tone that a Hann window of this length spreads it over
_LOW_BAND, _HIGH_BAND = (41, 65), (73, 110)  # points: 640 to 1000 Hz, 1140 to 1700 Hz


@dataclass(frozen=True, slots=True)
class InBandDigit:
    """One digit: `start` in seconds from the start of the track, `duration` in seconds."""

    digit: str
    start: float
    duration: float


def tone(digit: str, count: int, rate: int, level: float = 0.25) -> NDArray[np.int16]:
    """`count` samples of a digit at `rate` Hz; `level` is the amplitude of each of its two frequencies, 1 at full scale."""
    row = next((n for n, keys in enumerate(KEYS) if digit in keys), None)
    if row is None:
        return np.zeros(count, np.int16)
    time = np.arange(count) / rate
    both = np.sin(2 * np.pi * LOW[row] * time) + np.sin(2 * np.pi * HIGH[KEYS[row].index(digit)] * time)
    return np.asarray(both * level * 32767, np.int16)


def digits(track: Track) -> list[InBandDigit]:
    """The digits in the sound of a track, in order."""
    return find_digits(resample(track.samples, track.rate, RATE))


def find_digits(samples: NDArray[np.int16]) -> list[InBandDigit]:
    """The digits in int16 samples (n,) at 8 kHz."""
    keys = _keys(samples)
    found: list[InBandDigit] = []
    at = 0
    while at < len(keys):
        if keys[at] < 0:
            at += 1
            continue
        end = at
        while end < len(keys) and (keys[end] == keys[at] or _dropped(keys, at, end)):
            end += 1
        length = (end - 1 - at) * STEP / RATE + _PART_S
        if length > SHORTEST_S:
            digit = KEYS[keys[at] // 4][keys[at] % 4]
            found.append(InBandDigit(digit, at * STEP / RATE + _PART_S, length))
        at = end
    return found


def _dropped(keys: NDArray[np.int8], at: int, here: int) -> bool:
    """Whether a digit goes on behind one look that did not hear it."""
    return here + 1 < len(keys) and keys[here] < 0 and keys[here + 1] == keys[at]


def _keys(samples: NDArray[np.int16]) -> NDArray[np.int8]:
    """The digit heard in each look (4 × row + column), -1 for none."""
    count = max((len(samples) - WINDOW) // STEP + 1, 0)
    out = np.full(count, -1, np.int8)
    step = 6000  # looks at a time: a minute
    for first in range(0, count, step):
        looks = min(step, count - first)
        part = samples[first * STEP : (first + looks - 1) * STEP + WINDOW].astype(np.float64) / 32768
        out[first : first + looks] = _heard(np.lib.stride_tricks.sliding_window_view(part, WINDOW)[::STEP])
    return out


def _heard(windows: NDArray[np.float64]) -> NDArray[np.int8]:
    """The digit in each window, -1 for none."""
    shape = np.hanning(WINDOW + 2)[1:-1]
    spectrum = np.square(np.abs(np.fft.rfft(windows * shape, _POINTS, axis=1)))
    low, high = _peak(spectrum, *_LOW_BAND), _peak(spectrum, *_HIGH_BAND)
    row, column = _nearest(low.frequency, LOW), _nearest(high.frequency, HIGH)
    whole = np.maximum(spectrum.sum(axis=1), 1e-30)
    with np.errstate(divide="ignore", invalid="ignore"):
        fine = (
            (np.square(windows).mean(axis=1) > _QUIETEST)
            & (high.power < low.power * _TWIST_HIGH)
            & (low.power < high.power * _TWIST_LOW)
            & (low.power + high.power > _PURE * whole)
            & (np.abs(low.frequency / np.take(LOW, row) - 1) < _OFF)
            & (np.abs(high.frequency / np.take(HIGH, column) - 1) < _OFF)
        )
    return np.where(fine, 4 * row + column, -1).astype(np.int8)


@dataclass(frozen=True, slots=True)
class _Peak:
    """The strongest tone of a band in each window: its frequency in Hz, and the power of its lobe."""

    frequency: NDArray[np.float64]
    power: NDArray[np.float64]


def _peak(spectrum: NDArray[np.float64], first: int, last: int) -> _Peak:
    place = spectrum[:, first:last].argmax(axis=1) + first
    each = np.arange(len(spectrum))
    # A parabola through the logarithms of three points of a Hann window's lobe has its top where the tone is.
    before, at, after = (np.log(np.maximum(spectrum[each, place + step], 1e-30)) for step in (-1, 0, 1))
    bend = before - 2 * at + after
    shift = np.where(bend < 0, 0.5 * (before - after) / np.minimum(bend, -1e-12), 0.0)
    lobe = spectrum[each[:, None], place[:, None] + np.arange(-_LOBE, _LOBE + 1)].sum(axis=1)
    return _Peak((place + np.clip(shift, -1, 1)) * RATE / _POINTS, lobe)


def _nearest(frequency: NDArray[np.float64], nominal: tuple[int, ...]) -> NDArray[np.intp]:
    return np.asarray(np.abs(frequency[:, None] / np.array(nominal) - 1).argmin(axis=1))
