"""The sound of a call or a stream: players, waveform and spectrogram; shows itself in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from xivolab.audio.files import SUFFIXES as SOUNDS
from xivolab.audio.files import encode, suffix_of
from xivolab.audio.levels import Activity, activity, levels
from xivolab.audio.sound import MIXES, Mix, Sound
from xivolab.audio.track import Note, Track
from xivolab.errors import UsageError
from xivolab.views import html
from xivolab.views.audio_cells import audio_cells
from xivolab.views.audio_picture import audio_scene
from xivolab.views.audio_words import AudioWords
from xivolab.views.picture import SUFFIXES as PICTURES
from xivolab.views.picture import Picture, written
from xivolab.views.player import players, small_player
from xivolab.views.scene import Scene

if TYPE_CHECKING:
    from xivolab.audio.dtmf import InBandDigit


@dataclass(frozen=True)
class SideView:
    """What a picture shows of one side: `name` says whose it is, `ends` from where to where, `mix` how to hear it alone."""

    name: str
    ends: tuple[str, ...]
    mix: Mix
    tracks: tuple[Track, ...]

    @cached_property
    def codecs(self) -> tuple[str, ...]:
        """Its codecs, in the order of their use."""
        return tuple(dict.fromkeys(codec for track in self.tracks for codec in track.codecs))

    @cached_property
    def activity(self) -> Activity:
        """Its tracks together."""
        parts = [activity(track) for track in self.tracks]
        loud = [(part.speech_s, 10 ** (part.level_dbov / 10)) for part in parts if part.level_dbov is not None]
        total = sum(seconds for seconds, _ in loud)
        peaks = [part.peak_dbov for part in parts if part.peak_dbov is not None]
        return Activity(
            sum(part.speech_s for part in parts),
            sum(part.silent_s for part in parts),
            sum(part.missing_s for part in parts),
            float(10 * np.log10(sum(seconds * power for seconds, power in loud) / total)) if total else None,
            max(peaks, default=None),
        )

    @property
    def notes(self) -> tuple[Note, ...]:
        """What could not be heard of it."""
        return tuple(note for track in self.tracks for note in track.notes)

    @property
    def lost(self) -> int:
        """Packets that are missing."""
        return sum(gap.packets for track in self.tracks for gap in track.gaps)


class Audio(Picture):
    """A sound with its picture. `save()` also writes .wav, .flac, .mp3 and .ogg; `samples()` gives it as numbers."""

    def __init__(self, sound: Sound, sides: tuple[SideView, ...], title: str, words: AudioWords) -> None:
        self.sound = sound
        self.sides = sides
        self.title = title
        self._words = words

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.title}: {self.sound.seconds:.1f} s at {self.sound.rate} Hz>"

    @property
    def rate(self) -> int:
        """Samples a second."""
        return self.sound.rate

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.sound.seconds

    @property
    def notes(self) -> list[str]:
        """What could not be heard and why, a line each."""
        return list(dict.fromkeys(self._words.note(note) for side in self.sides for note in side.notes))

    def samples(self, side: Mix = "mixed") -> NDArray[np.int16]:
        """int16 (n,) at `rate` Hz of "caller", "callee" or "mixed"; of "stereo" (n, 2). Raises UsageError."""
        if side not in MIXES:
            raise UsageError(f"no side {side!r}", "side", f"it is one of {', '.join(MIXES)}")
        return self.sound.samples(side)

    def save(self, path: str | PathLike[str], side: Mix = "stereo") -> Path:
        """Writes the sound, or the picture, as the suffix of `path` says. Raises UsageError for another suffix.

        `side` is what is heard: "caller", "callee", "mixed", or "stereo" with the caller on the left.
        """
        suffix = suffix_of(Path(path))
        if suffix is not None:
            return written(Path(path), encode(suffix, self.samples(side), self.rate))
        if Path(path).suffix.lower() == ".html":
            return written(Path(path), self.page().encode())
        if Path(path).suffix.lower() in PICTURES:
            return super().save(path)
        raise UsageError(
            f"sound cannot be written as {Path(path).suffix or 'a file without suffix'!r}",
            str(path),
            f"use one of {', '.join((*SOUNDS, *PICTURES))}",
        )

    def scene(self) -> Scene:
        """Waveform and spectrogram of each side, in pixels."""
        return audio_scene(self, self._words)

    def text_scene(self, width: int) -> Scene:
        """How loud each side is over time, in character cells."""
        return audio_cells(self, self._words, width)

    def html(self) -> str:
        """Players and picture, without scripts or links. Long sound is cut there; `save()` writes all of it."""
        return players(self, self._words) + html.html(self.scene(), self.text())

    def picture(self) -> AudioPicture:
        """The picture alone: nobody hears anything."""
        return AudioPicture(self, self._words)

    def small(self) -> str:
        """One player and the picture as HTML, for a page with many calls: MP3, five minutes at most."""
        return small_player(self, self._words) + html.html(self.scene(), self.text())

    def page(self) -> str:
        """The same as a document of its own."""
        return html.page(self.scene(), self.text(), players(self, self._words))


class AudioPicture(Picture):
    """Waveform and spectrogram of a sound that is not there to be heard; shows itself in a notebook."""

    def __init__(self, audio: Audio, words: AudioWords) -> None:
        self._audio = audio
        self._words = words

    def scene(self) -> Scene:
        """The picture in pixels."""
        return audio_scene(self._audio, self._words)

    def text_scene(self, width: int) -> Scene:
        """How loud each side is over time, in character cells."""
        return audio_cells(self._audio, self._words, width)


class CallAudio(Audio):
    """The sound of a call: by side, "caller" being what the caller's end of the leg sends, "callee" what it receives."""

    @cached_property
    def levels(self) -> dict[str, NDArray[np.float64]]:
        """The level of each second since the start of the sound in dBov, by side; NaN where no packet was."""
        return {side.mix: self._levels(side) for side in self.sides}

    @property
    def speech_s(self) -> dict[str, float]:
        """Seconds with sound in them, by side."""
        return {side.mix: side.activity.speech_s for side in self.sides}

    @property
    def silent_s(self) -> dict[str, float]:
        """Seconds that packets filled with silence, by side."""
        return {side.mix: side.activity.silent_s for side in self.sides}

    def digits(self) -> dict[str, list[InBandDigit]]:
        """The DTMF digits in the sound itself, by side, in seconds from the start of the sound."""
        from xivolab.audio.dtmf import InBandDigit, digits

        return {
            side.mix: [
                InBandDigit(one.digit, one.start + self.sound.offset(track), one.duration)
                for track in side.tracks
                for one in digits(track)
            ]
            for side in self.sides
        }

    def _levels(self, side: SideView) -> NDArray[np.float64]:
        out = np.full(int(np.ceil(self.seconds)), np.nan)
        for track in side.tracks:
            first = round(self.sound.offset(track))
            found = levels(track)[: max(len(out) - first, 0)]
            out[first : first + len(found)] = np.fmax(out[first : first + len(found)], found)
        return out


class StreamAudio(Audio):
    """The sound of one stream."""

    @property
    def track(self) -> Track:
        """Its packets, decoded and in order."""
        return self.sides[0].tracks[0]

    @cached_property
    def levels(self) -> NDArray[np.float64]:
        """The level of each second in dBov; NaN where no packet was."""
        return levels(self.track)

    @property
    def speech_s(self) -> float:
        """Seconds with sound in them."""
        return self.sides[0].activity.speech_s

    @property
    def silent_s(self) -> float:
        """Seconds that packets filled with silence."""
        return self.sides[0].activity.silent_s

    def digits(self) -> list[InBandDigit]:
        """The DTMF digits in the sound itself, in seconds from its start."""
        from xivolab.audio.dtmf import digits

        return digits(self.track)
