"""What a recording of a phone holds: which tone, how loud, how much of it is silence."""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_FRAME_S = 0.02
# Below this a frame is silence; line noise of G.711 is about -65 dBFS.
_SILENCE_DBFS = -50.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording in figures: length in s, level in dB below full scale, share of silent frames, strongest tone in Hz.

    `tone_share` is the share of the power within 20 Hz of that tone: near 1 for a pure tone, small for speech.
    """

    seconds: float
    level_dbfs: float
    silent_share: float
    tone_hz: float
    tone_share: float


def heard(file: Path) -> Heard:
    """Measure a WAV file (16 bit, mono). Raises wave.Error on anything else that is no such file."""
    with wave.open(str(file)) as recording:
        rate = recording.getframerate()
        samples = np.frombuffer(recording.readframes(recording.getnframes()), "<i2").astype(np.float64) / 32768
    if not samples.size:
        return Heard(0.0, -np.inf, 1.0, 0.0, 0.0)
    size = int(rate * _FRAME_S)
    frames = samples[: samples.size // size * size].reshape(-1, size)
    loud = np.array([_dbfs(frame) >= _SILENCE_DBFS for frame in frames])
    power = np.abs(np.fft.rfft(samples * np.hanning(samples.size))) ** 2
    frequencies = np.fft.rfftfreq(samples.size, 1 / rate)
    peak = float(frequencies[power.argmax()])
    near = power[np.abs(frequencies - peak) <= 20].sum()
    return Heard(
        seconds=samples.size / rate,
        level_dbfs=_dbfs(samples),
        silent_share=float(1 - loud.mean()) if loud.size else 1.0,
        tone_hz=peak,
        tone_share=float(near / power.sum()) if power.sum() else 0.0,
    )


def _dbfs(samples: np.ndarray) -> float:
    mean = float(np.mean(samples**2))
    return 10 * float(np.log10(mean)) if mean else -np.inf
