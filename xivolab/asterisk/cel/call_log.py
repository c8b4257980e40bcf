"""XiVO's journal (call_log) made again from channel events, each field with the event and the rule that made it.

The algorithm is that of xivo-call-logd (cel_interpretor.py, raw_call_log.py and generator.py of January 2017): the events of one linked
id, the first channel as caller, the second as callee, what comes later written over what was before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from xivolab.asterisk.cel.event import CelEvent, order_key

_STARTS = ("BRIDGE_START", "BRIDGE_ENTER")
_ENDS = ("BRIDGE_END", "BRIDGE_EXIT")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value: `rule` names the rule (see `xivolab.asterisk.cel.call_log_words`), `event` what it looked at."""

    field: str
    value: Any
    rule: str
    event: CelEvent | None = None


@dataclass(slots=True)
class JournalRow:
    """A row of call_log; times in ns, texts None where the journal has null. `refused` says why there is no such row.

    `reasons` has the steps in their order: a later one wins.
    """

    linkedid: str
    date: int | None = None
    source_name: str | None = None
    source_exten: str | None = None
    source_line_identity: str | None = None
    destination_name: str | None = None
    destination_exten: str | None = None
    destination_line_identity: str | None = None
    user_field: str | None = None
    answered: bool = False
    start: int | None = None
    end: int | None = None
    refused: str | None = None
    reasons: list[Reason] = field(default_factory=list)

    @property
    def duration_s(self) -> float:
        """The length of the conversation: 0 where a bridge was not entered, or not left."""
        return 0.0 if self.start is None or self.end is None else max(self.end - self.start, 0) / 1e9

    def why(self, name: str) -> Reason | None:
        """The reason that won for a field."""
        return next((reason for reason in reversed(self.reasons) if reason.field == name), None)

    def _put(self, name: str, value: Any, rule: str, event: CelEvent | None) -> None:
        setattr(self, name, value)
        self.reasons.append(Reason(name, value, rule, event))


def line_identity(channel: str) -> str:
    """A channel's line as the journal writes it: pjsip/alice of PJSIP/alice-00000001 (xivo.asterisk.line_identity)."""
    end = channel[-2:] if channel.startswith("Local/") else ""
    return channel[: channel.rfind("-")].lower() + end


def journal_rows(events: Sequence[CelEvent]) -> list[JournalRow]:
    """The rows that XiVO makes of events: one for each linked id, those that it refuses included."""
    by_linkedid: dict[str, list[CelEvent]] = {}
    for event in sorted(events, key=order_key):
        by_linkedid.setdefault(event.linkedid, []).append(event)
    return [journal_row(linkedid, group) for linkedid, group in by_linkedid.items()]


def journal_row(linkedid: str, events: Sequence[CelEvent]) -> JournalRow:
    """The row of one linked id, from its events in order."""
    row = JournalRow(linkedid)
    if _is_originated(events):
        _originate(row, events)
    else:
        _dispatch(row, events)
    if not row.answered:
        row.reasons.append(Reason("answered", False, "no-bridge"))
    if row.start is None or row.end is None:
        row.reasons.append(Reason("duration_s", 0.0, "no-conversation"))
    else:
        row.reasons.append(Reason("duration_s", row.duration_s, "conversation"))
    if row.date is None:
        row.refused = "no-date"
    elif not (row.source_name or row.source_exten):
        row.refused = "no-source"
    return row


def _dispatch(row: JournalRow, events: Sequence[CelEvent]) -> None:
    """The first channel is the caller, the second the callee; others do not count."""
    starts = [event.uniqueid for event in events if event.eventtype == "CHAN_START"]
    for event in events:
        if starts and event.uniqueid == starts[0] and (take := _CALLER.get(event.name)):
            take(row, event)
    for event in events:
        if len(starts) > 1 and event.uniqueid == starts[1] and event.eventtype == "CHAN_START":
            row._put("destination_line_identity", line_identity(event.channame), "second-channel", event)


def _chan_start(row: JournalRow, event: CelEvent) -> None:
    row._put("date", event.time, "first-channel", event)
    row._put("source_name", event.cid_name, "first-channel", event)
    row._put("source_exten", event.cid_num, "first-channel", event)
    if event.exten == "s":
        row._put("destination_exten", "", "exten-s", event)
    else:
        row._put("destination_exten", event.exten, "dialled", event)
    row._put("source_line_identity", line_identity(event.channame), "first-channel", event)


def _app_start(row: JournalRow, event: CelEvent) -> None:
    row._put("user_field", event.userfield, "app-start", event)
    if event.cid_name and event.cid_num:
        row._put("source_name", event.cid_name, "app-start", event)
        row._put("source_exten", event.cid_num, "app-start", event)


def _answer(row: JournalRow, event: CelEvent) -> None:
    if not row.destination_exten:
        row._put("destination_exten", event.cid_name, "answer-name", event)


def _bridge_enter(row: JournalRow, event: CelEvent) -> None:
    for name, value in (("source_name", event.cid_name), ("source_exten", event.cid_num)):
        if not getattr(row, name):
            row._put(name, value, "bridge-party", event)
    row._put("start", event.time, "bridge-enter", event)
    row._put("answered", True, "bridge-enter", event)


def _bridge_exit(row: JournalRow, event: CelEvent) -> None:
    row._put("end", event.time, "bridge-exit", event)


def _from_s(row: JournalRow, event: CelEvent) -> None:
    row._put("destination_exten", event.exten, "from-s", event)


_CALLER: dict[str, Callable[[JournalRow, CelEvent], None]] = {
    "CHAN_START": _chan_start,
    "APP_START": _app_start,
    "ANSWER": _answer,
    "XIVO_FROM_S": _from_s,
    **dict.fromkeys(_STARTS, _bridge_enter),
    **dict.fromkeys(_ENDS, _bridge_exit),
}


def _is_originated(events: Sequence[CelEvent]) -> bool:
    """A call that the PBX began through a Local channel whose first half answers before it does anything."""
    starts = [event for event in events if event.eventtype == "CHAN_START"]
    first = [event.eventtype for event in events if event.uniqueid == events[0].uniqueid]
    return (
        len({event.uniqueid for event in events}) >= 3
        and len(starts) >= 2
        and all(event.channame.lower().startswith("local/") for event in starts[:2])
        and first[:2] == ["CHAN_START", "ANSWER"]
    )


def _originate(row: JournalRow, events: Sequence[CelEvent]) -> None:
    starts = [event for event in events if event.eventtype == "CHAN_START"]
    if len(starts) < 3:
        return
    first, second, source = starts[:3]
    local_answer, source_answer = (_find(events, one.uniqueid, "ANSWER") for one in (second, source))
    if local_answer is None or source_answer is None:
        return
    row._put("date", first.time, "originate-local", first)
    row._put("source_name", source_answer.cid_name, "originate-source", source_answer)
    row._put("source_exten", source_answer.cid_num, "originate-source", source_answer)
    row._put("source_line_identity", line_identity(source_answer.channame), "originate-source", source_answer)
    row._put("destination_exten", local_answer.cid_num, "originate-dialled", local_answer)
    if (app := _find(events, first.uniqueid, "APP_START")) is not None:
        row._put("user_field", app.userfield, "app-start", app)
    mine = {one.uniqueid for one in starts[:3]}
    others = {
        one.uniqueid for one in starts if one.uniqueid not in mine and not one.channame.lower().startswith("local/")
    }
    entered = [event for event in events if event.uniqueid in others and event.eventtype == "BRIDGE_ENTER"]
    if not entered:
        return
    enter = entered[-1]
    answer = _find(events, enter.uniqueid, "ANSWER")
    left = [event for event in events if event.uniqueid == enter.uniqueid and event.eventtype == "BRIDGE_EXIT"]
    if answer is None or not left:
        return
    row._put("destination_name", answer.cid_name, "originate-destination", answer)
    row._put("destination_exten", answer.cid_num, "originate-destination", answer)
    row._put("destination_line_identity", line_identity(answer.channame), "originate-destination", answer)
    row._put("start", enter.time, "bridge-enter", enter)
    row._put("end", left[-1].time, "bridge-exit", left[-1])
    row._put("answered", True, "bridge-enter", enter)


def _find(events: Sequence[CelEvent], uniqueid: str, eventtype: str) -> CelEvent | None:
    return next((one for one in events if one.uniqueid == uniqueid and one.eventtype == eventtype), None)
