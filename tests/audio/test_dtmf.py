"""Digits in the sound, by the limits of ITU-T Q.24; none in speech, music or noise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.audio.made import g711, heard, packets, speech
from xivolab.audio.decoders import A_LAW
from xivolab.audio.dtmf import HIGH, KEYS, LOW, digits, find_digits, tone

ALL = "0123456789*#ABCD1123"


def dialled(
    keys: str,
    *,
    on: float = 0.05,
    off: float = 0.05,
    level: float = 0.2,
    off_by: float = 0.0,
    twist_db: float = 0.0,
    noise: float = 0.0,
    seed: int = 1,
) -> NDArray[np.int16]:
    """Digits as a telephone makes them: `off_by` as a share of the frequencies, `twist_db` the high above the low."""
    chance = np.random.default_rng(seed)
    out = [np.zeros(int(chance.integers(400, 480)))]
    for key in keys:
        row = next(n for n, line in enumerate(KEYS) if key in line)
        time = np.arange(int(on * 8000)) / 8000
        low, high = LOW[row] * (1 + off_by), HIGH[KEYS[row].index(key)] * (1 + off_by)
        both = np.sin(2 * np.pi * low * time + chance.uniform(0, 6))
        both += 10 ** (twist_db / 20) * np.sin(2 * np.pi * high * time + chance.uniform(0, 6))
        out += [level * both, np.zeros(int(off * 8000))]
    sound = np.concatenate(out)
    sound += noise * chance.standard_normal(len(sound))
    return np.asarray(np.clip(sound * 32767, -32768, 32767), np.int16)


def keys(sound: NDArray[np.int16]) -> str:
    return "".join(one.digit for one in find_digits(sound))


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"on": 0.04, "off": 0.04},
        {"on": 0.2, "off": 0.1},
        {"off_by": 0.018, "on": 0.04},
        {"off_by": -0.018, "on": 0.04},
        {"twist_db": 4.0},
        {"twist_db": -8.0},
        {"level": 0.012},
        {"level": 0.49},
        {"noise": 0.03},
    ],
    ids=str,
)
def test_what_must_be_found_is(how: dict[str, Any]) -> None:
    for seed in range(5):
        assert keys(dialled(ALL, **how, seed=seed)) == ALL


@pytest.mark.parametrize(
    "how",
    [{"on": 0.022}, {"off_by": 0.035}, {"off_by": -0.035}, {"twist_db": 12.0}, {"twist_db": -14.0}, {"level": 0.002}],
    ids=str,
)
def test_what_must_not_be_found_is_not(how: dict[str, Any]) -> None:
    assert keys(dialled(ALL, **how)) == ""


def test_times_and_durations() -> None:
    found = find_digits(np.concatenate([np.zeros(8000, np.int16), tone("7", 1600, 8000), np.zeros(8000, np.int16)]))
    assert [one.digit for one in found] == ["7"]
    assert found[0].start == pytest.approx(1.0, abs=0.015)
    assert found[0].duration == pytest.approx(0.2, abs=0.02)


def test_a_short_break_in_a_digit_does_not_make_two() -> None:
    sound = dialled("5", on=0.2)
    sound[1200:1240] = 0
    assert keys(sound) == "5"


@pytest.mark.parametrize("seed", range(4))
def test_speech_holds_no_digits(seed: int) -> None:
    assert keys(speech(30.0, seed=seed)) == ""


def test_noise_tones_and_chords_hold_no_digits() -> None:
    chance = np.random.default_rng(1)
    time = np.arange(80000) / 8000
    for sound in (
        chance.standard_normal(80000) * 0.1,
        0.3 * np.sin(2 * np.pi * 440 * time),  # ringing tone
        0.2 * np.sin(2 * np.pi * 350 * time) + 0.2 * np.sin(2 * np.pi * 440 * time),  # dial tone
        0.3 * np.sin(2 * np.pi * 697 * time),
        sum(0.1 * np.sin(2 * np.pi * f * time) for f in (697, 1209, 1047)),
        0.4 * np.sign(np.sin(2 * np.pi * 941 * time)),
    ):
        assert keys(np.asarray(sound * 32767, np.int16)) == ""


def test_digits_in_a_track_whatever_its_rate() -> None:
    pieces = [
        np.zeros(8000, np.int16),
        *(part for key in "42#" for part in (tone(key, 1280, 16000), np.zeros(1600, np.int16))),
    ]
    wide = np.concatenate(pieces)
    found = heard(
        packets([wide.astype(">i2").tobytes()[at : at + 640] for at in range(0, len(wide) * 2, 640)], pt=96, step=320),
        {96: "L16/16000"},
    )
    assert "".join(one.digit for one in digits(found)) == "42#"
    assert digits(found)[0].start == pytest.approx(0.5, abs=0.015)


def test_g711_does_not_spoil_them() -> None:
    assert keys(A_LAW[np.frombuffer(g711(dialled(ALL)), np.uint8)]) == ALL


def test_a_key_that_no_telephone_has_makes_no_tone() -> None:
    assert not tone("x", 100, 8000).any()
    assert keys(np.zeros(10, np.int16)) == ""
