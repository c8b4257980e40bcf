"""What happened to a call, in a few plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xivolab.report.ranking import Ranked
    from xivolab.report.report import Report


def story(report: Report, ranked: Ranked, reason: str) -> str:
    """The sentences of one call; `reason` is the reason phrase of the status the caller received."""
    return " ".join(_sentences(report, ranked, reason))


def _sentences(report: Report, ranked: Ranked, reason: str) -> Iterator[str]:
    say, call = report.words, ranked.call
    nobody = say("unknown-party")
    yield say(
        "story-originated" if call["originated"] else "story-called",
        caller=call["caller"] or nobody,
        callee=call["callee"] or nobody,
        time=say.clock_in_zone(call["start"]),
    )
    if call["partial"]:
        yield say("story-partial")
    if call["setup_s"]:  # a log of whole seconds says 0
        yield say("story-rang", setup=say.seconds(call["setup_s"]))
    yield from _outcome(report, ranked, reason)
    if call["codecs"]:
        yield say("story-codecs", codecs=", ".join(call["codecs"]))
    if call["mos_min"] is not None:
        yield say("story-mos", mos=say.number(call["mos_min"], 2), scale=say(f"scale-{call['mos_scale']}"))


def _outcome(report: Report, ranked: Ranked, reason: str) -> Iterator[str]:
    say, call = report.words, ranked.call
    if call["answered"]:
        yield say(f"story-answered-{call['answered_by'] or 'callee'}", talk=say.seconds(call["talk_s"]))
        if call["released_by"]:
            yield say("story-released", who=say(f"party-{call['released_by']}"))
        elif call["state"] == "in-call":
            yield say("story-running")
    elif call["state"] == "cancelled":
        yield say("story-cancelled")
    elif call["status"] is not None:
        yield say("story-unanswered", status=f"{call['status']} {reason}".strip())
    elif call["end"] is None:
        yield say("story-running")
    else:
        yield say("story-no-final")
