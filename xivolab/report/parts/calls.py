"""The list of calls, worst first; each row leads to the call's own section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xivolab.report.html import Block, Cell, join, table, tag
from xivolab.report.parts.remarks import remarks
from xivolab.report.parts.tones import state_badge
from xivolab.report.ranking import Ranked

if TYPE_CHECKING:
    from xivolab.report.report import Report


def block(report: Report, at_most: int) -> Block:
    """The first `at_most` calls of the ranking."""
    say, shown = report.words, report.ranked[:at_most]
    if not shown:
        return Block(join([tag("h2", say("calls")), tag("p", say("no-calls"), class_="xl-muted")]), say("no-calls"))
    head = [say(key) for key in ("start", "from-to", "state", "status", "setup", "talk")] + ["MOS", say("remarks")]
    body = [tag("h2", say("calls-worst-first")), table(head, [_row(report, one) for one in shown])]
    if len(report.ranked) > at_most:
        body.append(tag("p", say("more-calls", count=say.number(len(report.ranked) - at_most)), class_="xl-muted"))
    return Block(join(body), "\n".join(_line(report, one) for one in shown))


def parties(one: Ranked) -> str:
    """`1001 → 1002`."""
    return f"{one.call['caller'] or '?'} → {one.call['callee'] or '?'}"


def _row(report: Report, one: Ranked) -> list[object]:
    say, call = report.words, one.call
    return [
        say.clock(call["start"]),
        tag("a", parties(one), href=f"#call-{call['id']}"),
        state_badge(one, say),
        Cell(call["status"] or "", numeric=True),
        Cell(say.seconds(call["setup_s"]), numeric=True),
        Cell(say.seconds(call["talk_s"]) if call["answered"] else "", numeric=True),
        Cell(say.number(call["mos_min"], 2), numeric=True),
        "; ".join(remarks(report, one)),
    ]


def _line(report: Report, one: Ranked) -> str:
    say, call = report.words, one.call
    parts = [say.clock(call["start"]), parties(one), say(f"state-{call['state']}"), str(call["status"] or "")]
    return "  ".join([*parts, "; ".join(remarks(report, one))]).rstrip()
