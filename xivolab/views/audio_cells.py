"""How loud each side is over time, in character cells: a row of blocks, losses and digits above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xivolab.audio.levels import SILENT_DBOV, frame_levels
from xivolab.audio.track import FRAMES
from xivolab.views.audio_words import AudioWords
from xivolab.views.clean import shorten
from xivolab.views.measure import whole_parts
from xivolab.views.scene import Item, Scene, Text

if TYPE_CHECKING:
    from xivolab.views.audio import Audio, SideView

_BLOCKS = "▁▂▃▄▅▆▇█"
_LOUDEST_DBOV = -10.0


def audio_cells(audio: Audio, words: AudioWords, width: int) -> Scene:
    """A few lines for each side; a sentence when there is no sound."""
    if not audio.sound.tracks:
        return Scene(width, 1, (Text(0, 0, shorten(words["none"], width)),), words["none"], words.lang)
    extent = f"{words.moment(audio.sound.start)} · {words.number(audio.seconds, 1)} s · {audio.rate} Hz"
    lines = [audio.title, extent, ""]
    for side in audio.sides:
        lines += _side(audio, side, words, width)
    lines += [words["legend"], *(f"! {note}" for note in audio.notes)]
    items: list[Item] = [Text(0, row, shorten(line, width)) for row, line in enumerate(lines)]
    return Scene(width, len(items), tuple(items), audio.title, words.lang)


def _side(audio: Audio, side: SideView, words: AudioWords, width: int) -> list[str]:
    if not side.tracks:
        return [side.name, f"  {words['nothing']}", ""]
    found = side.activity
    parts = [
        "/".join(side.codecs),
        f"{words['speech']} {words.number(found.speech_s, 1)} s",
        f"{words['silent']} {words.number(found.silent_s, 1)} s",
    ]
    if side.lost:
        parts.append(f"✖ {side.lost} {words['lost']}")
    if found.missing_s >= 0.1:
        parts.append(f"{words['missing']} {words.number(found.missing_s, 1)} s")
    if found.level_dbov is not None:
        parts.append(f"{words['level']} {words.number(found.level_dbov, 0)} dBov")
    blocks, above = _blocks(audio, side, width)
    about = "  " + whole_parts(" · ".join(part for part in parts if part), width - 2)
    return [f"{side.name}: {', '.join(side.ends)}", about, *([above] if above.strip() else []), blocks, ""]


def _blocks(audio: Audio, side: SideView, width: int) -> tuple[str, str]:
    """The level in each of `width` columns, and what stands above it: ✖ for lost packets, digits."""
    seconds = max(audio.seconds, 0.02)
    sums, heard = np.zeros(width), np.zeros(width, np.int64)
    above = [" "] * width

    def column(second: float) -> int:
        return min(max(int(second / seconds * width), 0), width - 1)

    for track in side.tracks:
        begin = audio.sound.offset(track)
        levels = frame_levels(track)
        places = ((np.arange(len(levels)) / FRAMES + begin) / seconds * width).astype(np.int64).clip(0, width - 1)
        present = ~np.isnan(levels)
        np.add.at(sums, places[present], 10 ** (levels[present] / 10))
        np.add.at(heard, places[present], 1)
        for gap in track.gaps:
            above[column(begin + gap.start)] = "✖"
        for digit in track.digits:
            above[column(begin + digit.start)] = digit.digit
    with np.errstate(divide="ignore", invalid="ignore"):
        decibels = 10 * np.log10(sums / heard)
    share = (decibels - SILENT_DBOV) / (_LOUDEST_DBOV - SILENT_DBOV)
    height = np.clip(np.nan_to_num(share, neginf=0.0) * len(_BLOCKS), 0, len(_BLOCKS) - 1).astype(int)
    return "".join(_BLOCKS[h] if n else "·" for h, n in zip(height.tolist(), heard.tolist(), strict=True)), "".join(
        above
    )
