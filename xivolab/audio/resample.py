"""Samples at another rate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_TAPS = 24
_PIECE = 1 << 16


def resample(samples: NDArray[np.int16], source: int, target: int) -> NDArray[np.int16]:
    """int16 samples (n,) at `target` Hz: round(n × target / source) of them, band-limited, without delay.

    Each is a sum of its neighbours weighted with a windowed sinc (Hann, 24 crossings to each side).
    """
    if source == target or not len(samples):
        return samples
    count = round(len(samples) * target / source)
    cut = min(1.0, target / source)
    reach = int(np.ceil(_TAPS / cut))
    padded = np.pad(samples.astype(np.float32), reach)
    neighbours = np.arange(-reach + 1, reach + 1)
    out = np.empty(count, np.int16)
    for first in range(0, count, _PIECE):
        exact = np.arange(first, min(first + _PIECE, count)) * (source / target)
        whole = np.floor(exact).astype(np.int64)
        part, which = np.unique(np.round(exact - whole, 9), return_inverse=True)
        distance = neighbours[None, :] - part[:, None]
        weights = cut * np.sinc(cut * distance) * (0.5 + 0.5 * np.cos(np.pi * np.clip(distance / reach, -1, 1)))
        weights = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
        values = np.zeros(len(exact), np.float32)
        for column, step in enumerate(neighbours.tolist()):
            values += weights[which, column] * padded[whole + reach + step]
        out[first : first + len(exact)] = np.clip(np.rint(values), -32768, 32767)
    return out
