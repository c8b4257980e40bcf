"""What is measured in recordings that are made here."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from xivolab.bench.phone.audio import heard

RATE = 8000


def write(file: Path, samples: np.ndarray) -> Path:
    with wave.open(str(file), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(RATE)
        recording.writeframes((samples * 32767).astype("<i2").tobytes())
    return file


def sine(frequency: float, seconds: float, amplitude: float = 0.5) -> np.ndarray:
    return amplitude * np.sin(2 * np.pi * frequency * np.arange(int(seconds * RATE)) / RATE)


@pytest.mark.parametrize("frequency", [440, 697, 1000, 3100])
def test_a_tone_is_found(tmp_path: Path, frequency: int) -> None:
    found = heard(write(tmp_path / "a.wav", sine(frequency, 1)))

    assert found.tone_hz == pytest.approx(frequency, abs=1)
    assert found.tone_share > 0.99
    # A sine of half amplitude: 20·log10(0.5/√2).
    assert found.level_dbfs == pytest.approx(-9.03, abs=0.1)
    assert found.silent_share == 0


def test_silence_is_silent(tmp_path: Path) -> None:
    found = heard(write(tmp_path / "a.wav", np.concatenate([np.zeros(RATE), sine(440, 1)])))

    assert found.silent_share == pytest.approx(0.5, abs=0.02)
    assert found.seconds == 2


def test_noise_is_no_tone(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, RATE)

    assert heard(write(tmp_path / "a.wav", noise)).tone_share < 0.2


def test_nothing_recorded_is_told_as_such(tmp_path: Path) -> None:
    found = heard(write(tmp_path / "a.wav", np.zeros(0)))

    assert (found.seconds, found.silent_share, found.tone_share) == (0, 1, 0)


def test_all_zero_has_no_level(tmp_path: Path) -> None:
    assert heard(write(tmp_path / "a.wav", np.zeros(RATE))).level_dbfs == -np.inf
