"""What happens in a call besides its messages and streams: digits, tones, hold, fax, early media, changes, the end of media."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xivolab.views.subjects import Stream

_KINDS = {
    "dtmf": ("digit", "touche"),
    "tone": ("tone", "tonalité"),
    "hold": ("hold", "mise en garde"),
    "resume": ("resumed", "reprise"),
    "t38": ("T.38 fax", "fax T.38"),
    "early-media": ("early media", "média avant réponse"),
    "info": ("INFO", "INFO"),
    "media-start": ("media begins", "début de média"),
    "media-stop": ("end of media", "fin de média"),
    "ssrc-change": ("SSRC changes", "le SSRC change"),
    "stream-restart": ("stream restarts", "le flux repart"),
    "payload-type-change": ("payload type changes", "le type de charge change"),
}
"""The kinds that pictures show, in English and French."""

ENDS = ("media-start", "media-stop")

_SAID_BY_THE_MESSAGE = {"early-media"}  # its facts stand on the arrow already
_TYPING_S = 3.0  # digits that follow each other within this time are typed in one go
_TOGETHER_S = 1.0
_WAY = re.compile(r"(?: · |^)(?:\S*:\d+|\?) → (?:\S*:\d+|\?)")


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened at `time` (epoch seconds): `kind` and `facts` as an event has them, without its direction.

    `stream` is its stream, None where SIP tells it; `file` and `frame` are its packet. `until` and `count` are of several
    that were put together, `digits` what was typed, `back` whether the other direction did the same.
    """

    time: float
    kind: str
    facts: str
    stream: Stream | None = None
    file: str | None = None
    frame: int | None = None
    until: float = 0.0
    count: int = 1
    digits: tuple[str, ...] = ()
    back: bool = False

    def label(self, lang: str) -> str:
        """It in a few words."""
        word = _KINDS[self.kind][lang == "fr"]
        if self.kind == "dtmf":
            return f"{' '.join(self.digits)} · {self.facts}"
        facts = "" if self.kind in _SAID_BY_THE_MESSAGE else self.facts
        times = f" ×{self.count}" if self.count > 1 and not self.back else ""
        return f"{word}{times}{' · ' if facts else ''}{facts}"

    def sign(self, lang: str) -> str:
        """The shortest way to say it: the digits, else its kind."""
        return " ".join(self.digits) or _KINDS[self.kind][lang == "fr"]


def moments(events: Iterable[Mapping[str, Any]], streams: Iterable[Stream]) -> tuple[Moment, ...]:
    """The moments of a call by time: those of its `events` that have a time and that SIP or RTP tell."""
    by_id = {stream.id: stream for stream in streams}
    found = []
    for event in events:
        if event["kind"] not in _KINDS or event["time"] is None or event["source"] not in ("sip", "rtp"):
            continue
        stream = by_id.get(event["stream"])
        if (event["source"] == "rtp") != (stream is not None):
            continue
        facts, digit = _WAY.sub("", event["text"]), event["digit"]
        if digit:
            facts = facts.removeprefix(digit).removeprefix(" · ")
        found.append(
            Moment(
                event["time"],
                event["kind"],
                "" if event["kind"] in ENDS else facts,
                stream,
                event["file"],
                event["frame"],
                event["time"],
                digits=(digit,) if digit else (),
            )
        )
    return tuple(found)


def gathered(found: Iterable[Moment], breaks: Sequence[float] = ()) -> tuple[Moment, ...]:
    """The moments of streams, with those in one that say the same: digits typed in one go, both directions that begin or end.

    Those with one of `breaks` (epoch seconds, in order) between them stay apart.
    """
    out: list[Moment] = []
    last: dict[tuple[object, ...], int] = {}
    for moment in found:
        if moment.stream is None:
            continue
        src, dst = moment.stream.src, moment.stream.dst
        ends = tuple(sorted((src or "", dst or ""))) if moment.kind in ENDS else (src, dst)
        key = (moment.kind, *ends, *(() if moment.kind == "payload-type-change" else (moment.facts,)))
        before = out[last[key]] if key in last else None
        apart = _TYPING_S if moment.kind == "dtmf" else _TOGETHER_S
        near = before is not None and moment.time - before.until < apart
        if near and before is not None and bisect_left(breaks, before.time) == bisect_left(breaks, moment.time):
            out[last[key]] = replace(
                before,
                until=moment.time,
                count=before.count + 1,
                digits=before.digits + moment.digits,
                facts=moment.facts if moment.kind == "payload-type-change" else before.facts,
                back=before.back or (before.stream is not None and before.stream.src != src),
            )
        else:
            last[key] = len(out)
            out.append(moment)
    return tuple(out)
