"""The calls of logs one record after the other, with an object for each: slow, and another way than the kernels'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np

from xivolab.asterisk.helpers import is_helper
from xivolab.asterisk.log.happenings import Happening, read_record
from xivolab.asterisk.log.logs import Logs
from xivolab.asterisk.log.names import endpoint_of
from xivolab.asterisk.log.pick import NOTHING, pick_records
from xivolab.schema import NULL_INT

SECOND = 1_000_000_000
_ENDED_FOR = 5 * SECOND
_NEAR = 10 * SECOND
"""So long may pass between an INVITE in the log and the first step of its call."""


@dataclass(slots=True)
class Entry:
    """One record that tells something: its place (file number, line), its time in ns or None, and what it says."""

    file: int
    line: int
    time: int | None
    callid: int
    thread: int
    told: Happening


@dataclass(slots=True)
class Group:
    """The entries of one call id; `callid` is -1 where the log has none. `call_ids` are SIP Call-IDs that it proves."""

    boot: int
    callid: int
    entries: list[Entry] = field(default_factory=list)
    call_ids: list[str] = field(default_factory=list)
    channels: dict[str, None] = field(default_factory=dict)
    ended: int | None = None

    @property
    def log_id(self) -> str | None:
        """The call id as Asterisk writes it."""
        return None if self.callid < 0 else f"C-{self.callid:08x}"


Boots = dict[int, tuple[tuple[int, int], tuple[int, int] | None]]
"""For each start of Asterisk the place (file, line) of what is first known of it, and of the next one, None for the last."""


def grouped(entries: Iterable[Entry]) -> tuple[list[list[Group]], Boots]:
    """The groups of each call, those of one in order of their beginning; `entries` are of one server, in order."""
    grouper = _Grouper()
    calls = grouper.run(entries)
    begins = grouper.begins
    return calls, {boot: (begins[boot], begins.get(boot + 1)) for boot in begins}


class _Grouper:
    def __init__(self) -> None:
        self._boot = 0
        self.begins: dict[int, tuple[int, int]] = {}
        self._restarted = self._opened = False
        self._mark: tuple[int, int] | None = None  # where Asterisk may have started anew
        self._top = -1
        self._groups: dict[tuple[int, int], Group] = {}
        self._loose: list[Group] = []  # of logs without call ids, and calls that got none
        self._homes: dict[str, Group] = {}  # channel → its group, of this boot
        self._threads: dict[int, Group] = {}
        self._bridges: dict[str, Group] = {}
        self._parents: dict[int, Group] = {}
        self._invites: dict[str, Entry] = {}
        self._tied: set[str] = set()

    def run(self, entries: Iterable[Entry]) -> list[list[Group]]:
        for entry in entries:
            self._take(entry)
        calls: dict[int, list[Group]] = {}
        for group in [*self._groups.values(), *self._loose]:
            calls.setdefault(id(self._root(group)), []).append(group)
        return [sorted(groups, key=_begin) for groups in calls.values() if any(_tells(group) for group in groups)]

    def _take(self, entry: Entry) -> None:
        what = entry.told.what
        self.begins.setdefault(0, (entry.file, 0))
        if what in ("started", "stopped", "opened"):
            self._restarted |= what != "opened"
            self._opened |= what == "opened"
            self._mark = (entry.file, entry.line)
        elif what == "lost":
            return
        elif what == "invite":
            if entry.told.facts[0] == "in" and entry.told.facts[1] not in self._tied:
                self._invites[entry.told.facts[1]] = entry
        else:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        told = entry.told
        if entry.callid >= 0:
            if self._is_new_boot(entry):
                self._boot += 1
                self.begins[self._boot] = self._mark or (entry.file, entry.line)
                self._top = -1
                self._homes, self._threads, self._bridges = {}, {}, {}
            self._restarted = self._opened = False
            self._mark = None
            self._top = max(self._top, entry.callid)
            key = (self._boot, entry.callid)
            group = self._groups.get(key)
            if group is None:
                group = self._groups[key] = Group(*key)
        else:
            group = self._loose_group(entry)
        begins = told.what == "step" and not group.entries
        group.entries.append(entry)
        for channel in (told.channel, told.other):
            if channel and told.what != "called":
                if channel not in self._homes:
                    self._homes[channel] = group
                group.channels.setdefault(channel)
        if begins:
            self._tie_invite(group, entry)
        if told.what == "step" and told.facts[3] == "NoOp" and "Call-ID" in told.facts[4]:
            call_id = told.facts[4].rpartition(": ")[2].strip()
            if call_id and call_id not in group.call_ids:
                group.call_ids.append(call_id)
        if told.what in ("exit", "fell-through"):
            group.ended = entry.time
        elif told.what == "step":
            group.ended = None
        if told.what == "bridge" and told.facts[0] != "left" and "basic" in told.facts[2]:
            self._bridged(told.facts[3], self._homes[told.channel])
        if entry.thread >= 0:
            self._threads[entry.thread] = group

    def _is_new_boot(self, entry: Entry) -> bool:
        if entry.callid > self._top:
            return False
        if self._restarted:
            return True
        known = self._groups.get((self._boot, entry.callid))
        begins = entry.told.what == "step"
        if self._opened:  # reopened by rotation, or by a start: a call goes on in its threads and with its channels
            return begins and (known is None or entry.told.channel not in known.channels or known.ended is not None)
        if known is None or known.ended is None or entry.time is None:
            return False
        return begins and entry.time - known.ended > _ENDED_FOR

    def _loose_group(self, entry: Entry) -> Group:
        told = entry.told
        found = self._homes.get(told.channel) or self._homes.get(told.other)
        if found is None and told.what not in ("step", "no-extension"):
            found = self._threads.get(entry.thread) if entry.thread >= 0 else self._loose[-1] if self._loose else None
        if found is None or (told.what == "no-extension"):
            found = Group(self._boot, -1)
            self._loose.append(found)
        return found

    def _tie_invite(self, group: Group, entry: Entry) -> None:
        """The INVITE before the first step of a call, where the same log has both."""
        exten, endpoint = entry.told.facts[0], endpoint_of(entry.told.channel)
        for call_id, invite in self._invites.items():
            _, _, from_user, to_user = invite.told.facts
            late = entry.time is None or invite.time is None or entry.time - invite.time <= _NEAR
            if late and (to_user == exten or from_user == endpoint):
                group.call_ids.append(call_id)
                del self._invites[call_id]
                self._tied.add(call_id)
                return

    def _bridged(self, bridge: str, group: Group) -> None:
        other = self._bridges.setdefault(bridge, group)
        one, two = self._root(other), self._root(group)
        if one is not two:
            self._parents[id(two)] = one

    def _root(self, group: Group) -> Group:
        while id(group) in self._parents:
            group = self._parents[id(group)]
        return group


def is_local(channel: str) -> bool:
    """Whether a channel is one half of a Local channel."""
    return channel.startswith("Local/")


def walked(groups: list[Group]) -> Iterator[Entry]:
    """The entries of the groups of a call, in order."""
    yield from sorted((entry for group in groups for entry in group.entries), key=_place)


def _place(entry: Entry) -> tuple[int, int, int]:
    return (entry.time or 0, entry.file, entry.line)


def _begin(group: Group) -> tuple[int, int, int]:
    return _place(group.entries[0])


def _tells(group: Group) -> bool:
    return any(entry.told.what in ("step", "bridge", "no-extension", "answered") for entry in group.entries)


_ANSWERS = frozenset(
    (
        "Answer",
        "Playback",
        "BackGround",
        "Background",
        "VoiceMail",
        "VoiceMailMain",
        "ConfBridge",
        "MeetMe",
        "Echo",
        "Read",
        "Record",
        "MusicOnHold",
        "DISA",
        "Directory",
        "Milliwatt",
        "SayDigits",
        "SayNumber",
        "SayAlpha",
        "ControlPlayback",
        "PlayTones",
        "ReceiveFAX",
        "SendFAX",
        "ChanSpy",
        "Park",
    )
)
"""Applications that answer the channel, or play to it for which it is answered."""
_DIALS = frozenset({"Dial", "Queue", "RetryDial", "Page", "FollowMe", "Originate"})
_NUMBER = re.compile(r"_*(?:XIVO|WAZO)_(SRC|DST)NUM=(.+)")
_TIMED_OUT_AFTER = 30 * SECOND  # a phone that does not answer an INVITE at all is given up after 32 s
_NOT_REGISTERED = (3, 20)
_STATUS_OF = {"Busy": 486, "Congestion": 503}


@dataclass(slots=True)
class LogCall:
    """A call as a log tells it: fields of `xivolab.schema.CALL`, its groups, and which numbers the dialplan told."""

    fields: dict[str, Any]
    groups: list[Group]
    numbers: dict[str, str] = field(default_factory=dict)
    channels: list[str] = field(default_factory=list)
    """The caller's first."""
    talked: set[str] = field(default_factory=set)
    """Those that were in a bridge, or answered."""
    boots: Boots = field(default_factory=dict)

    @property
    def call_ids(self) -> list[str]:
        """The SIP Call-IDs that the log proves to be this call's."""
        return list(dict.fromkeys(call_id for group in self.groups for call_id in group.call_ids))


def log_call(groups: list[Group], host: str | None, boots: Boots) -> LogCall:
    """The call of some groups."""
    call = _Reader(groups, host).call()
    call.boots = boots
    return call


class _Reader:
    """One walk over the entries of a call."""

    def __init__(self, groups: list[Group], host: str | None) -> None:
        self._groups = groups
        self._host = host
        self._entries = list(walked(groups))
        self._steps = [entry for entry in self._entries if entry.told.what == "step"]
        self._caller = self._find_caller()
        self._numbers: dict[str, str] = {}
        self._start = self._entries[0].time
        self._answered: Entry | None = None
        self._answer_known = False  # whether its time is
        self._connected: Entry | None = None
        self._rang: Entry | None = None
        self._dial: Entry | None = None  # the last attempt to reach somebody
        self._called = False
        self._verdict: Entry | None = None  # what came of it
        self._not_made: int | None = None
        self._hung_up: Entry | None = None  # the dialplan's own Hangup, Busy or Congestion
        self._final: Entry | None = None
        self._in_bridge: dict[str, set[str]] = {}
        self._first_out: str | None = None  # who left the last bridge first
        self._talked: set[str] = set()
        self._timed_out = False
        for entry in self._entries:
            self._walk(entry)

    def _find_caller(self) -> str:
        """The channel whose dialplan runs; else, of a call begun before the log, whoever is named first."""
        first = self._groups[0].entries
        ways = (("step",), ("exit", "fell-through"), ("answered",), ("bridge", "ringing", "progress"))
        for local in (False, True):
            for whats in ways:
                for entry in first:
                    channel = entry.told.other or entry.told.channel
                    if entry.told.what in whats and channel and is_local(channel) is local:
                        return channel
        return ""

    def _walk(self, entry: Entry) -> None:
        told = entry.told
        handler = getattr(self, f"_on_{told.what.replace('-', '_')}", None)
        if handler is not None:
            handler(entry)

    def _on_step(self, entry: Entry) -> None:
        application, arguments = entry.told.facts[3:5]
        if entry.told.channel == self._caller:
            self._final = None
        if found := _NUMBER.fullmatch(arguments):
            self._numbers.setdefault(found[1], found[2])
        elif application in _DIALS:
            self._dial, self._called, self._verdict, self._not_made = entry, False, None, None
        elif application in ("Hangup", "Busy", "Congestion"):
            self._hung_up = entry
        elif application in _ANSWERS and entry.told.channel == self._caller and "noanswer" not in arguments:
            self._answer(entry)

    def _answer(self, entry: Entry) -> None:
        if self._answered is None:
            self._answered, self._answer_known = entry, True

    def _on_called(self, entry: Entry) -> None:
        self._called = True

    def _on_ringing(self, entry: Entry) -> None:
        self._rang = self._rang or entry

    _on_progress = _on_ringing

    def _on_answered(self, entry: Entry) -> None:
        self._answer(entry)
        self._connected = self._connected or entry
        self._talked.add(entry.told.channel)

    def _on_no_answer(self, entry: Entry) -> None:
        self._verdict = self._verdict or entry

    _on_refused = _on_no_answer

    def _on_busy(self, entry: Entry) -> None:
        self._called = True

    def _on_not_made(self, entry: Entry) -> None:
        self._not_made = min(int(entry.told.facts[1]), 2**31 - 1)

    def _on_exit(self, entry: Entry) -> None:
        if entry.told.channel == self._caller:
            self._final = entry

    _on_fell_through = _on_exit
    _on_no_extension = _on_exit

    def _on_timed_out(self, entry: Entry) -> None:
        self._timed_out = True

    def _on_bridge(self, entry: Entry) -> None:
        way, _, kind, bridge = entry.told.facts
        if is_helper(entry.told.channel):  # the announcer of a conference is nobody to talk with
            return
        if not kind.startswith("basic"):  # a conference, or where callers wait: nobody that was called
            if entry.told.channel == self._caller:
                self._final = entry if way == "left" else None  # it may hang up there: no step is told then
            return
        inside = self._in_bridge.setdefault(bridge, set())
        if way in ("joined", "swapped"):
            inside.add(entry.told.channel)
            inside.discard(entry.told.other)  # it was swapped with that: a Local channel, no longer needed
            self._talked.add(entry.told.channel)
            self._first_out = None
            self._final = None if entry.told.channel == self._caller else self._final
            if len(inside) > 1:
                self._connected = self._connected or entry
                if self._answered is None:  # it was, before the log begins
                    self._answered = entry
        else:
            if entry.told.channel not in inside and self._answered is None:  # it joined before the log begins
                self._answered = self._connected = entry
            inside.discard(entry.told.channel)
            # The last one in a bridge, while the talk goes on in another, is a transferor.
            alone = not inside and any(self._in_bridge.values())
            if not alone and not is_local(entry.told.channel):
                self._first_out = self._first_out or entry.told.channel

    def call(self) -> LogCall:
        """The fields of the call."""
        missing = next((entry for entry in self._entries if entry.told.what == "no-extension"), None)
        if missing is not None:
            return self._refused_at_once(missing)
        partial = not self._groups[0].entries or not self._begins()
        ended = self._ended()
        in_room = self._final is not None and self._final.told.what == "bridge"
        last = (self._final if self._final and in_room else self._entries[-1]).time
        answered = True if self._answered else None if partial else False
        answered_at = self._answered.time if self._answered and self._answer_known else None
        connected_at = self._connected.time if self._connected else None
        if partial and not self._answer_known:
            connected_at = None
        since = connected_at or answered_at
        talk = (last - since) / SECOND if ended and since and last else 0.0 if ended and answered is False else None
        state, status, cause, released = self._outcome(ended)
        first = self._groups[0].entries[0]
        exten = self._steps[0].told.facts[0] if self._steps and not partial else None
        fields = {
            "from_user": None if is_local(self._caller) else endpoint_of(self._caller) or None,
            "to_user": exten if exten not in ("s", "h", "i", "t", "failed") else None,
            "start": None if partial else self._start,
            "end": last if ended else None,
            "answered": answered,
            "answered_at": answered_at,
            "answered_by": ("callee" if self._connected else "server") if self._answered else None,
            "connected_at": connected_at,
            "setup_s": self._setup(),
            "talk_s": talk,
            "state": state,
            "status": status,
            "cause": cause,
            "released_by": released,
            "partial": partial,
            "originated": is_local(self._caller),
        }
        return self._made(fields, first)

    def _made(self, fields: dict[str, Any], first: Entry) -> LogCall:
        numbers = {name: value for name, value in self._numbers.items() if value}
        call = LogCall(fields, self._groups, numbers)
        fields["caller"] = numbers.get("SRC") or fields["from_user"]
        fields["callee"] = numbers.get("DST") or fields["to_user"]
        if self._caller:
            call.channels = list(dict.fromkeys([self._caller, *(c for g in self._groups for c in g.channels)]))
        call.talked = self._talked
        fields["log_ids"] = list(dict.fromkeys(group.log_id for group in self._groups if group.log_id))
        told = first.told
        mark = f"{self._host or ''} {self._groups[0].log_id} {told.channel} {told.facts} {first.line}"
        fields["id"] = blake2b(mark.encode(), digest_size=6).hexdigest()
        return call

    def _begins(self) -> bool:
        """Whether the first thing that is seen of the call is its first step."""
        first = self._groups[0].entries[0].told
        return first.what == "step" and first.facts[2] == "1"

    def _ended(self) -> bool:
        if any(self._in_bridge.values()):
            return False
        if self._final is not None:
            return True
        # A call whose dialplan is not seen, or whose caller left it: its last bridge is empty.
        return self._first_out is not None and not any(e.told.channel == self._caller for e in self._steps)

    def _setup(self) -> float | None:
        """From the first step to the first ringing; in logs with whole seconds it would mean nothing."""
        if self._rang is None or self._rang.time is None or self._start is None or not self._begins():
            return None
        exact = any(entry.time is not None and entry.time % SECOND for entry in self._entries)
        return (self._rang.time - self._start) / SECOND if exact else None

    def _outcome(self, ended: bool) -> tuple[str, int | None, int | None, str | None]:
        """State, status, Q.850 cause, who released."""
        if not ended:
            if self._answered:
                return "in-call", 200 if self._answer_known else None, None, None
            return "ringing" if self._rang else "setup", None, None, None
        cause = self._hangup_cause()
        if self._answered:
            return "completed", 200 if self._answer_known else None, cause, self._released()
        if self._verdict is None and self._dial is not None:
            if is_local(self._caller):  # nobody is there to hang up, and no SIP tells a status
                return "cancelled", None, cause, "server"
            return "cancelled", 487, cause, "caller"
        if self._verdict is not None and self._verdict.told.what == "no-answer":
            return "no-answer", None, cause, "server"
        if self._verdict is not None:
            return self._refusal(cause)
        if self._hung_up is None and self._final is not None and self._final.told.what == "exit":
            return "cancelled", 487, cause, "caller"
        application = self._hung_up.told.facts[3] if self._hung_up else ""
        state = "busy" if application == "Busy" or cause == 17 else "failed"
        return state, _STATUS_OF.get(application), cause, "server"

    def _refusal(self, cause: int | None) -> tuple[str, int | None, int | None, str | None]:
        """What "Everyone is busy/congested at this time" means."""
        assert self._verdict is not None
        busy, congested, others = (int(number) for number in self._verdict.told.facts)
        if self._not_made is not None and not self._called:
            return "failed", None, cause or self._not_made or None, "server"
        if busy:
            return "busy", None, cause or 17, "callee"
        waited = self._verdict.time and self._dial and self._dial.time and self._verdict.time - self._dial.time
        if others and not congested and not (waited and waited >= _TIMED_OUT_AFTER):
            return "rejected", None, cause, "callee"
        return "failed", None, cause or (34 if congested else None), "callee" if congested else "server"

    def _hangup_cause(self) -> int | None:
        arguments = self._hung_up.told.facts[4] if self._hung_up and self._hung_up.told.facts[3] == "Hangup" else ""
        return min(int(arguments), 2**31 - 1) if arguments.isdecimal() else None

    def _released(self) -> str | None:
        if self._timed_out:
            return "server"
        if self._connected and self._first_out:
            return "caller" if self._first_out == self._caller else "callee"
        if self._hung_up is not None or (self._final is not None and self._final.told.what == "fell-through"):
            return "server"
        return "caller" if self._final is not None else None

    def _refused_at_once(self, entry: Entry) -> LogCall:
        """A number that the dialplan does not have: Asterisk answers 404 (res_pjsip_session.c, new_invite)."""
        endpoint, user, _, exten, _ = entry.told.facts
        fields = {
            "from_user": endpoint or user or None,
            "to_user": exten or None,
            "start": entry.time,
            "end": entry.time,
            "answered": False,
            "answered_at": None,
            "answered_by": None,
            "connected_at": None,
            "setup_s": None,
            "talk_s": 0.0,
            "state": "failed",
            "status": 404,
            "cause": None,
            "released_by": "server",
            "partial": False,
            "originated": False,
        }
        return self._made(fields, entry)


def plain_calls(logs: Logs) -> list[LogCall]:
    """The calls of logs of one server."""
    found = []
    for server in dict.fromkeys(file.server for file in logs.files):
        numbers = [number for number in logs.order if logs.files[number].server == server]
        calls, boots = grouped(_in_order(logs, numbers))
        found += [log_call(groups, logs.files[numbers[0]].host, boots) for groups in calls]
    return found


def _in_order(logs: Logs, numbers: list[int]) -> list[Entry]:
    files = [list(_entries(logs, number)) for number in numbers]
    entries = [entry for found in files for entry in found]
    if not logs._overlap(numbers):
        return entries
    seen: dict[tuple[object, ...], int] = {}
    return [
        entry
        for entry in sorted(entries, key=lambda entry: entry.time or 0)
        if seen.setdefault((entry.time, entry.thread, entry.callid, entry.told), entry.file) == entry.file
    ]


def _entries(logs: Logs, number: int) -> Iterator[Entry]:
    seen = np.zeros(1 << 14, np.int64)
    for block in logs.blocks(number):
        kinds = np.zeros(block.count, np.uint8)
        pick_records(block.buffer, block.rows, block.count, seen, kinds)
        for place in np.flatnonzero(kinds != NOTHING).tolist():
            row = block.rows[place]
            told = read_record(int(kinds[place]), block.buffer[row["message"] : row["end"]].tobytes())
            if told is not None:
                time = int(logs.clocks[number].epoch(block.rows[place : place + 1])[0])
                at = None if time == NULL_INT else time
                yield Entry(number, int(row["line"]), at, int(row["callid"]), int(row["thread"]), told)
