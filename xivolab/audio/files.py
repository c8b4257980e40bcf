"""Sound as a file: WAV by the standard library, FLAC, MP3 and Ogg by PyAV."""

from __future__ import annotations

import io
import wave
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from xivolab.audio.decoders import pyav
from xivolab.audio.resample import resample

SUFFIXES = (".wav", ".flac", ".mp3", ".ogg")
"""What `encode` can make."""

_ENCODERS = {".flac": ("flac", "flac"), ".mp3": ("mp3", "libmp3lame"), ".ogg": ("ogg", "libopus")}
_RATES = {".mp3": (8000, 11025, 16000, 22050, 32000, 44100, 48000), ".ogg": (8000, 16000, 48000)}


def wav(samples: NDArray[np.int16], rate: int) -> bytes:
    """A WAV file of 16 bits: samples (n,), or (n, 2) with the left channel first."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.ascontiguousarray(samples, "<i2").tobytes())
    return out.getvalue()


def encode(suffix: str, samples: NDArray[np.int16], rate: int, bit_rate: int | None = None) -> bytes:
    """A file of the kind that `suffix` (one of `SUFFIXES`) names. Raises MissingToolError without PyAV, WAV excepted."""
    if suffix == ".wav":
        return wav(samples, rate)
    av = pyav()
    container, codec = _ENCODERS[suffix]
    rates = _RATES.get(suffix, (rate,))
    if rate not in rates:
        better = min((one for one in rates if one > rate), default=rates[-1])
        channels = [resample(channel, rate, better) for channel in np.atleast_2d(samples.T)]
        samples, rate = channels[0] if samples.ndim == 1 else np.stack(channels, axis=1), better
    layout = "mono" if samples.ndim == 1 else "stereo"
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, layout=layout)
        # Left to itself the encoder takes 8 kbit/s at 8 kHz, which is heard.
        stream.bit_rate = bit_rate or samples.ndim * (32_000 if rate < 32_000 else 64_000)
        step = rate * 10
        for first in range(0, len(samples), step):
            piece = np.ascontiguousarray(samples[first : first + step]).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(piece, format="s16", layout=layout)
            frame.sample_rate, frame.pts = rate, first
            for packet in stream.encode(frame):
                file.mux(packet)
        for packet in stream.encode(None):
            file.mux(packet)
    return out.getvalue()


def suffix_of(path: str | PurePath) -> str | None:
    """The suffix of a file of sound; None for another."""
    suffix = PurePath(path).suffix.lower()
    return suffix if suffix in SUFFIXES else None
