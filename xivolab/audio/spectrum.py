"""How the power of a sound is spread over time and frequency, and how far its samples reach: what a picture of it shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WINDOW_S = 0.032
"""Length of each window: pitch and formants of speech are told apart, syllables too."""

_WINDOWS = 12  # at most for a column; a long call has many more


def spectrogram(samples: NDArray[np.int16], rate: int, columns: int, highest: float) -> NDArray[np.float32]:
    """The power in dB against a sine of full scale, float32 (columns, bins), bins from 0 to `highest` Hz.

    A column is the mean of up to 12 windows (Hann, 32 ms) spread over its share of the sound.
    """
    size = 1 << int(np.ceil(np.log2(WINDOW_S * rate)))
    bins = int(size * highest / rate) + 1
    shape = np.hanning(size + 1)[:-1].astype(np.float32)
    scale = (shape.sum() / 2) ** 2 * 32768.0**2
    share = len(samples) / columns
    each = int(np.clip(np.ceil(share / (size / 2)), 1, _WINDOWS))
    padded = np.pad(samples, (size // 2, size // 2 + 1))
    centres = ((np.arange(columns)[:, None] + (np.arange(each) + 0.5) / each) * share).astype(np.int64)
    out = np.empty((columns, bins), np.float32)
    for column, starts in enumerate(centres):
        windows = padded[starts[:, None] + np.arange(size)] * shape
        power = np.square(np.abs(np.fft.rfft(windows, axis=1)[:, :bins])).mean(axis=0) / scale
        out[column] = 10 * np.log10(power + 1e-12)
    return out


def envelope(samples: NDArray[np.int16], columns: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The lowest and highest sample of each of `columns` shares of a sound, 1 at full scale."""
    if not len(samples):
        return np.zeros(columns), np.zeros(columns)
    edges = np.minimum(np.linspace(0, len(samples), columns + 1).astype(np.int64)[:-1], len(samples) - 1)
    low = np.minimum.reduceat(samples, edges) / 32768
    high = np.maximum.reduceat(samples, edges) / 32768
    return np.asarray(low, np.float64), np.asarray(high, np.float64)
