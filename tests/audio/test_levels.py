"""How loud, how long silent."""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio.made import cut, g711, heard, packets, speech
from xivolab.audio.levels import FLOOR_DBOV, activity, frame_levels, levels


def test_a_sine_of_full_scale_is_3_db_below_overload() -> None:
    sine = np.asarray(32767 * np.sin(2 * np.pi * 1000 * np.arange(16000) / 8000), np.int16)
    track = heard(packets(cut(sine.astype(">i2").tobytes(), 320), pt=96), {96: "L16/8000"})
    assert levels(track) == pytest.approx([-3.01, -3.01], abs=0.01)
    assert activity(track).peak_dbov == pytest.approx(0, abs=0.01)


def test_speech_silence_and_nothing_are_told_apart() -> None:
    sound = speech(6.0)
    sound[16000:32000] = 0
    codes = cut(g711(sound))
    kept = [n for n in range(300) if not n >= 250]
    found = heard(
        packets(
            [*[codes[n] for n in kept], codes[0]],
            sequences=[*kept, 300],
            timestamps=[160 * n for n in (*kept, 300)],
            times=[0.02 * n for n in (*kept, 300)],
        )
    )
    per_second = levels(found)
    assert per_second[:2] == pytest.approx([-20, -20], abs=8)
    assert (per_second[2:4] < -70).all()  # A-law has no zero
    assert np.isnan(per_second[5])
    quality = activity(found)
    assert quality.silent_s >= 2.0
    assert quality.missing_s == pytest.approx(1.0)
    assert quality.speech_s + quality.silent_s + quality.missing_s == pytest.approx(6.02)
    assert quality.level_dbov == pytest.approx(-22, abs=6)
    assert np.isnan(frame_levels(found)[260])


def test_one_way_silence_is_all_packets_and_nothing_in_them() -> None:
    track = heard(packets([b"\xff" * 160] * 500, pt=0))
    quality = activity(track)
    assert (quality.speech_s, quality.silent_s, quality.missing_s) == (0.0, 10.0, 0.0)
    assert (quality.level_dbov, quality.peak_dbov) == (None, None)
    assert (levels(track) == FLOOR_DBOV).all()


def test_a_track_without_anything() -> None:
    track = heard(packets([]))
    assert len(levels(track)) == 0
    assert activity(track).speech_s == 0.0


def test_a_second_that_is_not_whole_counts_by_what_is_there() -> None:
    track = heard(packets(cut(g711(speech(0.5)))))
    assert len(levels(track)) == 1
    assert levels(track)[0] > -40
