"""What stands on a ladder with two capture points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo

from xivolab.views.captions import Captions
from xivolab.views.clean import hide_secrets
from xivolab.views.crossing import Change, Crossing, CrossingFlow, CrossingVoice
from xivolab.views.flow import Arrow, Lane, Voice
from xivolab.views.subjects import Call

_WORDS = {
    "en": {
        "seen": "seen here",
        "lost": "lost on the way",
        "rewritten": "rewritten",
        "differences": "differences",
        "difference": "difference",
        "as sent": "as sent",
        "as received": "as it arrived",
        "between": "between the points",
        "never": "never reached the other point",
    },
    "fr": {
        "seen": "vu ici",
        "lost": "perdu en route",
        "rewritten": "réécrit",
        "differences": "différences",
        "difference": "différence",
        "as sent": "envoyé",
        "as received": "reçu",
        "between": "entre les points",
        "never": "jamais arrivé à l'autre point",
    },
}

SEEN, LOST, REWRITTEN = "●", "✖", "≠"
"""The signs of this ladder."""


class CrossingCaptions(Captions):
    """The texts of one call at two points; `extent` is the line under the title."""

    def __init__(self, call: Call, flow: CrossingFlow, extent: str, lang: str, zone: tzinfo = UTC) -> None:
        super().__init__(call, flow, lang, zone)
        self._extent = extent
        self._points = flow.points
        self.own = _WORDS[lang]

    def extent(self) -> str:
        """The points and their clocks."""
        return self._extent

    def lane(self, lane: Lane) -> tuple[str, str]:
        """The two lines of a head; a point has its letter and its name."""
        if lane in (self.flow.lanes[self._points[0]], self.flow.lanes[self._points[1]]):
            return lane.name, lane.addresses[0]
        return super().lane(lane)

    def again(self, arrow: Arrow) -> str:
        """What became of the message, and whether it was sent before."""
        notes = [super().again(arrow)]
        if isinstance(arrow, Crossing):
            notes.append(arrow.note)
        return " · ".join(note for note in notes if note)

    def voice(self, voice: Voice) -> tuple[str, str]:
        """A stream in two lines."""
        return (voice.first, voice.rest) if isinstance(voice, CrossingVoice) else super().voice(voice)

    def figures(self, voices: Sequence[Voice]) -> None:
        """Nothing: a stream has figures of its own at each point."""

    def heading(self, arrow: Arrow) -> tuple[str, str]:
        """The heading of an open message, and how long it took."""
        heading, note = super().heading(arrow)
        if isinstance(arrow, Crossing) and arrow.delay_ms is not None:
            digits = 3 if abs(arrow.delay_ms) < 1 else 1
            note += f" · {self.number(arrow.delay_ms, digits)} ms {self.own['between']}"
        return heading, note

    def opened(self, arrow: Crossing, *, secrets: bool) -> str:
        """What an open message shows: what was rewritten, the message as sent, and as it arrived where that differs."""
        parts = []
        if arrow.changes:
            count = len(arrow.changes)
            word = self.own["difference" if count == 1 else "differences"]
            parts.append("\n".join([f"{REWRITTEN} {count} {word}", *map(change_text, arrow.changes)]))
        texts = [(self.own["as sent"], arrow.message)]
        if arrow.changes and arrow.received is not None:
            texts.append((self.own["as received"], arrow.received))
        for word, message in texts:
            text = message.text.replace("\r\n", "\n").rstrip()
            parts.append(f"── {word} ──\n{text}" if len(texts) > 1 else text)
        whole = "\n\n".join(parts)
        return whole if secrets else hide_secrets(whole)


def change_text(change: Change) -> str:
    """One difference in three lines; a line of SDP says itself what it is about."""
    lines = [f"{change.name}  ({change.kind})" if change.kind else change.name]
    named = "" if change.name[1:2] == "=" else f"{change.name}: "
    for sign, text in (("−", change.old), ("+", change.new)):
        if text is not None:
            # With its name, so that a secret in it is found and hidden.
            lines.append(f"  {sign} {hide_secrets(f'{named}{text}')}")
    return "\n".join(lines)
