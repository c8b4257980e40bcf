"""How loud a track is: speech, silence and nothing at all, told apart every 20 ms.

Levels are in dBov: dB against the overload point of 16 bits, a sine of full scale being -3 (RFC 6464, 3; -127 stands for
digital silence).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xivolab.audio.track import FRAMES, Track

SILENT_DBOV = -60.0
"""Below this a frame is silent. Speech is at -30 to -15, the noise of a quiet room in a handset at -60 to -50; what G.711
makes of no signal at all is at -72."""

FLOOR_DBOV = -127.0


@dataclass(frozen=True, slots=True)
class Activity:
    """What was in a track, in seconds: `speech_s` sound, `silent_s` packets with nothing to hear in them, `missing_s` no packet.

    `level_dbov` is the mean power of the sound, `peak_dbov` the largest sample; None without any sound.
    """

    speech_s: float
    silent_s: float
    missing_s: float
    level_dbov: float | None
    peak_dbov: float | None


def frame_levels(track: Track) -> NDArray[np.float64]:
    """The level of each 20 ms, float64 of shape (m,) like `track.present`; NaN where no packet was."""
    levels = _decibels(_powers(track, FRAMES, len(track.present)))
    return np.where(track.present, levels, np.nan)


def levels(track: Track) -> NDArray[np.float64]:
    """The level of each second of a track, in dBov; NaN for a second without a packet."""
    count = int(np.ceil(len(track.present) / FRAMES))
    present = np.pad(track.present, (0, count * FRAMES - len(track.present))).reshape(count, FRAMES)
    powers = np.pad(_powers(track, FRAMES, len(track.present)), (0, count * FRAMES - len(track.present)))
    heard = present.sum(axis=1)
    mean = (powers.reshape(count, FRAMES) * present).sum(axis=1) / np.maximum(heard, 1)
    return np.where(heard > 0, _decibels(mean), np.nan)


def activity(track: Track) -> Activity:
    """How much of a track is sound, silence and nothing."""
    powers = _powers(track, FRAMES, len(track.present))
    sound = track.present & (_decibels(powers) >= SILENT_DBOV)
    speaking = int(sound.sum())
    peak = int(np.abs(track.samples.astype(np.int32)).max(initial=0))
    return Activity(
        speaking / FRAMES,
        int((track.present & ~sound).sum()) / FRAMES,
        int((~track.present).sum()) / FRAMES,
        float(_decibels(powers[sound].mean())) if speaking else None,
        float(20 * np.log10(peak / 32768)) if speaking and peak else None,
    )


def _powers(track: Track, per_second: int, count: int) -> NDArray[np.float64]:
    """Mean square of each of `count` frames, 1 at full scale."""
    size = max(track.rate // per_second, 1)
    samples = track.samples[: count * size]
    out = np.zeros(count)
    whole = len(samples) // size
    step = 30_000  # frames at a time: ten minutes
    for first in range(0, whole, step):
        part = samples[first * size : min(first + step, whole) * size].reshape(-1, size).astype(np.float32)
        out[first : first + len(part)] = np.square(part).mean(axis=1)
    rest = samples[whole * size :]
    if len(rest) and whole < count:
        out[whole] = float(np.square(rest.astype(np.float64)).mean())
    return out / 32768.0**2


def _decibels(power: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.maximum(10 * np.log10(np.maximum(power, 1e-30)), FLOOR_DBOV))
