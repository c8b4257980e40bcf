"""Another rate: the same tones, nothing above what fits, no delay."""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio.made import likeness, speech
from xivolab.audio.resample import resample


@pytest.mark.parametrize(
    ("source", "target"), [(8000, 16000), (48000, 8000), (11025, 8000), (44100, 48000), (8000, 48000)]
)
def test_a_tone_stays_where_it_is(source: int, target: int) -> None:
    def wave(rate: int) -> np.ndarray:
        return np.asarray(10000 * np.sin(2 * np.pi * 1000 * np.arange(rate // 2) / rate), np.int16)

    found = resample(wave(source), source, target)
    assert len(found) == round(source // 2 * target / source)
    middle = slice(target // 10, target // 10 * 4)
    assert np.abs(found[middle].astype(int) - wave(target)[middle]).max() < 30


def test_what_is_too_high_for_the_new_rate_is_taken_out() -> None:
    high = np.asarray(10000 * np.sin(2 * np.pi * 6000 * np.arange(48000) / 48000), np.int16)
    assert np.abs(resample(high, 48000, 8000)[100:-100]).max() < 30


def test_there_and_back() -> None:
    sound = speech(1.0)
    assert likeness(sound, resample(resample(sound, 8000, 48000), 48000, 8000), 3) == (pytest.approx(1, abs=1e-3), 0)


def test_nothing_to_do() -> None:
    assert len(resample(np.zeros(0, np.int16), 8000, 16000)) == 0
    sound = speech(0.1)
    assert resample(sound, 8000, 8000) is sound
