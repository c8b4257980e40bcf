"""The two sides of a conversation on one axis of time: each alone, mixed, and in stereo."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xivolab.audio.dtmf import tone
from xivolab.audio.resample import resample
from xivolab.audio.track import Track

SideName = Literal["caller", "callee"]
Mix = Literal["caller", "callee", "mixed", "stereo"]
MIXES: tuple[Mix, ...] = ("caller", "callee", "mixed", "stereo")

LONGEST_S = 4 * 3600
"""Tracks that begin later than this after the first are left out: in a damaged capture they may be years apart."""


@dataclass(frozen=True)
class Sound:
    """What both sides sent. `caller` and `callee` are the tracks of each, in order; `tones` puts events in as DTMF tones."""

    caller: tuple[Track, ...]
    callee: tuple[Track, ...] = ()
    tones: bool = False

    @property
    def tracks(self) -> tuple[Track, ...]:
        """All tracks."""
        return self.caller + self.callee

    @cached_property
    def start(self) -> int:
        """When the first begins, ns since 1970."""
        return min((track.start for track in self.tracks), default=0)

    @cached_property
    def rate(self) -> int:
        """The highest rate of the tracks, Hz."""
        return max((track.rate for track in self.tracks), default=8000)

    @cached_property
    def seconds(self) -> float:
        """From the start of the first track to the end of the last."""
        return max((self.offset(track) + track.seconds for track in self._kept(self.tracks)), default=0.0)

    def offset(self, track: Track) -> float:
        """Seconds from the start at which a track begins."""
        return (track.start - self.start) / 1e9

    def samples(self, mix: Mix) -> NDArray[np.int16]:
        """int16 (n,) at `rate` Hz; for "stereo" (n, 2): the caller is on the left, the callee on the right."""
        if mix == "caller":
            return self._side(self.caller)
        if mix == "callee":
            return self._side(self.callee)
        left, right = self._side(self.caller), self._side(self.callee)
        if mix == "stereo":
            return np.stack([left, right], axis=1)
        return np.asarray(np.clip(left.astype(np.int32) + right, -32768, 32767), np.int16)

    def _kept(self, tracks: tuple[Track, ...]) -> list[Track]:
        return [track for track in tracks if self.offset(track) < LONGEST_S]

    def _side(self, tracks: tuple[Track, ...]) -> NDArray[np.int16]:
        out = np.zeros(round(self.seconds * self.rate), np.int16)
        for track in self._kept(tracks):
            first = round(self.offset(track) * self.rate)
            samples = resample(self._with_tones(track), track.rate, self.rate)[: len(out) - first]
            part = out[first : first + len(samples)]
            # Streams of one side that overlap (an announcement over music) are heard together.
            part[:] = np.clip(part.astype(np.int32) + samples, -32768, 32767)
        return out

    def _with_tones(self, track: Track) -> NDArray[np.int16]:
        if not self.tones or not track.digits:
            return track.samples
        samples = track.samples.copy()
        for digit in track.digits:
            first = round(digit.start * track.rate)
            part = samples[first : first + round(max(digit.duration, 0.05) * track.rate)]
            part[:] = tone(digit.digit, len(part), track.rate)
        return samples
