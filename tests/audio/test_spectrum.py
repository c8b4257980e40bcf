"""What a picture of sound shows."""

from __future__ import annotations

import numpy as np
import pytest

from xivolab.audio.spectrum import envelope, spectrogram

TONE = np.asarray(32767 * np.sin(2 * np.pi * 1000 * np.arange(16000) / 8000), np.int16)


@pytest.mark.parametrize("rate", [8000, 16000, 48000])
def test_a_tone_of_full_scale_is_0_db_where_it_is(rate: int) -> None:
    tone = np.asarray(32767 * np.sin(2 * np.pi * 1000 * np.arange(rate) / rate), np.int16)
    values = spectrogram(tone, rate, 50, 4000)
    middle = values[10:40]
    hertz = middle.argmax(axis=1) * 4000 / (values.shape[1] - 1)
    assert np.abs(hertz - 1000).max() < 60
    assert middle.max() == pytest.approx(0, abs=1.5)
    assert middle[:, -1].max() < -60


def test_silence_and_a_call_of_hours_are_no_trouble() -> None:
    assert spectrogram(np.zeros(0, np.int16), 8000, 10, 4000).shape[0] == 10
    assert spectrogram(np.zeros(8000 * 3600, np.int16), 8000, 100, 4000).max() < -100


def test_the_envelope_reaches_as_far_as_the_samples() -> None:
    low, high = envelope(TONE, 40)
    assert (low < -0.99).all()
    assert (high > 0.99).all()
    assert len(envelope(np.zeros(3, np.int16), 10)[0]) == 10
    assert not envelope(np.zeros(0, np.int16), 10)[1].any()
