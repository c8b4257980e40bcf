"""queue_log: what became of each call in a queue, and what its agents did.

The events and their data: Asterisk's app_queue.c and documentation (Queue Logs); XiVO adds FULL, CLOSED, DIVERT_… and the agents' logins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from xivolab.asterisk.cel.clock import Clock, read_time, told_moment
from xivolab.asterisk.cel.event import CelEvent
from xivolab.schema import NULL_INT

_LINE = re.compile(r"(\d{9,11})\|([^|]*)\|([^|]*)\|([^|]*)\|([A-Z_0-9]+)(?:\|(.*))?")
_DATA = tuple(f"data{n}" for n in range(1, 6))

REFUSALS = {
    "FULL": "full",
    "CLOSED": "closed",
    "JOINEMPTY": "join-empty",
    "DIVERT_CA_RATIO": "diverted",
    "DIVERT_HOLDTIME": "diverted",
    "DIVERT_WAITTIME": "diverted",
}
"""What happens instead of waiting."""

# event: how it ended, and which of its data are the wait
_LEFT = {
    "ABANDON": ("abandoned", 2),
    "EXITWITHTIMEOUT": ("timeout", 2),
    "EXITWITHKEY": ("exit-key", 3),
    "EXITEMPTY": ("leave-empty", 2),
    "LEAVEEMPTY": ("leave-empty", -1),
    "WITHDRAW": ("withdrawn", 2),
}
_LATEST_S = 9_000_000_000
"""Later times (the year 2255) are none: as nanoseconds they would not fit."""
_DIGITS = 18  # of a whole number
_COMPLETED = {"COMPLETEAGENT": "agent", "COMPLETECALLER": "caller"}
_TRANSFERRED = ("BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER")

OUTCOMES = (
    "answered",
    "abandoned",
    "timeout",
    "exit-key",
    "leave-empty",
    "join-empty",
    "full",
    "closed",
    "diverted",
    "withdrawn",
)


@dataclass(slots=True)
class QueueEvent:
    """A row of queue_log. `time` is ns; `agent` "" where it is NONE."""

    time: int
    callid: str
    queue: str
    agent: str
    event: str
    data: list[str]
    file: str = ""
    line: int | None = None


@dataclass(slots=True)
class QueueCall:
    """A call in a queue, from its entry to its end; times in ns, None where not told. `tries` are phones that rang in vain."""

    queue: str
    callid: str
    entered: int
    caller: str | None = None
    position: int | None = None
    outcome: str | None = None
    connected: int | None = None
    ended: int | None = None
    agent: str | None = None
    wait_s: float | None = None
    ring_s: float | None = None
    talk_s: float | None = None
    ended_by: str | None = None
    tries: int = 0
    file: str = ""
    line: int | None = None


@dataclass(slots=True)
class AgentTime:
    """What an agent did: sessions and pauses as (start, end) in ns, end None while they last."""

    agent: str
    missed: int = 0
    sessions: list[tuple[int, int | None]] = field(default_factory=list)
    pauses: list[tuple[int, int | None]] = field(default_factory=list)


def read_file(text: str, file: str) -> tuple[list[QueueEvent], list[int]]:
    """The events of a queue_log file, and the lines that are none."""
    events: list[QueueEvent] = []
    bad: list[int] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r")
        found = _LINE.fullmatch(line)
        if found and int(found[1]) <= _LATEST_S:
            data = found[6].split("|") if found[6] is not None else []
            events.append(_event(int(found[1]) * 10**9, found.group(2, 3, 4, 5), data, file, number))
        elif line.strip():
            bad.append(number)
    return events, bad


def read_rows(
    rows: Iterable[tuple[int | None, Mapping[str, Any]]], zone: tzinfo | None, file: str
) -> Iterator[QueueEvent]:
    """The events of a table queue_log (line, values by column): data1 to data5, or one column data."""
    clock = Clock(zone)
    for line, row in rows:
        time = row.get("time")
        told = CelEvent()
        clock.place(told, told_moment(time) if isinstance(time, datetime) else read_time(str(time or "")))
        if told.time == NULL_INT or not row.get("event"):
            continue
        if row.get("data1") is None and row.get("data"):
            data = str(row["data"]).split("|")
        else:
            data = ["" if row.get(name) is None else str(row[name]) for name in _DATA]
        texts = tuple(str(row.get(name) or "") for name in ("callid", "queuename", "agent", "event"))
        yield _event(told.time, texts, data, file, line)


def _event(time: int, texts: tuple[str, ...], data: list[str], file: str, line: int | None) -> QueueEvent:
    callid, queue, agent, event = ("" if text == "NONE" else text for text in texts)
    return QueueEvent(time, callid, queue, agent, event, data, file, line)


def queue_calls(events: Sequence[QueueEvent]) -> list[QueueCall]:
    """The calls in the queues, by when they came; a call that comes back, or goes on to another queue, counts again."""
    calls: list[QueueCall] = []
    waiting: dict[tuple[str, str], QueueCall] = {}
    for event in events:
        key = (event.callid, event.queue)
        call = waiting.get(key)
        if event.event == "ENTERQUEUE":
            call = waiting[key] = QueueCall(event.queue, event.callid, event.time, file=event.file, line=event.line)
            call.caller = _datum(event, 1) or None
            call.position = _whole(event, 2)
            calls.append(call)
        elif event.event in REFUSALS:
            refused = QueueCall(event.queue, event.callid, event.time, file=event.file, line=event.line)
            refused.outcome, refused.ended, refused.wait_s = REFUSALS[event.event], event.time, 0.0
            calls.append(refused)
        elif call is not None:
            _go_on(call, event)
            if call.ended is not None:
                del waiting[key]
    return calls


def _go_on(call: QueueCall, event: QueueEvent) -> None:
    if event.event == "CONNECT":
        call.outcome, call.connected, call.agent = "answered", event.time, event.agent or None
        call.wait_s, call.ring_s = _seconds(event, 0), _seconds(event, 2)
        if call.wait_s is None:
            call.wait_s = (event.time - call.entered) / 1e9
    elif event.event in ("RINGNOANSWER", "RINGCANCELED"):
        call.tries += event.event == "RINGNOANSWER"
    elif event.event in _LEFT:
        call.outcome, at = _LEFT[event.event]
        call.ended, call.wait_s = event.time, _seconds(event, at) if at >= 0 else None
        if call.wait_s is None:
            call.wait_s = (event.time - call.entered) / 1e9
    elif event.event in _COMPLETED:
        call.ended, call.ended_by, call.talk_s = event.time, _COMPLETED[event.event], _seconds(event, 1)
    elif event.event in _TRANSFERRED:
        link = event.event == "ATTENDEDTRANSFER" and _datum(event, 0) == "LINK"  # two channels, not one bridge
        call.ended, call.ended_by, call.talk_s = event.time, "transfer", _seconds(event, 4 if link else 3)
    elif event.event == "AGENTDUMP":
        call.outcome, call.connected, call.agent = None, None, None


def agent_times(events: Sequence[QueueEvent]) -> list[AgentTime]:
    """Sessions, pauses and unanswered rings of each agent, by name. A pause in several queues at once is one."""
    agents: dict[str, AgentTime] = {}
    logged: dict[str, set[str]] = {}
    paused: dict[str, set[str]] = {}
    for event in events:
        if not event.agent:
            continue
        agent = agents.setdefault(event.agent, AgentTime(event.agent))
        if event.event == "RINGNOANSWER":
            agent.missed += 1
        elif event.event in ("ADDMEMBER", "AGENTCALLBACKLOGIN", "AGENTLOGIN"):
            _open(agent.sessions, logged.setdefault(event.agent, set()), event)
        elif event.event in ("REMOVEMEMBER", "AGENTCALLBACKLOGOFF", "AGENTLOGOFF"):
            _close(agent.sessions, logged.setdefault(event.agent, set()), event)
            if not logged[event.agent] and paused.get(event.agent):
                paused[event.agent].clear()
                agent.pauses[-1] = (agent.pauses[-1][0], event.time)
        elif event.event in ("PAUSE", "PAUSEALL"):
            _open(agent.pauses, paused.setdefault(event.agent, set()), event)
        elif event.event in ("UNPAUSE", "UNPAUSEALL"):
            _close(agent.pauses, paused.setdefault(event.agent, set()), event)
    return sorted(agents.values(), key=lambda agent: agent.agent)


def _open(spans: list[tuple[int, int | None]], where: set[str], event: QueueEvent) -> None:
    if not where:
        spans.append((event.time, None))
    where.add(event.queue)


def _close(spans: list[tuple[int, int | None]], where: set[str], event: QueueEvent) -> None:
    if not where:
        return
    if event.event in ("UNPAUSEALL", "AGENTCALLBACKLOGOFF", "AGENTLOGOFF"):
        where.clear()
    where.discard(event.queue)
    if not where:
        spans[-1] = (spans[-1][0], event.time)


def _datum(event: QueueEvent, n: int) -> str:
    return event.data[n] if n < len(event.data) else ""


def _whole(event: QueueEvent, n: int) -> int | None:
    text = _datum(event, n)
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None


def _seconds(event: QueueEvent, n: int) -> float | None:
    text = _datum(event, n)
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None
