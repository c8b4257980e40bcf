"""The trace of a call: what the dialplan decided, as a tree whose rows open on the records of the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import cached_property
from typing import Any

from xivolab.asterisk.trace.build import build
from xivolab.asterisk.trace.decide import decide
from xivolab.asterisk.trace.line import Line
from xivolab.asterisk.trace.outline import Row, outline
from xivolab.asterisk.trace.words import LANGUAGES, sentence
from xivolab.views.clock import language, zone
from xivolab.views.picture import Picture
from xivolab.views.scene import Scene
from xivolab.views.trace_cells import trace_cells
from xivolab.views.trace_picture import trace_scene
from xivolab.views.trace_rows import Shown, shown


def trace(
    lines: Sequence[Line], title: str, *, lang: str = "en", tz: str | None = None, secrets: bool = False
) -> Trace:
    """The trace of one call out of its records; `title` names the call.

    `lang` ("en", "fr") is the language of the words, `tz` the zone of the times, UTC without; `secrets=True` shows passwords.
    Raises UsageError for another language or an unknown zone.
    """
    return Trace(lines, title, language(lang, LANGUAGES), zone(tz), secrets)


class Trace(Picture):
    """A trace; shows itself in a notebook. `svg()`, `html()`, `text()`, `png()` and `save()` give its forms."""

    def __init__(self, lines: Sequence[Line], title: str, lang: str, place: tzinfo, secrets: bool) -> None:
        self._lines = lines
        self._title = title
        self._lang = lang
        self._zone = place
        self._secrets = secrets

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of the tree: depth, code, fields, the step and the records of each."""
        return outline(decide(build(self._lines)))

    def in_order(self) -> list[Row]:
        """The rows that have records of the log, in its order: their records one after the other are all of the call, each once."""
        order = {id(line): number for number, line in enumerate(self._lines)}
        return sorted((row for row in self.rows if row.lines), key=lambda row: order[id(row.lines[0])])

    def records(self) -> list[dict[str, Any]]:
        """The rows as JSON has them: times in epoch seconds, None where the log does not say."""
        return [self._record(row) for row in self.rows]

    def _record(self, row: Row) -> dict[str, Any]:
        step = row.step
        return {
            "time": None if row.line.time is None else row.line.time / 1e9,
            "depth": row.depth,
            "code": row.code,
            "text": sentence(row.code, row.fields, self._lang),
            "fields": dict(row.fields),
            "channel": None if step is None else step.channel,
            "context": None if step is None else step.context,
            "exten": None if step is None else step.exten,
            "priority": None if step is None else step.priority,
            "file": row.line.file,
            "line": row.line.number,
        }

    @cached_property
    def _shown(self) -> list[Shown]:
        return shown(self.rows, self._lang, self._zone, secrets=self._secrets)

    def scene(self) -> Scene:
        """The trace in pixels."""
        return trace_scene(self._shown, self._title, self._lang)

    def text_scene(self, width: int) -> Scene:
        """The trace in character cells."""
        return trace_cells(self._shown, self._title, self._lang, width)

    def __repr__(self) -> str:
        return f"<Trace {self._title}: {len(self.rows)} rows of {len(self._lines)} records>"
