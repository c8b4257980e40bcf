"""XiVO's gates on the way of a call, told from what the conditions came to: schedule, rights, filter, DND, forwards, limits.

The log prints each GotoIf after evaluation, so the label it may jump to says what was asked, and the condition the answer
(xivo-config, dialplan/asterisk/extensions_lib_*.conf; XIVO_ variables are WAZO_ ones since December 2023).
"""

from __future__ import annotations

import re

from xivolab.asterisk.trace.branch import branch, target
from xivolab.asterisk.trace.tree import Decision, Frame, Step

OBJECTS = frozenset({"user", "did", "outcall", "group", "queue", "meetme", "conference"})
"""Contexts of XiVO's dialplan that stand for one kind of object."""

_FLAGS = {
    "CLOSED": "schedule",
    "DND": "do-not-disturb",
    "UNC": "unconditional-forward",
    "BUSY": "simultaneous-calls",
    "DIVERT": "queue-diversion",
}
_RIGHTS = ("rights_check", "permission_check")
_SUBROUTINES = ("xivo-subroutine", "wazo-subroutine")


def gates(frame: Frame, place: int) -> list[Decision]:
    """The gates that this step of a frame is."""
    step = frame.steps[place]
    app = step.app.lower()
    if app in ("gotoif", "gosubif"):
        return _condition(frame, place)
    if app == "noop" and place and _denied(step):
        return [Decision("right", {"state": "denied", "object": step.context}, step.line)]
    if app in ("authenticate", "vmauthenticate"):
        return [Decision("password", {"object": step.context}, step.line)]
    if (step.exten, step.priority) == ("rna", 1) and step.context.endswith("callfilter"):
        return [Decision("call-filter", {"state": "nobody"}, step.line)]
    if app == "gosub":
        return _subroutine(frame, place)
    return []


def _condition(frame: Frame, place: int) -> list[Decision]:
    step = frame.steps[place]
    if "?" not in step.args:
        return []
    choice = branch(step.args)
    yes, no = target(choice.when_true), target(choice.when_false)
    label = (yes.exten or yes.priority) if yes is not None else ""
    if label in _FLAGS and step.context in OBJECTS:
        fields = {"state": "on" if choice.holds else "off", "object": step.context}
        if label == "CLOSED":
            fields["state"] = "closed" if choice.holds else "open"
        return [Decision(_FLAGS[label], fields, step.line)]
    if label == "exit" and step.exten.startswith("forward") and choice.holds:
        return [Decision("forward-limit", {}, step.line)]
    if step.exten == "redial" and label == "dial" and not choice.holds:
        return [Decision("no-more-trunks", {}, step.line)]
    if yes is not None and (yes.context or "").endswith("callfilter"):
        return [Decision("call-filter", {"state": "on" if choice.holds else "off"}, step.line)]
    if no is not None and no.exten == "unreachable" and step.exten == "voicemail" and not choice.holds:
        return [Decision("mailbox", {"state": "none"}, step.line)]
    if step.context.endswith(_RIGHTS):
        if label == "allow" and choice.holds:
            return [Decision("right", {"state": "allowed", "object": step.context}, step.line)]
        if no is not None and no.exten == "error" and not choice.holds:
            return [Decision("right", {"state": "error", "object": step.context}, step.line)]
    if no is not None and no.priority in ("nosubroutine", "return") and not choice.holds:
        before = frame.steps[place - 1].args if place else ""
        kind = re.match(r"(?:xivo|wazo)-(?:subrgbl|subrfwd)-([\w-]+)\?", before)
        if no.priority == "nosubroutine" or kind is not None:
            return [Decision("customer-subroutine", {"name": None, "place": kind[1] if kind else None}, step.line)]
    return []


def _denied(step: Step) -> bool:
    return "not allowed to make call" in step.args


def _subroutine(frame: Frame, place: int) -> list[Decision]:
    """A subroutine that the customer wrote: its context has a name of a certain form, or an object names it."""
    step = frame.steps[place]
    aim = target(step.args)
    if aim is None or aim.context is None:
        return []
    custom = re.match(r"(?:xivo|wazo)-(?:subrgbl|subrfwd)-(.+)", aim.context)
    asked = branch(frame.steps[place - 1].args) if place and "?" in frame.steps[place - 1].args else None
    named = asked is not None and asked.when_false == "nosubroutine"
    if custom or named or step.context in _SUBROUTINES:
        fields = {"name": aim.context, "place": custom[1] if custom else None}
        return [Decision("customer-subroutine", fields, step.line)]
    return []
