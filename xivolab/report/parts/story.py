"""What happened to a call, in a few plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xivolab.objects import Call
    from xivolab.report.concerns import Row
    from xivolab.report.words import Words


def reason_of(call: Call) -> str:
    """The reason phrase that came with the status the caller received."""
    found = (m.reason for m in reversed(call.messages) if m.status == call.status and m.method == "INVITE")
    return next(found, None) or ""


def story(say: Words, call: Row, reason: str) -> Iterator[str]:
    """The sentences of one call record; `reason` is the reason phrase of the status the caller received."""
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
    yield from _outcome(say, call, reason)
    if call["codecs"]:
        yield say("story-codecs", codecs=", ".join(call["codecs"]))
    if call["mos_min"] is not None:
        yield say("story-mos", mos=say.number(call["mos_min"], 2), scale=say(f"scale-{call['mos_scale']}"))


def _outcome(say: Words, call: Row, reason: str) -> Iterator[str]:
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
