"""What single applications of a dialplan mean for a call, XiVO's and any other's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from xivolab.asterisk.trace.tree import Decision, Step

_QUEUE_STATUSES = frozenset(
    {"TIMEOUT", "FULL", "JOINEMPTY", "LEAVEEMPTY", "JOINUNAVAIL", "LEAVEUNAVAIL", "CONTINUE", "WITHDRAW"}
)


def application(step: Step, after: Step | None) -> list[Decision]:
    """What a step decided by its application alone."""
    rule = _RULES.get(step.app.lower())
    found = rule(step, after) if rule is not None else None
    return [] if found is None else [Decision(found[0], found[1], step.line)]


_Found = tuple[str, dict[str, Any]] | None


def _voicemail(step: Step, after: Step | None) -> _Found:
    boxes, _, options = step.args.partition(",")
    greeting = "busy" if "b" in options else "unavailable" if "u" in options else None
    return "voicemail", {"box": boxes, "greeting": greeting}


def _queue(step: Step, after: Step | None) -> _Found:
    parts = step.args.split(",")
    places = [] if after is None else [after.exten, *(() if after.went_to is None else (after.went_to[1],))]
    status = next((name for name in places if name in _QUEUE_STATUSES), None)
    answered = next((one.dialled for one in step.attempts if one.answered is not None), None)
    asked = [one.dialled for one in step.attempts]
    wait = parts[4] if len(parts) > 4 and parts[4].isdigit() else None
    return "queue", {
        "name": parts[0],
        "object": step.context if step.context == "group" else "queue",  # XiVO's groups are queues of Asterisk
        "timeout": None if wait is None else int(wait),
        "status": status,
        "by": answered,
        "asked": list(dict.fromkeys(asked)),
    }


def _sounds(step: Step, after: Step | None) -> _Found:
    files = [name for name in step.args.split(",")[0].split("&") if name]
    return ("announcement", {"sounds": files}) if files else None


def _hangup(step: Step, after: Step | None) -> _Found:
    cause = re.match(r"\s*(\d+)", step.args)
    return "hangup", {"cause": int(cause[1]) if cause else None}


def _first(code: str, field: str) -> Callable[[Step, Step | None], _Found]:
    """A rule that tells the first argument."""

    def rule(step: Step, after: Step | None) -> _Found:
        return code, {field: step.args.split(",")[0]}

    return rule


def _bare(code: str) -> Callable[[Step, Step | None], _Found]:
    """A rule of an application whose arguments say nothing to a reader."""

    def rule(step: Step, after: Step | None) -> _Found:
        return code, {}

    return rule


def _time_condition(step: Step, after: Step | None) -> _Found:
    applies = step.went_to is not None
    return "time-condition", {"state": "on" if applies else "off", "times": step.args.partition("?")[0]}


def _note(step: Step, after: Step | None) -> _Found:
    call_id = re.match(r"SIP Call-ID for this call: (\S+)", step.args)
    if call_id:
        return "sip-call-id", {"call_id": call_id[1]}
    if "this is a bug" in step.args or step.args.strip() in ("AGI Fails", "Right checking failed"):
        return "dialplan-failure", {"text": step.args}
    return None


_RULES: dict[str, Callable[[Step, Step | None], _Found]] = {
    "voicemail": _voicemail,
    "voicemailmain": _first("voicemail-read", "box"),
    "queue": _queue,
    "playback": _sounds,
    "background": _sounds,
    "controlplayback": _sounds,
    "saydigits": _first("say", "what"),
    "hangup": _hangup,
    "busy": _bare("busy-tone"),
    "congestion": _bare("congestion-tone"),
    "answer": _bare("server-answers"),
    "read": _first("digits-asked", "variable"),
    "waitexten": _bare("menu-waits"),
    "confbridge": _first("conference", "room"),
    "meetme": _first("conference", "room"),
    "page": _first("paging", "to"),
    "park": _first("parked", "lot"),
    "parkedcall": _first("unparked", "lot"),
    "pickup": _first("pickup", "target"),
    "pickupchan": _first("pickup", "target"),
    "chanspy": _first("listening-in", "target"),
    "mixmonitor": _first("recording", "file"),
    "stopmixmonitor": _bare("recording-stops"),
    "record": _first("message-recorded", "file"),
    "originate": _first("originated", "to"),
    "transfer": _first("redirect", "to"),
    "echo": _bare("echo-test"),
    "musiconhold": _first("music", "class"),
    "gotoiftime": _time_condition,
    "noop": _note,
}
