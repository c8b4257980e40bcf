"""Players: `<audio>` elements that carry their sound, so that they play in a notebook, in a page, from a mail."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from xivolab.audio.files import encode, wav
from xivolab.audio.resample import resample
from xivolab.audio.sound import Mix
from xivolab.errors import MissingToolError
from xivolab.views.audio_words import AudioWords
from xivolab.views.clean import one_line

if TYPE_CHECKING:
    from xivolab.views.audio import Audio

MOST_BYTES = 4_000_000
"""Bytes of sound in all players of a page together, before base64: more than a minute of a call as WAV."""

LONGEST_S = 30 * 60
"""So much of a longer sound is in the players, as MP3."""

SMALL_S, SMALL_BYTES = 5 * 60, 2_000_000
"""Seconds, and bytes without PyAV, of the one player that a call has in a report."""

_Part = tuple[str, str, bytes]  # label, media type, content
_MP3_BITS = 24_000
_RATE = 16_000  # telephones send nothing that needs more

_STYLE = (
    ".xv-players{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:8px 16px;"
    "padding:10px 12px;max-width:932px;box-sizing:border-box}"
    ".xv-players figure{margin:0}.xv-players figcaption{margin:0 0 3px;font-size:12px}"
    ".xv-players audio{width:100%;height:36px;display:block}"
    ".xv-players p{margin:0;grid-column:1/-1;color:var(--xv-muted,inherit);font-size:12px}"
)


def players(audio: Audio, words: AudioWords) -> str:
    """An HTML fragment: each side alone, both mixed, both in stereo; nothing when there is no sound."""
    mixes: list[tuple[Mix, str]] = [(side.mix, side.name) for side in audio.sides if side.tracks]
    if not mixes or not audio.seconds:
        return ""
    if len(mixes) > 1:
        mixes += [("mixed", words["mixed"]), ("stereo", words["stereo"])]
    sounds = [(label, _player_samples(audio, mix)) for mix, label in mixes]
    rate = min(audio.rate, _RATE)
    if sum(samples.nbytes for _, samples in sounds) <= MOST_BYTES:
        parts: list[_Part] = [(label, "audio/wav", wav(samples, rate)) for label, samples in sounds]
        return _fragment(parts, audio.seconds, audio, words, "first")
    parts, longest = _short(sounds, rate, LONGEST_S, MOST_BYTES)
    return _fragment(parts, longest, audio, words, "first")


def small_player(audio: Audio, words: AudioWords) -> str:
    """An HTML fragment with one player for a page with many calls: both sides in stereo, as MP3, five minutes at most."""
    mixes: list[Mix] = [side.mix for side in audio.sides if side.tracks]
    if not mixes or not audio.seconds:
        return ""
    mix: Mix = "stereo" if len(mixes) > 1 else mixes[0]
    label = words["stereo"] if len(mixes) > 1 else next(side.name for side in audio.sides if side.tracks)
    parts, longest = _short([(label, _player_samples(audio, mix))], min(audio.rate, _RATE), SMALL_S, SMALL_BYTES)
    return _fragment(parts, longest, audio, words, "first, of a report")


def _fragment(parts: list[_Part], longest: float, audio: Audio, words: AudioWords, cut: str) -> str:
    note = ""
    if longest < audio.seconds:
        note = f"<p>{escape(words[cut].format(minutes=words.number(longest / 60, 1)))}</p>"
    figures = "".join(_figure(label, kind, content, words) for label, kind, content in parts)
    return f'<div class="xivolab"><style>{_STYLE}</style><div class="xv-players" lang="{words.lang}">{figures}{note}</div></div>'


def _player_samples(audio: Audio, mix: Mix) -> NDArray[np.int16]:
    samples = audio.samples(mix)
    if audio.rate <= _RATE:
        return samples
    if samples.ndim == 1:
        return resample(samples, audio.rate, _RATE)
    return np.stack([resample(np.ascontiguousarray(samples[:, n]), audio.rate, _RATE) for n in (0, 1)], axis=1)


def _short(
    sounds: list[tuple[str, NDArray[np.int16]]], rate: int, longest: int, most_bytes: int
) -> tuple[list[_Part], float]:
    """As MP3, `longest` seconds at most; without PyAV as WAV, as much as there is room for. And how many seconds that is."""
    try:
        return [
            (label, "audio/mpeg", encode(".mp3", samples[: longest * rate], rate, _MP3_BITS * samples.ndim))
            for label, samples in sounds
        ], float(longest)
    except MissingToolError:
        room = most_bytes // sum(2 * samples.ndim for _, samples in sounds)
        return [(label, "audio/wav", wav(samples[:room], rate)) for label, samples in sounds], room / rate


def _figure(label: str, kind: str, content: bytes, words: AudioWords) -> str:
    source = f"data:{kind};base64,{b64encode(content).decode()}"
    name = escape(one_line(label))
    return (
        f"<figure><figcaption>{name}</figcaption>"
        f'<audio controls="controls" preload="metadata" aria-label="{name}" src="{source}">{escape(words["too-long"])}</audio></figure>'
    )
