"""A comparison in sentences: the clocks, then for each call what was lost, rewritten and never seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from xivolab.views.clean import one_line, shorten
from xivolab.work.compare.tables import Tables
from xivolab.work.compare.vocabulary import Words

Tone = Literal["good", "warn", "bad", "plain"]
Row = dict[str, Any]

SIGNS: dict[Tone, str] = {"good": "✔", "warn": "▲", "bad": "✘", "plain": "·"}
"""What stands before a sentence: the tone is never told by colour alone."""

_NAMED = 4
_RESOLVED_S = 20e-6
_DRIFT_PPM = 1.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that is told, and how bad it is."""

    tone: Tone
    text: str


@dataclass(slots=True)
class Story:
    """What is told of one call; `id` is that of the compared call, None for what belongs to no call."""

    id: str | None
    title: str
    start: float | None = None
    sentences: list[Sentence] = field(default_factory=list)

    def tell(self, tone: Tone, text: str) -> None:
        """Add a sentence, which begins with a capital where it begins with a word."""
        self.sentences.append(Sentence(tone, one_line(text[:1].upper() + text[1:])))


class Teller:
    """Tells a comparison in one language."""

    def __init__(self, tables: Tables, lang: str) -> None:
        self.tables = tables
        self.say = Words(lang)

    def clocks(self) -> list[str]:
        """Who A and B are, how their clocks differ, and when both were captured."""
        say, (row,) = self.say, list(self.tables.offset.records())
        lines = []
        matching = self.tables.matching
        for point, side in (("A", matching.a), ("B", matching.b)):
            watched = side.watched or (0, 0)
            lines.append(
                say(
                    "point",
                    point=point,
                    name=row[point.lower()],
                    messages=len(side.messages),
                    streams=len(side.streams),
                    seconds=say.number((watched[1] - watched[0]) / 1e9, 1),
                )
            )
        return [one_line(line) for line in (*lines, self._offset(row), self._common(row))]

    def calls(self) -> list[Story]:
        """A story for each call, those with losses and rewriting first; what belongs to no call last."""
        messages, streams = self._by_call(self.tables.messages.records()), self._by_call(self.tables.streams.records())
        rewrites = self._by_call(self.tables.rewrites.records())
        stories = []
        for row in self.tables.calls.records():
            key = row["id"]
            title = self.say("call", from_user=row["from_user"] or "?", to_user=row["to_user"] or "?")
            story = Story(key, one_line(title), row["start"])
            self._relation(story, row)
            self._messages(story, row, messages[key])
            for stream in streams[key]:
                self._stream(story, stream)
            self._rewriting(story, row, rewrites[key])
            self._elsewhere(story, row, streams[key])
            stories.append(story)
        stories.sort(key=lambda story: -max((_BADNESS[one.tone] for one in story.sentences), default=0))
        return [*stories, *self._besides(messages[None], streams[None], rewrites[None])]

    @staticmethod
    def _by_call(rows: Iterable[Row]) -> dict[str | None, list[Row]]:
        found: dict[str | None, list[Row]] = defaultdict(list)
        for row in rows:
            found[row["call"]].append(row)
        return found

    def clock_in_short(self) -> str:
        """The points and the offset of their clocks, in a line."""
        (row,) = self.tables.offset.records()
        return one_line(f"A {row['a']} · B {row['b']} · {self._difference(row)}")

    def stream_in_short(self, row: Row) -> tuple[str, str]:
        """A stream in two lines: what it is and lost, and how it was delayed."""
        say, codec = self.say, row["codec"] or "?"
        if row["seen"] != "both":
            word = say(f"verdict-{row['verdict']}")
            return f"{codec} · {word}", say("packets", count=row["packets_a"] + row["packets_b"])
        sent = row["both"] + row["lost"]
        lost = say("lost-short", lost=row["lost"], sent=sent, pct=say.number(row["lost_pct"] or 0.0, 1))
        if row["variation_p95_ms"] is None:
            return f"{codec} · {lost}", ""
        return f"{codec} · {lost}", say("variation-short", p95=say.short(row["variation_p95_ms"]))

    def _difference(self, row: Row) -> str:
        say, seconds, bound = self.say, row["offset_s"], row["plus_minus_s"]
        if row["ways"] == "none":
            return say("no-offset-short")
        if abs(seconds) <= (_RESOLVED_S if bound is None else max(bound, _RESOLVED_S)):
            text = say("same-clock")
        else:
            text = say("ahead" if seconds > 0 else "behind", value=say.span(abs(seconds)))
        return text if bound is None else f"{text} {say('bound', value=say.span(bound))}"

    def _offset(self, row: Row) -> str:
        say = self.say
        if row["ways"] == "none":
            return say("no-offset")
        parts = [self._difference(row)]
        if row["drift_ppm"] is not None and abs(row["drift_ppm"]) > max(row["drift_plus_minus_ppm"], _DRIFT_PPM):
            drift = say.number(row["drift_ppm"], 1), say.number(max(row["drift_plus_minus_ppm"], 0.1), 1)
            parts.append(say("drift", value=drift[0], error=drift[1]))
        parts.append(say("rests", rtp=row["rtp_pairs"], sip=row["sip_pairs"]))
        parts.append(say({"both": "assumption", "unknown": "no-way"}.get(row["ways"], "one-way")))
        return ", ".join(parts)

    def _common(self, row: Row) -> str:
        say, matching = self.say, self.tables.matching
        if row["common_start"] is None:
            return say("never-common")
        text = say("common", seconds=say.number(row["common_end"] - row["common_start"], 1))
        at_a, at_b = matching.watched
        on_a = [time / 1e9 for time in at_a], [matching.offset.one_to_a(time) / 1e9 for time in at_b]
        rest = {
            f"{when}_{point}": max(edge, 0.0)
            for point, mine, other in (("a", *on_a), ("b", *on_a[::-1]))
            for when, edge in (("before", other[0] - mine[0]), ("after", mine[1] - other[1]))
        }
        if max(rest.values()) >= 1:
            text = say.join([text, say("uncommon", **{name: say.number(value, 1) for name, value in rest.items()})])
        return text

    def _relation(self, story: Story, row: Row) -> None:
        if row["relation"] == "legs":
            story.tell("plain", self.say("relation-legs"))
        elif row["relation"] in ("a", "b"):
            story.tell("warn", self.say(f"relation-{row['relation']}"))

    def _messages(self, story: Story, call: Row, messages: list[Row]) -> None:
        say = self.say
        missing = call["lost_to_a"] + call["lost_to_b"] + call["unseen"]
        if call["messages"]:
            story.tell(
                "plain" if missing else "good", say("messages" if missing else "messages-fine", count=call["messages"])
            )
        for verdict, tone in (("lost", "bad"), ("unseen", "warn")):
            for seen in ("a", "b"):
                rows = [one for one in messages if one["verdict"] == verdict and one["seen"] == seen]
                if rows:
                    point = seen if verdict == "unseen" else "b" if seen == "a" else "a"
                    story.tell(tone, say(f"{verdict}-{point}", what=self._named(rows)))  # type: ignore[arg-type]  # a tone
        if call["outside"]:
            story.tell("plain", say("outside", count=call["outside"]))

    def _named(self, rows: Sequence[Row]) -> str:
        names = []
        for row in rows[:_NAMED]:
            frame = row["frame_a"] if row["frame_a"] is not None else row["frame_b"]
            notes = [self.say("frame", frame=frame)] if frame is not None else []
            notes += [self.say("again")] if row["retransmission"] else []
            names.append(f"{label(row)} ({', '.join(notes)})" if notes else label(row))
        if len(rows) > _NAMED:
            names.append(self.say("more", count=len(rows) - _NAMED))
        return ", ".join(names)

    def _stream(self, story: Story, row: Row) -> None:
        say, codec = self.say, row["codec"] or "?"
        if row["seen"] != "both":
            if row["verdict"] in ("lost", "unseen"):
                here = row["seen"]
                first, second = ("A", "B") if here == "a" else ("B", "A")
                ends = {"src": row[f"src_{here}"], "dst": row[f"dst_{here}"], "codec": codec}
                count = row["lost"] or row["unseen"]
                story.tell("bad", say("never", count=count, first=first, second=second, **ends))
            return
        sent = row["both"] + row["lost"]
        way = say(row["way"] or "no-way-short")
        if row["lost"]:
            pct = say.number(row["lost_pct"], 1)
            parts = [say("rtp", way=way, codec=codec, lost=row["lost"], sent=sent, pct=pct)]
        else:
            parts = [say("rtp-fine", way=way, codec=codec, sent=sent)]
        if row["variation_p95_ms"] is not None:
            p95, most = say.short(row["variation_p95_ms"]), say.short(row["variation_max_ms"])
            parts.append(say("variation", p95=p95, most=most))
        for name, key in (
            ("reordered", "reordered"),
            ("doubled", "doubled"),
            ("unseen", "missed"),
            ("outside", "rtp-outside"),
        ):
            if row[name]:
                parts.append(say(key, count=row[name]))
        if row["ssrc_a"] != row["ssrc_b"]:
            parts.append(say("renamed", old=row["ssrc_a"], new=row["ssrc_b"]))
        marked = row["dscp_a"], row["dscp_b"]
        remarked = None not in marked and marked[0] != marked[1]
        if remarked:
            sent_as, came_as = marked if row["way"] != "b-to-a" else reversed(marked)
            parts.append(say("dscp", sent=say.dscp(sent_as), came=say.dscp(came_as)))
        bad = row["lost_pct"] is not None and row["lost_pct"] >= 1
        story.tell("bad" if bad else "warn" if row["lost"] or remarked else "good", self.say.join(parts))

    def _rewriting(self, story: Story, call: Row, rewrites: list[Row]) -> None:
        say = self.say
        by_alg = [row for row in rewrites if row["kind"] == "sip-alg"]
        if by_alg:
            names = ", ".join(dict.fromkeys(row["name"] for row in by_alg))
            old, new = self._translated(by_alg)
            story.tell("warn", say("alg", old=old, new=new, names=names))
        others = Counter(row["kind"] for row in rewrites if row["kind"] not in ("sip-alg", "consequence"))
        if others:
            what = []
            for kind in others:
                names = ", ".join(dict.fromkeys(row["name"] for row in rewrites if row["kind"] == kind))
                what.append(f"{say(f'kind-{kind}')} ({names})")
            changed = len({(row["message_a"], row["message_b"]) for row in rewrites if row["kind"] in others})
            story.tell("plain", say("rewritten", count=changed, what=say.join(what)))

    def _translated(self, rows: Sequence[Row]) -> tuple[str, str]:
        """The addresses that an ALG exchanges: those of a message that it passed."""
        matching = self.tables.matching
        message = rows[0]
        for one in matching.messages:
            if one.a is None or one.b is None or matching.a.messages["id"][one.a] != message["message_a"]:
                continue
            for at_a, at_b in zip(matching.a.ends(one.a), matching.b.ends(one.b), strict=True):
                if at_a != at_b:
                    return (at_a, at_b) if message["way"] != "b-to-a" else (at_b, at_a)
        return "?", "?"

    def _elsewhere(self, story: Story, call: Row, streams: list[Row]) -> None:
        for point in ("a", "b"):
            only = [row for row in streams if row["seen"] == point and row["verdict"] == "elsewhere"]
            if call["relation"] == "same" and (call[f"elsewhere_{point}"] or only):
                holes = {"messages": call[f"elsewhere_{point}"], "streams": len(only)}
                story.tell("plain", self.say("elsewhere", point=point.upper(), **holes))

    def _besides(self, messages: list[Row], streams: list[Row], rewrites: list[Row]) -> list[Story]:
        """What belongs to no call: registrations, OPTIONS, streams without signalling."""
        story = Story(None, self.say("besides"))
        both = [row for row in messages if row["seen"] == "both"]
        if both:
            story.tell("plain", self.say("besides-both", count=len(both), what=_methods(both)))
        for verdict, tone in (("lost", "bad"), ("unseen", "warn")):
            for seen in ("a", "b"):
                rows = [one for one in messages if one["verdict"] == verdict and one["seen"] == seen]
                if rows:
                    point = seen if verdict == "unseen" else "b" if seen == "a" else "a"
                    story.tell(tone, self.say(f"{verdict}-{point}", what=self._named(rows)))  # type: ignore[arg-type]  # a tone
        for point in ("a", "b"):
            only = [row for row in messages if row["seen"] == point and row["verdict"] in ("elsewhere", "outside")]
            if only:
                holes = {"count": len(only), "what": _methods(only)}
                story.tell("plain", self.say("besides-one", point=point.upper(), **holes))
        for stream in streams:
            self._stream(story, stream)
        self._rewriting(story, {}, rewrites)
        return [story] if story.sentences else []


_BADNESS: dict[Tone, int] = {"bad": 3, "warn": 2, "plain": 1, "good": 0}


def label(row: Row) -> str:
    """A message in a word or two: its method, or its status and what that answers."""
    return str(row["method"] or "?") if row["status"] is None else f"{row['status']} {row['method'] or ''}".rstrip()


def _methods(rows: Iterable[Row]) -> str:
    counted = Counter(row["method"] or "?" for row in rows)
    return shorten(", ".join(f"{name} {count}" for name, count in counted.most_common()), 60)
