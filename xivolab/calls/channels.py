"""A call as the channel events (CEL) of Asterisk tell it: its record, field by field.

What SIP alone tells (codes, Call-IDs, ringing) stays null.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from xivolab.asterisk.cel.channels import Channel, Model, build, talks_of
from xivolab.asterisk.cel.event import CelEvent
from xivolab.asterisk.cel.groups import Group
from xivolab.asterisk.helpers import is_helper
from xivolab.calls.sources import ToldCall
from xivolab.schema import NULL_INT

_ELSEWHERE = 26
_BUSY = (17,)
_REJECTED = (21, 58, 88)
_NO_ANSWER = (16, 18, 19, _ELSEWHERE, None)
"""What the PBX or the phone says of one that rang in vain; a refusal has another cause (ITU-T Q.850, table 1)."""

_GIVEN_UP = (0, 16, None)
"""What is said of a call that the PBX began itself, and gave up before anybody answered."""

_DIALPLAN = "dialplan/"
_DIAL_STATES = {
    "BUSY": "busy",
    "NOANSWER": "no-answer",
    "CANCEL": "cancelled",
    "CONGESTION": "failed",
    "CHANUNAVAIL": "failed",
}
_NAMELESS = frozenset(("", "s", "h", "i", "t"))
"""Extensions that nobody dialled."""


def told_calls(groups: Iterable[Group]) -> Iterator[ToldCall]:
    """The calls that groups of channel events tell."""
    for group in groups:
        model = build(group.events)
        # What Asterisk calls up for itself alone, such as the voice that announces in a conference, is no call.
        if not model.channels or not all(is_helper(one.name) for one in model.channels):
            yield ToldCall(channel_record(group, model), frozenset(_call_ids(group.events)))


def _call_ids(events: Iterable[CelEvent]) -> Iterator[str]:
    """SIP Call-IDs that a dialplan wrote into its own events or the user field."""
    for event in events:
        texts = [event.userfield, *((event.extra, event.appdata) if event.user_defined else ())]
        for text in filter(None, texts):
            yield from (word for word in _WORDS.split(text) if _CALL_ID.fullmatch(word))


_WORDS = re.compile(r"[\s\"'{},;:=<>]+")
_CALL_ID = re.compile(r"[^/\s]{16,}|[^/\s@]{8,}@[^/\s@]+")


def channel_record(group: Group, model: Model) -> dict[str, Any]:
    """The record of the call with these events."""
    return {"id": group.id, **_Teller(model).fields(), "linkedids": group.linkedids}


class _Teller:
    """Tells the fields of one call."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._caller = caller_of(model)
        self._others = [one for one in model.channels if one is not self._caller and one.is_party]
        self._partners = partners_of(model, self._caller)

    def fields(self) -> dict[str, Any]:
        caller, first = self._caller, self._model.events[0]
        partial = self._model.channels == [] or self._model.channels[0].start is None
        end = self._end()
        answered = caller.answered if caller else None
        talked = min(self._partners.values(), default=None)
        if answered is None and talked is not None:
            answered = talked  # without events ANSWER
        state = self._state(answered, end)
        known = caller is not None and (answered is not None or not partial)
        since = talked if talked is not None else answered
        return {
            "from_user": None,
            "to_user": None,
            "caller": self._caller_number(),
            "callee": self._callee_number(),
            "start": None if partial or first.time == NULL_INT else first.time,
            "end": end,
            "answered": answered is not None if known else None,
            "answered_at": answered,
            "answered_by": None if answered is None else "server" if talked is None else "callee",
            "connected_at": talked,
            "setup_s": None,
            "talk_s": _seconds(since, end) if since is not None else 0.0 if known else None,
            "state": state,
            "status": None,
            "cause": caller.cause if caller else None,
            "released_by": self._released_by(state),
            "partial": partial,
            "legs": [],
            "leg_details": [self._detail(one) for one in self._shown()],
            "streams": [],
            "stream_ids": [],
            "codecs": [],
            "mos_min": None,
            "mos_scale": None,
            "findings": [],
            "log_ids": [],
            "related": [],
            "originated": self._originated(),
        }

    def _originated(self) -> bool:
        """Whether the PBX called the caller first (main/dial.c): through a Local channel, or as "AppDial2"."""
        first = self._model.channels[0] if self._model.channels else None
        if first is None or first.start is None:
            return False
        return first.is_local or any(event.appname == "AppDial2" for event in first.events[:3])

    def _caller_number(self) -> str | None:
        return (self._caller.number or self._caller.person or None) if self._caller else None

    def _callee_number(self) -> str | None:
        """The number that was dialled: XiVO's own word for it, the caller's extension, else who was called."""
        caller = self._caller
        if caller is None:
            return None
        for event in caller.events:
            if event.name == "XIVO_FROM_S" and event.exten not in _NAMELESS:
                return event.exten
        if caller.exten not in _NAMELESS:
            return caller.exten
        dialled = next((event.cid_dnid for event in self._model.events if event.cid_dnid not in _NAMELESS), "")
        if dialled and not _same(dialled, caller.number):
            return dialled
        # A call that the PBX began (click-to-call): what its Local channel dials, else whom it reached.
        for one in self._model.channels:
            if one.is_local and one.exten not in _NAMELESS and not _same(one.exten, caller.number):
                return one.exten
        for event in caller.events:
            if event.exten not in _NAMELESS and event.exten.lstrip("+*#").isdecimal():
                return event.exten
        for event in caller.events:  # PJSIP/0199001234@operator
            if event.appname == "Dial" and (number := re.match(r"[^/,]+/([+*#\d]+)@", event.appdata)):
                return number[1]
        reached = next(iter(self._partners), None) or next(iter(self._others), None)
        return reached.number or None if reached else None

    def _end(self) -> int | None:
        """When the last that talked was gone; None when a channel that took part still lasts."""
        caller = self._caller
        if caller is None:
            return None
        part = [caller, *self._partners, *self._model_talkers()]
        ends = [one.end for one in part]
        return None if None in ends else max(end for end in ends if end is not None)

    def _shown(self) -> list[Channel]:
        """The channels of people; of a call without any, those that the PBX made for it."""
        return [one for one in self._model.channels if one.is_party] or self._model.channels

    def _model_talkers(self) -> list[Channel]:
        return [one for one in self._others if one.talks]

    def _state(self, answered: int | None, end: int | None) -> str:
        caller = self._caller
        if caller is None:
            return "failed"
        if answered is not None:
            return "in-call" if end is None else "completed"
        if caller.end is None:
            return "ringing" if self._others else "setup"
        if caller.source == caller.name or (caller.is_local and not self._others and caller.cause in _GIVEN_UP):
            return "cancelled"
        return self._why_unanswered(caller)

    def _why_unanswered(self, caller: Channel) -> str:
        """By the last attempt; among phones that rang at once, one that rang in vain counts first."""
        last: list[Channel] = []
        for one in self._others:
            together = any(other.end is None or (one.start or 0) < other.end for other in last)
            last = [*last, one] if together else [one]
        states = [_attempt_state(one) for one in last]
        for state in ("no-answer", "busy", "rejected", "failed"):
            if state in states:
                return state
        if caller.cause in _REJECTED:
            return "rejected"
        if caller.cause in _BUSY:
            return "busy"
        return _DIAL_STATES.get(caller.dialstatus, "failed")

    def _released_by(self, state: str) -> str | None:
        caller = self._caller
        if caller is None or caller.end is None or state in ("in-call", "ringing", "setup"):
            return None
        if state == "cancelled":
            return "server" if caller.is_local else "caller"
        if caller.source is None and all(one.source is None for one in self._others):
            return None  # no HANGUP tells
        if state != "completed":
            refused = [one for one in self._others if one.source == one.name]
            return "callee" if refused and len(refused) == len(self._others) else "server"
        last = max((stay.exit or 0 for one in self._model.channels for stay in one.talks), default=0)
        for one in sorted([caller, *self._others], key=lambda one: one.end or 0):
            # Who left before the last conversation ended did not end the call: a transferor.
            if (one.end or 0) < last and one is not caller:
                continue
            if one.source == caller.name:
                return "caller"
            if one.source and not one.source.startswith(_DIALPLAN) and self._is_other(one.source):
                return "callee"
        return "server"

    def _is_other(self, name: str) -> bool:
        return any(one.name == name for one in self._others)

    def _detail(self, one: Channel) -> dict[str, Any]:
        role = "caller" if one is self._caller else "callee" if one.talks or len(self._others) == 1 else "attempt"
        if one.end is None:
            state = "in-call" if one.answered is not None else "ringing"
        elif one.answered is not None:
            state = "completed"
        else:
            state = "cancelled" if one is self._caller and one.source == one.name else _attempt_state(one)
        return {
            "call_id": None,
            "role": role,
            "src": None,
            "dst": None,
            "from_user": None,
            "to_user": None,
            "start": _epoch(one.start),
            "end": _epoch(one.end),
            "state": state,
            "status": None,
            "codecs": [],
            "channel": one.name or None,
            "uniqueid": one.uniqueid or None,
            "number": one.number or None,
            "cause": one.cause,
        }


def caller_of(model: Model) -> Channel | None:
    """The caller's channel: the first; of a call that the PBX began through a Local channel, the phone that rang first."""
    parties = [one for one in model.channels if one.is_party]
    first = model.channels[0] if model.channels else None
    return first if first is not None and first.is_party else next(iter(parties), first)


def partners_of(model: Model, caller: Channel | None) -> dict[Channel, int]:
    """Who talked with the caller, and since when (ns): in the same bridge, or in one behind Local channels."""
    if caller is None:
        return {}
    members: dict[str, set[Channel]] = {}
    found: dict[Channel, int] = {}
    for time, bridge, channel, enters in talks_of(model.channels):
        if enters:
            members.setdefault(bridge, set()).add(channel)
        else:
            members.get(bridge, set()).discard(channel)
        if enters:
            for one in _reached(model, members, caller):
                if one is not caller and one.is_party:
                    found.setdefault(one, time)
    return found


def _reached(model: Model, members: dict[str, set[Channel]], start: Channel) -> set[Channel]:
    """The channels connected with one at this moment."""
    seen, waiting = {start}, [start]
    while waiting:
        one = waiting.pop()
        near = [other for inside in members.values() if one in inside for other in inside]
        if one.other_half and (half := model.named(one.other_half)) is not None:
            near.append(half)
        for other in near:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def _attempt_state(one: Channel) -> str:
    if one.cause in _NO_ANSWER and one.source != one.name:
        return "no-answer"
    if one.cause in _BUSY:
        return "busy"
    if one.cause in _REJECTED:
        return "rejected"
    return "no-answer" if one.cause in (18, 19) else "failed"


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other


def _seconds(start: int, end: int | None) -> float | None:
    return None if end is None or NULL_INT in (start, end) or end < start else (end - start) / 1e9


def _epoch(time: int | None) -> float | None:
    return None if time is None or time == NULL_INT else time / 1e9
