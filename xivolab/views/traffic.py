"""Traffic over time: calls and registrations per second, how many at once, bandwidth, and the figures beside them."""

from __future__ import annotations

from datetime import tzinfo

from xivolab.table import Table
from xivolab.views.clock import language, zone
from xivolab.views.picture import Picture
from xivolab.views.scene import Scene
from xivolab.views.traffic_cells import traffic_cells
from xivolab.views.traffic_picture import traffic_scene
from xivolab.views.traffic_words import LANGS, TrafficWords


def traffic_plots(summary: Table, series: Table, by: Table, *, lang: str = "en", tz: str | None = None) -> TrafficPlots:
    """The picture of three tables of traffic (`xivolab.schema`: TRAFFIC, TRAFFIC_SERIES, TRAFFIC_BY).

    `lang` is "en" or "fr", `tz` names the zone of the times, UTC without. Raises UsageError for others.
    """
    return TrafficPlots(summary, series, by, language(lang, LANGS), zone(tz))


class TrafficPlots(Picture):
    """Plots of traffic; shows itself in a notebook. `svg()`, `html()`, `text()`, `png()` and `save()` give its forms."""

    def __init__(self, summary: Table, series: Table, by: Table, lang: str, place: tzinfo) -> None:
        self._summary = next(summary.records())
        self._series = series
        self._by = list(by.records())
        self._words = TrafficWords(lang, place)

    def scene(self) -> Scene:
        """The plots in pixels."""
        return traffic_scene(self._summary, self._series, self._by, self._words)

    def text_scene(self, width: int) -> Scene:
        """The plots in character cells: one row of blocks for each measure."""
        return traffic_cells(self._summary, self._series, self._by, self._words, width)

    def __repr__(self) -> str:
        return f"<TrafficPlots: {len(self._series)} intervals>"
