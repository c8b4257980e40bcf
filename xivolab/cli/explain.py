"""`xivolab explain`: one call, its verdict, what happened, the proof and the next step, on one screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xivolab.cli.app import command
from xivolab.cli.language import language
from xivolab.cli.opening import Source, tell_problems
from xivolab.cli.options import Evidence, Language, Number, OneCall
from xivolab.cli.people import SIGNS, proof_place
from xivolab.cli.reading import reading
from xivolab.cli.times import parse_time, zone
from xivolab.views.clean import one_line, shorten

if TYPE_CHECKING:
    from xivolab.report.explain import Explanation
    from xivolab.report.words import Lang, Words

Around = Annotated[
    str | None, typer.Option("--around", metavar="TIME", help="The call at that time, or nearest to it.")
]
Markdown = Annotated[bool, typer.Option("--markdown", help="Markdown, to paste into a ticket.")]

_WIDTH = 80
_LINES = 40
_LONGEST_PROOF = 3


@command(
    (
        "xivolab explain trace.pcap full",
        "xivolab explain captures/one-way-audio --lang fr",
        "xivolab explain trace.pcap --number 1002 --around 09:31 --markdown",
    ),
    summary="Explain one call: verdict, what happened, proof, next step.",
)
def explain(
    evidence: Evidence,
    call: OneCall = None,
    number: Number = None,
    around: Around = None,
    markdown: Markdown = False,
    lang: Language = None,
    *,
    source: Source,
) -> None:
    """What `xivolab explain` does."""
    import textwrap

    from xivolab.report.explain import choose
    from xivolab.report.explain import explain as explained
    from xivolab.report.words import words

    spoken: Lang = "fr" if language(lang) == "fr" else "en"
    with reading(evidence) as progress:
        case = source.open(evidence, progress)
        starts = case.table("calls")["start"]
        first = int(starts.min()) if len(starts) else None
        moment = None if around is None else parse_time(around, f"--around {around}", zone(source.tz), first)
        chosen, others = choose(case, call, number, moment)
        found = explained(chosen, evidence, spoken)
    say = words(spoken, source.tz)
    if markdown:
        sys.stdout.write("\n".join(_markdown(found, say, others)) + "\n")
    else:
        lines = []
        for line in _text(found, say, others):
            indent = " " * (
                len(line) - len(line.lstrip()) + (2 if line.lstrip().startswith(("·", "✖", "▲", "✔")) else 0)
            )
            # A command stays on one line, to be copied.
            whole = line.lstrip().startswith("$")
            lines += (
                [line]
                if whole or not line
                else textwrap.wrap(line, _WIDTH, subsequent_indent=indent, break_long_words=False)
            )
        sys.stdout.write("\n".join(lines[:_LINES]) + "\n")
    tell_problems(case)


def _text(found: Explanation, say: Words, others: int) -> Iterator[str]:
    first = found.causes[0] if found.causes else None
    sign = "✔" if first is None else SIGNS[first["severity"]][0]
    yield one_line(found.title)
    yield one_line(f"{sign} {first['code']}: {found.verdict}" if first else f"{sign} {found.verdict}")
    if first:
        yield one_line(f"  {say('explain-why')}: {first['cause']}")
        yield one_line(f"  {say('explain-do')}: {first['remedy']}")
        for place in _places(first):
            yield f"  {shorten(one_line(place), _WIDTH - 2)}"
    for cause in found.causes[1:]:
        yield one_line(f"{SIGNS[cause['severity']][0]} {cause['code']}: {cause['summary']}")
    yield ""
    yield f"{say('explain-story')}:"
    yield one_line(f"  {' '.join(found.sentences)}")
    yield from _list(say("explain-follows"), found.consequences)
    yield from _list(say("explain-facts"), found.facts)
    yield f"{say('explain-next')}:"
    for shown in found.commands:
        yield f"  $ {one_line(shown)}"
    if found.missing:
        yield f"{say('explain-missing')}:"
        for what, how in found.missing:
            yield f"  · {what}:"
            yield f"    $ {how}"
    if others:
        yield say("explain-others", count=others + 1)


def _list(title: str, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    if rows:
        yield f"{title}:"
    for row in rows[:4]:
        yield one_line(f"  · {row['code']}: {row['summary']}")


def _places(row: dict[str, Any]) -> Iterator[str]:
    for proof in row["evidence"][:_LONGEST_PROOF]:
        yield f"· {proof_place(proof)}: {proof['text']}"


def _markdown(found: Explanation, say: Words, others: int) -> Iterator[str]:
    first = found.causes[0] if found.causes else None
    yield f"## {_escaped(found.title)}"
    yield ""
    yield f"**{_escaped(found.verdict)}**" + (f" (`{first['code']}`)" if first else "")
    if first:
        yield ""
        yield f"- {say('explain-why')}: {_escaped(first['cause'])}"
        yield f"- {say('explain-do')}: {_escaped(first['remedy'])}"
        for place in _places(first):
            yield f"- {_escaped(place.removeprefix('· '))}"
    for title, rows in (
        ("", found.causes[1:]),
        (say("explain-follows"), found.consequences),
        (say("explain-facts"), found.facts),
    ):
        if rows:
            yield ""
            yield from [f"{title}:", ""] if title else []
            yield from (f"- `{row['code']}` {_escaped(row['summary'])}" for row in rows)
    yield ""
    yield _escaped(" ".join(found.sentences))
    commands = [*found.commands, *(how for _, how in found.missing)]
    if commands:
        yield ""
        yield from ("```sh", *map(one_line, commands), "```")
    if others:
        yield ""
        yield say("explain-others", count=others + 1)


def _escaped(text: str) -> str:
    """Text in which nothing is Markdown or HTML: it comes from the evidence."""
    cleaned = one_line(text)
    for sign in "\\*_[]<>#|":
        cleaned = cleaned.replace(sign, f"\\{sign}")
    return cleaned
