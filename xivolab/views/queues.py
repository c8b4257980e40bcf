"""The queues over time: calls that came, how many were answered, how long callers waited; a line for each queue and agent."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

from xivolab.table import Table
from xivolab.views.clean import one_line, shorten
from xivolab.views.clock import language, zone
from xivolab.views.measure import fit, text_width
from xivolab.views.picture import Picture
from xivolab.views.scene import Anchor, Box, Curve, Group, Item, Line, Scene, Text

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Queues",
        "none": "This evidence has no calls in queues (queue_log).",
        "calls": "Calls",
        "answered": "answered",
        "lost": "abandoned, timed out, refused",
        "others": "still waiting, or gone on",
        "wait": "Mean wait of answered calls, s",
        "queue": "queue",
        "agent": "agent",
        "abandoned": "abandoned",
        "waited": "wait",
        "talk": "talk",
        "missed": "missed",
        "decimal": ".",
    },
    "fr": {
        "title": "Files d’attente",
        "none": "Ces pièces n’ont pas d’appel en file d’attente (queue_log).",
        "calls": "Appels",
        "answered": "répondus",
        "lost": "abandons, expirés, refusés",
        "others": "encore en attente, ou partis",
        "wait": "Attente moyenne des appels répondus, s",
        "queue": "file",
        "agent": "agent",
        "abandoned": "abandons",
        "waited": "attente",
        "talk": "conversation",
        "missed": "manqués",
        "decimal": ",",
    },
}
_LEFT, _PLOT, _HEIGHT, _LINE = 56.0, 700.0, 110.0, 18.0
_WIDTH = _LEFT + _PLOT + 24.0
_SMALL, _TICK = 11.0, 10.0
_MOST_LINES = 20
_TICKS: tuple[Anchor, ...] = ("start", "middle", "middle", "middle", "end")

Row = dict[str, Any]


def queue_plots(series: Table, queues: Table, agents: Table, *, lang: str = "en", tz: str | None = None) -> QueuePlots:
    """The picture of queues. Raises UsageError for another language or an unknown zone."""
    return QueuePlots(series, queues, agents, language(lang, WORDS), zone(tz))


class QueuePlots(Picture):
    """Plots of queues; shows itself in a notebook. `svg()`, `html()`, `text()`, `png()` and `save()` give its forms."""

    def __init__(self, series: Table, queues: Table, agents: Table, lang: str, place: tzinfo) -> None:
        self._series: list[Row] = list(series.records())
        self._queues: list[Row] = list(queues.records())
        self._agents: list[Row] = list(agents.records())
        self._lang = lang
        self._words = WORDS[lang]
        self._zone = place

    def __repr__(self) -> str:
        return f"<QueuePlots: {len(self._series)} intervals, {len(self._queues)} queues, {len(self._agents)} agents>"

    def _number(self, value: float | None, digits: int = 1) -> str:
        return "–" if value is None else f"{value:.{digits}f}".replace(".", self._words["decimal"])

    def _seconds(self, value: float | None) -> str:
        return "–" if value is None else f"{self._number(value)} s"

    def _clock(self, time: float) -> str:
        moment = datetime.fromtimestamp(time, UTC).astimezone(self._zone)
        long = len(self._series) * self._series[0]["interval_s"] > 86400
        return moment.strftime("%Y-%m-%d %H:%M" if long else "%H:%M")

    def _told(self) -> list[str]:
        """A line for each queue and agent."""
        words = self._words
        lines = [
            f"{words['queue']} {row['queue']}: {row['answered']}/{row['calls']} {words['answered']}"
            f" ({self._number(row['answered_pct'])} %) · {row['abandoned']} {words['abandoned']}"
            f" · {words['waited']} {self._seconds(row['wait_mean_s'])} · {words['talk']} {self._seconds(row['talk_mean_s'])}"
            for row in self._queues[:_MOST_LINES]
        ]
        lines += [
            f"{words['agent']} {row['agent']}: {row['answered']} {words['answered']} · {row['missed']} {words['missed']}"
            f" · {words['talk']} {self._number(row['talk_total_s'], 0)} s"
            for row in self._agents[:_MOST_LINES]
        ]
        return [one_line(line) for line in lines]

    def _heading(self) -> str:
        if not self._series:
            return self._words["title"]
        first, last = self._series[0], self._series[-1]
        span = f"{self._clock(first['start'])} – {self._clock(last['start'] + last['interval_s'])}"
        name = datetime.fromtimestamp(first["start"], UTC).astimezone(self._zone)
        return f"{self._words['title']} · {name.date().isoformat()} · {span} {name.tzname()}"

    def scene(self) -> Scene:
        """The plots in pixels."""
        words = self._words
        if not self._series:
            return Scene(
                text_width(words["none"], 13) + 24,
                48,
                (Text(12, 29, words["none"], "text", 13),),
                words["none"],
                self._lang,
            )
        items: list[Item] = [Text(12, 24, self._heading(), "text", 14, bold=True), *self._legend(46)]
        items.append(self._counts(62))
        items.append(self._waits(62 + _HEIGHT + 46))
        y = 62 + 2 * (_HEIGHT + 46) + 14
        for line in self._told():
            items.append(Text(12, y, fit(line, _SMALL, _WIDTH - 24), "text", _SMALL))
            y += _LINE
        return Scene(_WIDTH, y + 4, tuple(items), self._heading(), self._lang)

    def _legend(self, y: float) -> list[Item]:
        words, x = self._words, _LEFT
        items: list[Item] = [Text(12, y, words["calls"], "muted", _SMALL)]
        x += 8
        for name, box in (
            ("answered", Box(x, y - 10, 16, 12, "success")),
            ("lost", Box(x, y - 10, 16, 12, "wash", "failure", "solid")),
            ("others", Box(x, y - 10, 16, 12, "panel", "muted", "dashed")),
        ):
            items += [
                Box(x, box.y, box.width, box.height, box.fill, box.edge, box.dash),
                Text(x + 22, y, words[name], "muted", _SMALL),
            ]
            x += 22 + text_width(words[name], _SMALL) + 18
        return items

    def _x(self, n: float) -> float:
        return _LEFT + n / len(self._series) * _PLOT

    def _counts(self, top: float) -> Group:
        most = max(max(row["calls"] for row in self._series), 1)
        bottom = top + _HEIGHT
        items: list[Item] = [Box(_LEFT, top, _PLOT, _HEIGHT, "panel")]
        for n, row in enumerate(self._series):
            left, width = self._x(n), max(_PLOT / len(self._series) - 1, 1)
            lost = row["abandoned"] + row["timeout"] + row["refused"]
            y = bottom
            for count, fill, edge, dash in (
                (row["answered"], "success", None, "solid"),
                (lost, "wash", "failure", "solid"),
                (row["calls"] - row["answered"] - lost, "panel", "muted", "dashed"),
            ):
                height = count / most * (_HEIGHT - 8)
                if count > 0:
                    y -= height
                    items.append(Box(left, y, width, height, fill, edge, dash))  # type: ignore[arg-type]
        items += [
            Text(_LEFT - 5, top + 12, str(most), "muted", _TICK, "end"),
            Text(_LEFT - 5, bottom, "0", "muted", _TICK, "end"),
        ]
        return Group("plot", (*items, *self._axis(bottom)), self._words["calls"])

    def _waits(self, top: float) -> Group:
        known = [(n, row["wait_mean_s"]) for n, row in enumerate(self._series) if row["wait_mean_s"] is not None]
        most = max((value for _, value in known), default=0.0) or 1.0
        bottom = top + _HEIGHT
        items: list[Item] = [
            Text(12, top - 8, self._words["wait"], "muted", _SMALL),
            Box(_LEFT, top, _PLOT, _HEIGHT, "panel"),
            Text(_LEFT - 5, top + 12, self._number(most), "muted", _TICK, "end"),
            Text(_LEFT - 5, bottom, "0", "muted", _TICK, "end"),
        ]
        stretch: list[tuple[float, float]] = []
        for place, (n, value) in enumerate(known):
            if place and known[place - 1][0] != n - 1:  # nobody was answered in between
                items.append(Curve(tuple(stretch), "request", 2.0))
                stretch = []
            stretch.append((self._x(n + 0.5), bottom - value / most * (_HEIGHT - 8)))
            items.append(Box(stretch[-1][0] - 2.5, stretch[-1][1] - 2.5, 5, 5, "request"))
        if stretch:
            items.append(Curve(tuple(stretch), "request", 2.0))
        return Group("plot", (*items, *self._axis(bottom)), self._words["wait"])

    def _axis(self, bottom: float) -> list[Item]:
        first, step = self._series[0]["start"], self._series[0]["interval_s"]
        items: list[Item] = [Line(_LEFT, bottom, _LEFT + _PLOT, bottom, "lane")]
        for number, anchor in enumerate(_TICKS):
            at = self._clock(first + number / 4 * step * len(self._series))
            items.append(Text(_LEFT + number * _PLOT / 4, bottom + 13, at, "muted", _TICK, anchor))
        return items

    def text_scene(self, width: int) -> Scene:
        """The plots in character cells: a bar for each interval."""
        words = self._words
        if not self._series:
            return Scene(width, 1, (Text(0, 0, shorten(words["none"], width)),), words["none"], self._lang)
        lines = [self._heading(), ""]
        most = max(max(row["calls"] for row in self._series), 1)
        room = max(width - 34, 10)
        for row in self._series[:200]:
            if not row["calls"]:
                continue
            done = round(row["answered"] / most * room)
            rest = round(row["calls"] / most * room) - done
            at = self._clock(row["start"])
            told = f"{row['answered']}/{row['calls']} {words['waited']} {self._number(row['wait_mean_s'])}"
            lines.append(f"{at:<16} {'█' * done}{'░' * max(rest, 0)} {told}")
        lines += ["", f"█ {words['answered']}   ░ {words['lost']}", "", *self._told()]
        items: list[Item] = [Text(0, n, shorten(line, width)) for n, line in enumerate(lines)]
        return Scene(width, len(lines), tuple(items), self._heading(), self._lang)
