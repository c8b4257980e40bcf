"""A comparison as text for a terminal and as HTML that needs nothing else, for notebooks and files."""

from __future__ import annotations

import textwrap

from xivolab.report.html import Block, Cell, Html, badge, join, table, tag
from xivolab.schema import COMPARED_STREAM, REWRITE
from xivolab.table import Table
from xivolab.views.clean import hide_secrets, one_line
from xivolab.work.compare.story import SIGNS, Story, Teller, Tone, label
from xivolab.work.compare.tables import Row, Tables

_SHOWN = 60
_WIDEST = 100

_FIGURES = (  # field of the record, digits
    ("packets_a", 0),
    ("packets_b", 0),
    ("lost", 0),
    ("lost_pct", 1),
    ("delay_min_ms", 3),
    ("variation_p95_ms", 3),
    ("variation_max_ms", 3),
)


def as_text(tables: Tables, lang: str, width: int, only: str | None = None) -> str:
    """The clocks, then each call, in lines of `width` columns; `only` names one compared call."""
    teller = Teller(tables, lang)
    lines = [wrapped for line in teller.clocks() for wrapped in textwrap.wrap(line, width, subsequent_indent="  ")]
    stories = [story for story in teller.calls() if only is None or story.id == only]
    for story in stories:
        lines += ["", story.title]
        for sentence in story.sentences:
            sign = f"  {SIGNS[sentence.tone]} "
            lines += textwrap.wrap(sentence.text, width, initial_indent=sign, subsequent_indent="    ")
    if not tables.call_pairs:
        lines += ["", teller.say("nothing")]
    return "\n".join(lines) + "\n"


def rewrites_as_text(tables: Tables, rows: Table, lang: str) -> str:
    """What was rewritten, message by message: each difference with what it was and what it became on lines of their own."""
    teller = Teller(tables, lang)
    lines: list[str] = []
    last: tuple[str, str] | None = None
    for row in rows.records():
        message = row["message_a"], row["message_b"]
        if message != last:
            lines += [""] * bool(lines) + [one_line(f"{label(row)}  {teller.say(row['way'] or 'no-way-short')}")]
            last = message
        place = f" ({row['place']})" if row["place"] else ""
        lines.append(one_line(f"  {row['name']}{place}: {teller.say('kind-' + row['kind'])}"))
        for sign, text in (("−", row["old"]), ("+", row["new"])):
            if text is not None:
                lines.append(f"    {sign} {_harmless(row, text)}")
    return "\n".join(lines) + "\n" * bool(lines)


def summary(tables: Tables, lang: str) -> Block:
    """What a notebook shows: the clocks, each call, its streams, and what was rewritten, to be opened."""
    teller = Teller(tables, lang)
    names = tables.matching.a.name, tables.matching.b.name
    parts: list[Html] = [
        tag("h3", teller.say("title", a=one_line(names[0]), b=one_line(names[1]))),
        tag("ul", join([tag("li", line) for line in teller.clocks()])),
    ]
    stories = teller.calls()
    parts += [_story(tables, teller, story) for story in stories[:_SHOWN]]
    if len(stories) > _SHOWN:
        parts.append(tag("p", teller.say("more", count=len(stories) - _SHOWN), class_="xl-muted"))
    if not tables.call_pairs:
        parts.append(tag("p", teller.say("nothing")))
    return Block(join(parts), as_text(tables, lang, _WIDEST))


def _story(tables: Tables, teller: Teller, story: Story) -> Html:
    worst: Tone = next((tone for tone in ("bad", "warn") if any(s.tone == tone for s in story.sentences)), "good")
    parts = [
        tag("h3", story.title),
        tag(
            "ul",
            join([_sentence(sentence.tone, sentence.text) for sentence in story.sentences]),
            style="list-style:none;padding:0",
        ),
        _streams(tables, teller, story.id),
        *_rewrites(tables, teller, story.id),
    ]
    return tag("div", join(parts), class_=f"xl-call xl-is-{worst}")


def _sentence(tone: Tone, text: str) -> Html:
    sign = badge("", tone) if tone != "plain" else tag("span", "·", class_="xl-badge")
    return tag("li", join([sign, f" {text}"]))


def _streams(tables: Tables, teller: Teller, call: str | None) -> Html:
    rows = [row for row in tables.streams.records() if row["call"] == call and row["verdict"] != "elsewhere"]
    if not rows:
        return Html("")
    heads = [_title(COMPARED_STREAM.field(name).name, teller.say.lang) for name, _ in _FIGURES]
    head = [teller.say("way"), teller.say("at-point", point="A"), teller.say("at-point", point="B"), "Codec", *heads]
    return join([tag("h4", teller.say("streams-title")), table(head, [_stream(row, teller) for row in rows])])


def _title(name: str, lang: str) -> str:
    field = COMPARED_STREAM.field(name)
    title = field.fr if lang == "fr" else field.en
    return f"{title} ({field.unit})" if field.unit else title


def _stream(row: Row, teller: Teller) -> list[object]:
    ends = [f"{row[f'src_{p}']} → {row[f'dst_{p}']}" if row[f"src_{p}"] else "–" for p in ("a", "b")]
    figures = [
        Cell("–" if row[name] is None else teller.say.number(row[name], digits), numeric=True)
        for name, digits in _FIGURES
    ]
    return [teller.say(row["way"] or "no-way-short"), *ends, row["codec"] or "?", *figures]


def _rewrites(tables: Tables, teller: Teller, call: str | None) -> list[Html]:
    """One fold for each message that was rewritten, its differences inside."""
    by_message: dict[tuple[str, str], list[Row]] = {}
    for row in tables.rewrites.records():
        if row["call"] == call:
            by_message.setdefault((row["message_a"], row["message_b"]), []).append(row)
    if not by_message:
        return []
    head = [_rewrite_title(name, teller.say.lang) for name in ("name", "kind", "old", "new")]
    folds = []
    for rows in list(by_message.values())[:_SHOWN]:
        way = teller.say(rows[0]["way"] or "no-way-short")
        key = "message-differs" if len(rows) > 1 else "message-differs-once"
        told = teller.say(key, label=f"{label(rows[0])}, {way}", count=len(rows))
        body = table(head, [_rewrite(row, teller) for row in rows])
        folds.append(tag("details", join([tag("summary", one_line(told)), body])))
    if len(by_message) > _SHOWN:
        folds.append(tag("p", teller.say("more", count=len(by_message) - _SHOWN), class_="xl-muted"))
    return [tag("h4", teller.say("rewrites-title")), *folds]


def _rewrite_title(name: str, lang: str) -> str:
    field = REWRITE.field(name)
    return field.fr if lang == "fr" else field.en


def _rewrite(row: Row, teller: Teller) -> list[object]:
    name = f"{row['name']} ({row['place']})" if row["place"] else row["name"]
    texts = [tag("code", "–" if text is None else _harmless(row, text)) for text in (row["old"], row["new"])]
    return [one_line(name), teller.say(f"kind-{row['kind']}"), *texts]


def _harmless(row: Row, text: str) -> str:
    """What stood in a message, without secrets: these are found by the name of the header before them."""
    named = "" if row["part"] == "sdp" else f"{row['name']}: "
    return one_line(hide_secrets(f"{named}{text}")[len(named) :])
