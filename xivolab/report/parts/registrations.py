"""Who registered and who was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xivolab.report.concerns import Row
from xivolab.report.html import Block, Cell, badge, join, table, tag
from xivolab.schema import REGISTRATION

if TYPE_CHECKING:
    from xivolab.report.report import Report

_FIGURES = ("attempts", "accepted", "rejected", "last_status", "expires_s")


def block(report: Report, at_most: int) -> Block | None:
    """The registrations, the refused ones first."""
    say = report.words
    rows = sorted(report.case.table("registrations").records(), key=lambda row: (_tone(row), row["first"]))
    if not rows:
        return None
    titles = [
        (field.fr if say.lang == "fr" else field.en) for field in map(REGISTRATION.field, ("aor", "src", *_FIGURES))
    ]
    body = [
        tag("h2", say("registrations")),
        table([*titles, say("state")], [_cells(report, row) for row in rows[:at_most]]),
    ]
    if len(rows) > at_most:
        body.append(tag("p", say("more-rows", count=say.number(len(rows) - at_most)), class_="xl-muted"))
    text = "\n".join(f"{row['aor']}  {_state(report, row)}  {row['last_status'] or ''}" for row in rows[:at_most])
    return Block(join(body), f"{say('registrations')}\n{text}")


def _tone(row: Row) -> str:
    if row["accepted"]:
        return "good"
    return "bad" if row["rejected"] else "plain"


def _state(report: Report, row: Row) -> str:
    return report.words({"good": "state-registered", "bad": "state-rejected", "plain": "state-setup"}[_tone(row)])


def _cells(report: Report, row: Row) -> list[object]:
    figures = [Cell("" if row[name] is None else row[name], numeric=True) for name in _FIGURES]
    return [tag("code", row["aor"]), report.end(row["src"]), *figures, badge(_state(report, row), _tone(row))]
