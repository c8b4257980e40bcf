"""Who was refused, by address, as the logs tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xivolab.report.concerns import Row
from xivolab.report.html import Block, Cell, badge, join, table, tag
from xivolab.schema import REFUSAL
from xivolab.views.clean import one_line, shorten

if TYPE_CHECKING:
    from xivolab.report.report import Report

_FIGURES = ("events", "registrations", "calls")
_LISTED = 8  # accounts of one address; a scan tries thousands


def block(report: Report, at_most: int) -> Block | None:
    """The addresses, the most refused first; nothing where no log tells any."""
    if not report.case.reading.has_logs:
        return None
    say = report.words
    rows = list(report.case.table("refusals").records())
    if not rows:
        return None
    names = ("address", "first", "last", *_FIGURES, "accounts", "reasons")
    head = [field.fr if say.lang == "fr" else field.en for field in map(REFUSAL.field, names)]
    body = [tag("h2", say("refusals")), table(head, [_cells(report, row) for row in rows[:at_most]])]
    if len(rows) > at_most:
        body.append(tag("p", say("more-rows", count=say.number(len(rows) - at_most)), class_="xl-muted"))
    text = "\n".join(f"{row['address']}  {row['events']}  {', '.join(row['reasons'])}" for row in rows[:at_most])
    return Block(join(body), f"{say('refusals')}\n{text}")


def _cells(report: Report, row: Row) -> list[object]:
    say = report.words
    address: list[object] = [tag("code", report.end(row["address"]))]
    if row["scan"]:
        address += [" ", badge(say("scan"), "bad")]
    accounts = [shorten(one_line(name), 40) for name in row["accounts"][:_LISTED]]
    more = ["…"] if len(row["accounts"]) > _LISTED else []
    return [
        join(address),
        *("" if row[name] is None else say.stamp(row[name]) for name in ("first", "last")),
        *(Cell(say.number(row[name]), numeric=True) for name in _FIGURES),
        ", ".join([*accounts, *more]),
        ", ".join(one_line(reason) for reason in row["reasons"]),
    ]
