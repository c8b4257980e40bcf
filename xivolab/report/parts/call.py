"""One call on its own: what happened, what the dialplan decided, the ladder, the quality of its media, its streams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xivolab.errors import XivolabError
from xivolab.report.html import Block, Html, join, tag
from xivolab.report.parts import log
from xivolab.report.parts.calls import parties
from xivolab.report.parts.remarks import remarks
from xivolab.report.parts.story import reason_of, story
from xivolab.report.parts.streams import stream_details, stream_table
from xivolab.report.parts.tones import TONES, state_badge
from xivolab.report.ranking import Ranked

if TYPE_CHECKING:
    from xivolab.objects import Call
    from xivolab.report.report import Report


def sections(report: Report, at_most: int) -> Block | None:
    """The first `at_most` calls of the ranking, each with its section."""
    shown = [_section(report, one) for one in report.ranked[:at_most]]
    if not shown:
        return None
    body = [block.body for block in shown]
    if len(report.ranked) > at_most:
        say = report.words
        body.append(tag("p", say("more-sections", count=say.number(len(report.ranked) - at_most)), class_="xl-muted"))
    return Block(join(body), "\n\n".join(block.text for block in shown))


def block(report: Report, key: str | int) -> Block:
    """The section of one call."""
    wanted = report.case.call(key).id
    return _section(report, next(one for one in report.ranked if one.call["id"] == wanted))


def _section(report: Report, one: Ranked) -> Block:
    say, call = report.words, report.case.call(one.call["id"])
    words = " ".join(story(say, one.call, reason_of(call)))
    notes = remarks(report, one)
    trace = call.trace(lang=say.lang, tz=report.case.tz) if report.case.reading.has_logs else None
    verdict = "" if trace is None else log.verdict_of(report, trace)
    body: list[Html] = [
        tag("h3", join([parties(one), " ", state_badge(one, say)])),
        tag("p", verdict, class_="xl-verdict") if verdict else Html(""),
        tag("p", words),
        tag("ul", join(tag("li", note) for note in notes)) if notes else Html(""),
    ]
    if trace is not None and trace.rows:
        body += [tag("h4", say("trace")), tag("p", say("trace-hint"), class_="xl-muted"), _drawing(trace)]
        body.append(log.lines(report, trace))
    if call.messages:
        body += [tag("h4", say("ladder")), tag("p", say("ladder-hint"), class_="xl-muted")]
        body.append(_drawing(call.ladder(lang=say.lang, tz=report.case.tz)))
    if one.streams:
        quality = call.quality(lang=say.lang, tz=report.case.tz, thresholds=report.thresholds)
        body += [tag("h4", say("quality")), tag("p", say("quality-hint"), class_="xl-muted"), _drawing(quality)]
        body.append(tag("h4", say("streams")))
        body += [stream_table(report, one.streams), stream_details(report, one.streams)]
    if report.audio and one.streams:
        body += [tag("h4", say("listen")), tag("p", say("listen-hint"), class_="xl-muted"), _sound(report, call)]
    html = tag("article", join(body), id_=f"call-{one.call['id']}", class_=f"xl-call xl-is-{TONES[one.level]}")
    return Block(html, "\n".join(part for part in (parties(one), verdict, words, *notes) if part))


def _sound(report: Report, call: Call) -> Html:
    """A player and a picture of the sound; where it cannot be had, why."""
    try:
        return tag("div", Html(call.audio(lang=report.words.lang, tz=report.case.tz).small()), class_="xl-drawing")
    except XivolabError as error:
        return tag("p", str(error))


def _drawing(view: Any) -> Html:
    """The HTML that a view shows in a notebook."""
    return tag("div", Html(view._repr_mimebundle_()["text/html"]), class_="xl-drawing")
