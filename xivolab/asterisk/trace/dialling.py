"""What came of a Dial: who was called, who rang, who answered, and why not.

DIALSTATUS says less than it seems to (apps/app_dial.c, handle_cause): with PJSIP a busy phone shows as "Everyone is
busy/congested (1:1/0/0)", and CHANUNAVAIL covers every other refusal. Only a channel that could not be made proves that
nothing was registered.
"""

from __future__ import annotations

import re
from typing import Any

from xivolab.asterisk.trace.tree import Attempt, Decision, Run, Step

STATUSES = frozenset(
    {"ANSWER", "NOANSWER", "BUSY", "CONGESTION", "CHANUNAVAIL", "CANCEL", "DONTCALL", "TORTURE", "INVALIDARGS"}
)
"""Values of DIALSTATUS (app_dial.c)."""

_NOT_REGISTERED_CAUSES = frozenset({3, 20})


def interfaces(args: str) -> list[str]:
    """What a Dial calls, at once: `PJSIP/a&PJSIP/b,30,tT` → two interfaces."""
    return [name for name in args.split(",")[0].split("&") if name]


def ring_seconds(args: str) -> int | None:
    """The timeout of a Dial in seconds, None when it has none."""
    parts = args.split(",")
    found = re.match(r"\s*(\d+)", parts[1]) if len(parts) > 1 else None
    return int(found[1]) if found else None


def dialled(step: Step, after: Step | None, run: Run) -> list[Decision]:
    """The Dial itself and its outcome; `after` is the step that the caller's channel executed next."""
    wanted = interfaces(step.args)
    answered = next((one for one in step.attempts if one.answered is not None), None)
    fields: dict[str, Any] = {
        "to": wanted,
        "timeout": ring_seconds(step.args),
        "status": _status(step, after),
        "rang": [one.dialled for one in step.attempts if one.ringing is not None],
        "forwarded": [one.redirected_to for one in step.attempts if one.redirected_to],
    }
    fields |= _outcome(step, answered, after, run)
    return [Decision("dial", fields, step.line)]


def _status(step: Step, after: Step | None) -> str | None:
    """DIALSTATUS where the dialplan shows it: XiVO goes to an extension of that name."""
    places = [] if after is None else [after.exten, *(() if after.went_to is None else (after.went_to[1],))]
    shown = next((name for name in places if name in STATUSES), None)
    if shown is None and (said := step.said("fallthrough")) and said["status"] in STATUSES:
        shown = said["status"]
    return shown


def _outcome(step: Step, answered: Attempt | None, after: Step | None, run: Run) -> dict[str, Any]:
    if answered is not None:
        return {"outcome": "answered", "by": answered.dialled, "after": seconds(answered.line.time, answered.answered)}
    if (said := step.said("nobody")) is not None:
        return {"outcome": "no-answer", "after": int(said["ms"]) / 1000}
    refused = next((one for one in step.attempts if one.outcome == "not-created"), None)
    if refused is not None and not any(one.outcome != "not-created" for one in step.attempts):
        absent = step.said("no-contact") is not None or refused.cause in _NOT_REGISTERED_CAUSES
        reason = "not-registered" if absent else "unknown-endpoint" if step.said("no-endpoint") else "not-created"
        return {"outcome": reason, "cause": refused.cause, "cause_text": refused.cause_text}
    if (said := step.said("all-busy")) is not None:
        counts = {name: int(said[name]) for name in ("busy", "congestion", "nochan")}
        outcome = "busy" if counts["busy"] else "congestion" if counts["congestion"] else "refused"
        return {"outcome": outcome} | counts
    if step.said("none-available") is not None:
        return {"outcome": "no-answer", "after": seconds(step.line.time, None if after is None else after.line)}
    shown = _status(step, after)
    if shown == "CANCEL" or (shown is None and after is None and run.end is not None):
        return {"outcome": "cancelled", "after": seconds(step.line.time, run.end)}
    known = {"BUSY": "busy", "NOANSWER": "no-answer", "CONGESTION": "congestion", "CHANUNAVAIL": "refused"}
    return {"outcome": known.get(shown or "", "unknown" if after is not None or run.end is not None else "unfinished")}


def seconds(start: int | None, end: Any) -> float | None:
    """From a time in ns to a line's, in seconds; None when either is not known."""
    return None if start is None or end is None or end.time is None else (end.time - start) / 1e9
