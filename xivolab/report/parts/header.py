"""The head of a report: title, the figures that matter, and what was analysed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xivolab
from xivolab.report.html import Block, Html, figures, join, table, tag
from xivolab.report.summary import summary
from xivolab.views.names import name_in

if TYPE_CHECKING:
    from xivolab.report.report import Report

_MANY = 12  # hosts


def block(report: Report) -> Block:
    """The head of the report."""
    say, facts = report.words, summary(report)
    made = say("made", when=say.moment(datetime.now(UTC).timestamp()), version=xivolab.__version__)
    mos = facts["worst_mos"]
    failures = say("failures-refused", count=facts["refused"]) if facts["refused"] else say("failures")
    poor = mos is not None and mos < report.thresholds["low-mos"]
    shown = [
        (say("calls"), say.number(facts["calls"]), ""),
        (failures, say.number(facts["failures"]), "bad" if facts["failures"] else "good"),
        (say("degraded"), say.number(facts["degraded"]), "warn" if facts["degraded"] else "good"),
    ]
    media = facts["streams"] or any(file.kind == "capture" for file in report.case.files)
    if media:
        shown.append((say("worst-mos"), say.number(mos, 2), "warn" if poor else ""))
    shown.append((say("messages"), say.number(facts["messages"]), ""))
    if media:
        shown.append((say("packets"), say.number(int(report.case.table("streams")["packets"].sum())), ""))
    if any(file.kind == "asterisk-log" for file in report.case.files):
        refused = len(report.case.table("refusals"))
        shown.append((say("addresses-refused"), say.number(refused), "warn" if refused else ""))
    body = [
        tag("h1", report.title),
        tag("p", made, class_="xl-muted"),
        figures(shown),
        tag("h2", say("evidence")),
        _period(report, facts["start"], facts["end"]),
        _files(report),
    ]
    text = f"{report.title}\n" + ", ".join(f"{label}: {value}" for label, value, _ in shown)
    return Block(join(body), text)


def _period(report: Report, start: float | None, end: float | None) -> Html:
    say = report.words
    if start is None or end is None:
        return Html("")
    pairs = [
        (say("period"), f"{say.moment(start)} – {say.clock(end)[:8]}"),
        (say("duration"), say.seconds(end - start)),
    ]
    hosts: dict[str, list[str]] = {}
    named = report.case.names.items()
    # Of many that were learnt, those are told that others are served by.
    few = [(address, info) for address, info in named if len(named) <= _MANY or not info.learnt or info.role != "phone"]
    for address, info in few[:_MANY]:
        hosts.setdefault(name_in(info, say.lang), []).append(address)
    if hosts:
        texts = [f"{name} ({', '.join(addresses)})" for name, addresses in hosts.items()]
        pairs.append((say("hosts"), "; ".join([*texts, "…"] if len(few[:_MANY]) < len(named) else texts)))
    return tag("dl", join(join([tag("dt", label), tag("dd", value)]) for label, value in pairs))


def _files(report: Report) -> Html:
    say = report.words
    rows = [
        (tag("code", file.path), file.kind, file.host or "", file.capture_point or "")
        for file in report.case.files
        if file.kind != "case"
    ]
    return table((say("file"), say("kind"), say("host"), say("capture-point")), rows)
