"""Evidence that grows, as it stands at one moment: a list of its calls and the ladder of one, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xivolab.report.html import Block, Cell, badge, join, table, tag
from xivolab.report.words import Words, words
from xivolab.views.clean import one_line

if TYPE_CHECKING:
    from xivolab.work.live_snapshot import LiveCall, Snapshot

AT_MOST = 20
"""Calls in a list; the others are counted."""

_WORDS = {
    "running": ("listening", "à l’écoute"),
    "stopped": ("stopped", "arrêté"),
    "packets": ("packets", "paquets"),
    "waiting": ("Nothing yet: waiting for the first packet.", "Rien encore : dans l’attente du premier paquet."),
    "no-calls": ("No call yet.", "Aucun appel pour l’instant."),
    "lasted": ("Lasted", "Durée"),
    "loss": ("Loss", "Perte"),
    "more": ("{count} earlier calls", "{count} appels plus anciens"),
}
_TONES = {"completed": "good", "in-call": "good", "failed": "bad", "rejected": "bad"}


def word(key: str, lang: str, **holes: object) -> str:
    """A word of the live view."""
    return _WORDS[key][1 if lang == "fr" else 0].format(**holes)


class LiveView:
    """The state at one moment: shows itself in a notebook, `text()` in a terminal. `key` chooses the call of the ladder."""

    def __init__(
        self,
        snapshot: Snapshot | None,
        name: str,
        running: bool,
        lang: str = "en",
        tz: str | None = None,
        key: str | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.lang = lang
        self.tz = tz
        self.words: Words = words("fr" if lang == "fr" else "en", tz)
        self._name = name
        self._running = running
        self._key = key

    def heading(self) -> str:
        """What is watched, whether it goes on, and how much there is."""
        parts = [self._name, word("running" if self._running else "stopped", self.lang)]
        if self.snapshot is not None:
            count = self.words.number(self.snapshot.packets)
            parts += [f"{count} {word('packets', self.lang)}", self.words.clock(self.snapshot.time)[:8]]
        return " · ".join(parts)

    def head(self) -> Sequence[str]:
        """The headings of `row`."""
        say = self.words
        return [say("start"), say("from-to"), say("state"), word("lasted", self.lang), "MOS", word("loss", self.lang)]

    def row(self, call: LiveCall) -> Sequence[str]:
        """One call in words."""
        record, say = call.record, self.words
        return [
            say.clock(record["start"])[:8],
            one_line(f"{record['caller'] or '?'} → {record['callee'] or '?'}"),
            say(f"state-{record['state']}") + (f" {record['status']}" if (record["status"] or 0) >= 300 else ""),
            "" if call.lasted_s is None else say.seconds(call.lasted_s),
            "" if record["mos_min"] is None else say.number(record["mos_min"], 2),
            "" if call.lost_pct is None else f"{say.number(call.lost_pct, 1)} %",
        ]

    def text(self, width: int = 80) -> str:
        """The heading, a line for each call, and the ladder, in `width` columns."""
        return f"{self.summary()}\n\n{self.ladder(width)}".rstrip() + "\n"

    def summary(self) -> str:
        """The heading, and a line for each call."""
        return "\n".join([self.heading(), *self._lines()])

    def ladder(self, width: int) -> str:
        """The ladder of the chosen call, or the newest."""
        call = self.snapshot.call(self._key) if self.snapshot else None
        return call.ladder(lang=self.lang, tz=self.tz).text(width) if call else ""

    def _lines(self) -> Sequence[str]:
        if self.snapshot is None:
            return [word("waiting", self.lang)]
        calls = self.snapshot.calls
        if not calls:
            return [word("no-calls", self.lang)]
        shown = ["  ".join(filter(None, self.row(call))) for call in calls[:AT_MOST]]
        more = len(calls) - AT_MOST
        return [*shown, word("more", self.lang, count=more)] if more > 0 else shown

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What IPython asks for: the list, and the ladder with messages that open."""
        shown = Block(join([tag("p", tag("b", self.heading())), *self._body()]), self.text())
        bundle = shown._repr_mimebundle_(include, exclude)
        call = self.snapshot.call(self._key) if self.snapshot else None
        if call is not None:
            bundle["text/html"] += call.ladder(lang=self.lang, tz=self.tz).html()
        return bundle

    def _body(self) -> Sequence[object]:
        if self.snapshot is None or not self.snapshot.calls:
            return [tag("p", line, class_="xl-muted") for line in self._lines()]
        rows = [self._cells(call) for call in self.snapshot.calls[:AT_MOST]]
        more = len(self.snapshot.calls) - AT_MOST
        rest = [tag("p", word("more", self.lang, count=more), class_="xl-muted")] if more > 0 else []
        return [table(self.head(), rows), *rest]

    def _cells(self, call: LiveCall) -> Sequence[object]:
        start, parties, state, lasted, mos, loss = self.row(call)
        tone = _TONES.get(call.record["state"], "warn" if not call.open else "plain")
        return [
            start,
            parties,
            badge(state, tone),
            Cell(lasted, numeric=True),
            Cell(mos, numeric=True),
            Cell(loss, numeric=True),
        ]

    def __repr__(self) -> str:
        return self.text()
