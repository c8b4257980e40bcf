"""The quality of a call's media over time: loss, jitter, delta and MOS of each direction, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from functools import cached_property

from xivolab.views.clock import language, zone
from xivolab.views.picture import Picture
from xivolab.views.quality_cells import quality_cells
from xivolab.views.quality_picture import quality_scene
from xivolab.views.quality_words import WORDS, QualityWords
from xivolab.views.scene import Scene
from xivolab.views.series import THRESHOLDS, Track, tracks
from xivolab.views.subjects import Call


def quality(
    call: Call, *, lang: str = "en", tz: str | None = None, thresholds: Mapping[str, float] | None = None
) -> Quality:
    """The quality of a call's streams, second by second, as small multiples: a line per stream, a column per measure.

    `lang` is "en" or "fr", `tz` names the zone of absolute times, UTC without. `thresholds` are drawn as thin lines:
    finding codes "packet-loss" (% of a second's packets), "high-jitter" (ms) and "low-mos", over the usual ones.
    Raises UsageError for another language or an unknown zone.
    """
    limits = {**THRESHOLDS, **{code: value for code, value in (thresholds or {}).items() if code in THRESHOLDS}}
    return Quality(call, language(lang, WORDS), zone(tz), limits)


class Quality(Picture):
    """Plots of a call's quality; shows itself in a notebook. `svg()`, `html()`, `text()`, `png()` and `save()` give its forms."""

    def __init__(self, call: Call, lang: str, place: tzinfo, limits: Mapping[str, float]) -> None:
        self._call = call
        self._words = QualityWords(lang, place)
        self._limits = limits

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        """The streams with their seconds, those of one leg together."""
        return tracks(self._call, self._words.lang)

    def scene(self) -> Scene:
        """The plots in pixels."""
        return quality_scene(self._call, self.tracks, self._words, self._limits)

    def text_scene(self, width: int) -> Scene:
        """The plots in character cells: one row of blocks for each measure."""
        return quality_cells(self._call, self.tracks, self._words, self._limits, width)

    def __repr__(self) -> str:
        return f"<Quality {self._call.from_user} → {self._call.to_user}: {len(self.tracks)} streams>"
