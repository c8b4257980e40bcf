"""RTP streams as a table: who sent to whom, and how well it went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xivolab.report.concerns import Row
from xivolab.report.html import Block, Cell, Html, join, table, tag
from xivolab.report.ranking import streams_without_call
from xivolab.schema import STREAM

if TYPE_CHECKING:
    from xivolab.report.report import Report

_FIGURES = (  # field of the stream record, digits
    ("packets", 0),
    ("lost", 0),
    ("lost_pct", 1),
    ("jitter_rfc_ms", 1),
    ("jitter_max_ms", 1),
    ("delta_max_ms", 0),
    ("mos", 2),
)


def stream_table(report: Report, rows: Sequence[Row]) -> Html:
    """The table of some streams."""
    return table(
        [report.words("from-to"), _title(report, "codec"), *_heads(report)], [_cells(report, row) for row in rows]
    )


def without_call(report: Report, at_most: int) -> Block | None:
    """The streams that belong to no call, the worst first."""
    say = report.words
    rows = streams_without_call(report.case)
    if not rows:
        return None
    body = [tag("h2", say("other-streams")), stream_table(report, rows[:at_most])]
    if len(rows) > at_most:
        body.append(tag("p", say("more-rows", count=say.number(len(rows) - at_most)), class_="xl-muted"))
    text = "\n".join(f"{row['src']} → {row['dst']}  {row['codec'] or '?'}  {row['packets']}" for row in rows[:at_most])
    return Block(join(body), f"{say('other-streams')}\n{text}")


def _title(report: Report, name: str) -> str:
    field = STREAM.field(name)
    title = field.fr if report.words.lang == "fr" else field.en
    return f"{title} ({field.unit})" if field.unit else title


def _heads(report: Report) -> list[str]:
    return [_title(report, name) for name, _ in _FIGURES]


def _cells(report: Report, row: Row) -> list[object]:
    ends = tag("span", f"{report.end(row['src'])} → {report.end(row['dst'])}", title=f"{row['src']} → {row['dst']}")
    figures = [Cell(report.words.number(row[name], digits), numeric=True) for name, digits in _FIGURES]
    return [ends, f"{row['codec'] or '?'} ({row['payload_type']})", *figures]
