"""The traffic told apart: who called, with what, and with what success."""

from __future__ import annotations

from datetime import UTC
from itertools import groupby
from typing import TYPE_CHECKING, Any

from xivolab.report.html import Block, Cell, join, table, tag
from xivolab.schema import TRAFFIC_BY
from xivolab.views.traffic_words import TrafficWords

if TYPE_CHECKING:
    from xivolab.report.report import Report
    from xivolab.work.traffic import Traffic

_COLUMNS = (
    "calls",
    "calls_answered",
    "asr_pct",
    "ner_pct",
    "seer_pct",
    "isa_pct",
    "concurrent_max",
    "srd_mean_ms",
    "sdt_mean_s",
    "registrations",
    "registrations_accepted",
    "rrd_mean_ms",
)


def block(report: Report, traffic: Traffic, at_most: int) -> Block:
    """A table for each way of telling the traffic apart, of `at_most` rows each; columns of nothing are left out."""
    say, words = report.words, TrafficWords(report.words.lang, UTC)
    body: list[object] = []
    lines: list[str] = []
    rows = [row for row in traffic.by.records() if row["dimension"] != "state"]
    for dimension, found in groupby(rows, key=lambda row: str(row["dimension"])):
        shares = list(found)
        names = [name for name in _COLUMNS if any(row[name] for row in shares)]
        head = [words(dimension), *(_title(report, name) for name in names)]
        cells = [[words.value(row), *(_cell(report, row, name) for name in names)] for row in shares[:at_most]]
        body += [tag("h3", words(dimension)), table(head, cells)]
        if len(shares) > at_most:
            body.append(tag("p", say("more-rows", count=say.number(len(shares) - at_most)), class_="xl-muted"))
        lines += [f"{words(dimension)} {words.value(row)}: {_counts(row, words)}" for row in shares[:at_most]]
    return Block(join(body), "\n".join(lines))


def _counts(row: dict[str, Any], words: TrafficWords) -> str:
    counted = ((key, row[key]) for key in ("calls", "registrations"))
    return ", ".join(f"{words.number(count)} {words(key).lower()}" for key, count in counted if count)


def _title(report: Report, name: str) -> str:
    field = TRAFFIC_BY.field(name)
    title = field.fr if report.words.lang == "fr" else field.en
    return f"{title} ({field.unit})" if field.unit and field.unit != "%" else title


def _cell(report: Report, row: dict[str, Any], name: str) -> Cell:
    value = row[name]
    if not value and TRAFFIC_BY.field(name).kind == "int":
        return Cell("", numeric=True)
    text = "" if value is None else report.words.number(value, 0 if isinstance(value, int) else 1)
    return Cell(f"{text} %" if text and name.endswith("_pct") else text, numeric=True)
