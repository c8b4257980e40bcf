"""The counters of `pjsip show channelstats` over time: loss and jitter each way, and the round trip, a row for each channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from xivolab.asterisk.cli.series import CounterTrack
from xivolab.views.clock import language, zone
from xivolab.views.counters_cells import counters_cells
from xivolab.views.counters_picture import counters_scene
from xivolab.views.counters_words import WORDS, CounterWords
from xivolab.views.picture import Picture
from xivolab.views.scene import Scene


def counters(tracks: Sequence[CounterTrack], *, lang: str = "en", tz: str | None = None) -> Counters:
    """Plots of channels that were counted again and again. `lang` is "en" or "fr"; `tz` names the zone of times, UTC without.

    Raises UsageError for another language or an unknown zone.
    """
    return Counters(tracks, language(lang, WORDS), zone(tz))


class Counters(Picture):
    """Plots of counters; shows itself in a notebook. `svg()`, `html()`, `text()`, `png()` and `save()` give its forms."""

    def __init__(self, tracks: Sequence[CounterTrack], lang: str, place: tzinfo) -> None:
        self.tracks = tuple(tracks)
        self._words = CounterWords(lang, place)

    def scene(self) -> Scene:
        """The plots in pixels."""
        return counters_scene(self.tracks, self._words)

    def text_scene(self, width: int) -> Scene:
        """The plots in character cells: one row of blocks for each measure."""
        return counters_cells(self.tracks, self._words, width)

    def __repr__(self) -> str:
        return f"<Counters of {len(self.tracks)} channels>"
