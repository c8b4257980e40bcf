"""Sound as files: read back by FFmpeg and the standard library."""

from __future__ import annotations

import io
import sys
import wave

import av
import numpy as np
import pytest

from tests.audio.made import likeness, speech
from xivolab.audio.files import SUFFIXES, encode, suffix_of, wav
from xivolab.errors import MissingToolError

SOUND = speech(2.0)


def test_wav_is_sample_for_sample_and_the_left_channel_comes_first() -> None:
    both = np.stack([SOUND, SOUND[::-1]], axis=1)
    with wave.open(io.BytesIO(wav(both, 8000))) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (2, 8000, 2)
        assert np.array_equal(np.frombuffer(file.readframes(16000), "<i2").reshape(-1, 2), both)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_kind_is_heard_again(suffix: str, channels: int) -> None:
    sound = SOUND if channels == 1 else np.stack([SOUND, SOUND // 4], axis=1)
    with av.open(io.BytesIO(encode(suffix, sound, 8000))) as file:
        resampler = av.AudioResampler(format="s16", layout="mono" if channels == 1 else "stereo", rate=8000)
        frames = [out for frame in file.decode(audio=0) for out in resampler.resample(frame)]
    found = np.concatenate([frame.to_ndarray()[0] for frame in frames])[::channels]
    assert likeness(SOUND, found, 1200)[0] > 0.95


def test_a_rate_that_a_kind_does_not_have_becomes_the_next() -> None:
    with av.open(io.BytesIO(encode(".ogg", SOUND, 11025))) as file:
        assert file.duration == pytest.approx(len(SOUND) / 11025 * 1e6, rel=0.05)


def test_without_pyav_there_is_wav(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    assert encode(".wav", SOUND, 8000)[:4] == b"RIFF"
    with pytest.raises(MissingToolError, match="PyAV is not installed"):
        encode(".mp3", SOUND, 8000)


def test_suffixes() -> None:
    assert [suffix_of(name) for name in ("a.WAV", "a.ogg", "a.svg", "a")] == [".wav", ".ogg", None, None]
