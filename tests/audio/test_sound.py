"""Both sides on one axis."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.audio.made import NS, cut, g711, heard, packets, speech
from xivolab.audio.dtmf import find_digits
from xivolab.audio.sound import Sound
from xivolab.audio.track import Digit, Track

ONE = heard(packets(cut(g711(speech(2.0)))))
OTHER = replace(heard(packets(cut(g711(speech(3.0, seed=2))))), start=NS + 500_000_000)


def test_each_side_mixed_and_stereo() -> None:
    sound = Sound((ONE,), (OTHER,))
    assert (sound.start, sound.rate, sound.seconds) == (NS, 8000, pytest.approx(3.5))
    caller, callee = sound.samples("caller"), sound.samples("callee")
    assert np.array_equal(caller[:16000], ONE.samples)
    assert not caller[16000:].any()
    assert np.array_equal(callee[4000:], OTHER.samples)
    assert not callee[:4000].any()
    assert np.array_equal(sound.samples("stereo"), np.stack([caller, callee], axis=1))
    assert np.array_equal(sound.samples("mixed"), np.clip(caller.astype(int) + callee, -32768, 32767))


def test_streams_that_follow_each_other_are_one_side() -> None:
    later = replace(ONE, start=NS + 5 * 10**9)
    found = Sound((ONE, later)).samples("caller")
    assert np.array_equal(found[40000:], ONE.samples)
    assert not found[16000:40000].any()


def test_the_highest_rate_counts() -> None:
    wide = heard(packets(cut(speech(2.0, 16000).astype(">i2").tobytes(), 640), pt=96, step=320), {96: "L16/16000"})
    assert Sound((ONE,), (wide,)).samples("stereo").shape == (32000, 2)


def test_events_can_be_heard_as_tones() -> None:
    silent = replace(ONE, samples=np.zeros(16000, np.int16), digits=(Digit("3", 0.5, 0.1), Digit("#", 1.0, 0.1)))
    assert not Sound((silent,)).samples("caller").any()
    assert "".join(one.digit for one in find_digits(Sound((silent,), tones=True).samples("caller"))) == "3#"


def test_what_is_years_away_is_left_out() -> None:
    far = replace(ONE, start=NS + 10**17)
    assert Sound((ONE,), (far,)).seconds == pytest.approx(2.0)


def test_nothing_at_all() -> None:
    empty: tuple[Track, ...] = ()
    assert Sound(empty).samples("stereo").shape == (0, 2)
