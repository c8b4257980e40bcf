"""RTP streams as a table: who sent to whom, and how well it went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xivolab.report.concerns import Row
from xivolab.report.html import Block, Cell, Html, join, table, tag
from xivolab.report.ranking import streams_without_call
from xivolab.schema import STREAM
from xivolab.views.stream_figures import Section, mos_note, sections
from xivolab.views.stream_words import StreamWords

if TYPE_CHECKING:
    from xivolab.report.report import Report

_MOST_DETAILS = 20
_FIGURES = (  # field of the stream record, digits
    ("packets", 0),
    ("lost", 0),
    ("lost_pct", 1),
    ("jitter_rfc_ms", 1),
    ("jitter_max_ms", 1),
    ("delta_max_ms", 0),
)


def stream_table(report: Report, rows: Sequence[Row]) -> Html:
    """The table of some streams."""
    scales = {row["mos_scale"] for row in rows if row["mos_scale"]}
    scale = scales.pop() if len(scales) == 1 else None
    heads = [report.words("from-to"), _title(report, "codec"), *_heads(report, scale)]
    return table(heads, [_cells(report, row, scale) for row in rows])


def stream_details(report: Report, rows: Sequence[Row]) -> Html:
    """All figures of some streams, each behind a line that opens."""
    words = StreamWords(report.words.lang)
    return join(_details(report, row, words) for row in rows)


def _details(report: Report, row: Row, words: StreamWords) -> Html:
    line = f"{report.end(row['src'])} → {report.end(row['dst'])} · {row['codec'] or '?'} · {row['ssrc'] or '?'}"
    body = join(_section(section) for section in sections(row, words))
    return tag("details", join([tag("summary", line), tag("div", body, class_="xl-sections")]), class_="xl-stream")


def _section(section: Section) -> Html:
    if section.head:
        body = table(
            section.head, [[row[0], *(Cell(value, numeric=True) for value in row[1:])] for row in section.rows]
        )
    else:
        body = tag("dl", join(join([tag("dt", label), tag("dd", value)]) for label, value in section.rows))
    note = tag("p", section.note, class_="xl-muted") if section.note else ""
    return tag("section", join([tag("h5", section.title), body, note]))


def without_call(report: Report, at_most: int) -> Block | None:
    """The streams that belong to no call, the worst first."""
    say = report.words
    rows = streams_without_call(report.case)
    if not rows:
        return None
    body = [tag("h2", say("other-streams")), stream_table(report, rows[:at_most])]
    body.append(stream_details(report, rows[:_MOST_DETAILS]))
    if len(rows) > at_most:
        body.append(tag("p", say("more-rows", count=say.number(len(rows) - at_most)), class_="xl-muted"))
    text = "\n".join(
        f"{row['src'] or '?'} → {row['dst'] or '?'}  {row['codec'] or '?'}  {row['packets']}" for row in rows[:at_most]
    )
    return Block(join(body), f"{say('other-streams')}\n{text}")


def _title(report: Report, name: str) -> str:
    field = STREAM.field(name)
    title = field.fr if report.words.lang == "fr" else field.en
    return f"{title} ({field.unit})" if field.unit else title


def _heads(report: Report, scale: str | None) -> list[str]:
    mos = f"MOS ({report.words(f'scale-{scale}')})" if scale else "MOS"
    return [*(_title(report, name) for name, _ in _FIGURES), mos]


def _cells(report: Report, row: Row, scale: str | None) -> list[object]:
    ends = tag(
        "span",
        f"{report.end(row['src'])} → {report.end(row['dst'])}",
        title=f"{row['src'] or '?'} → {row['dst'] or '?'}",
        class_="xl-ends",
    )
    figures = [Cell(report.words.number(row[name], digits), numeric=True) for name, digits in _FIGURES]
    return [
        ends,
        f"{row['codec'] or '?'} ({row['payload_type']})",
        *figures,
        Cell(_mos(report, row, scale), numeric=True),
    ]


def _mos(report: Report, row: Row, scale: str | None) -> Html:
    """The MOS, with its scale where not all have the same; one that is assumed says so, a codec without one why."""
    say = report.words
    value = row["mos"] if row["mos"] is not None else row["mos_assumed"]
    why = mos_note(row, StreamWords(say.lang))
    if value is None:
        return tag("span", say.number(None), title=why)
    notes = [say(f"scale-{row['mos_scale'] or 'nb'}")] if scale is None else []
    notes += [say("assumed")] if row["mos"] is None else []
    shown = [tag("span", say.number(value, 2), title=why)]
    return join([*shown, tag("span", ", ".join(notes), class_="xl-muted")] if notes else shown, " ")
