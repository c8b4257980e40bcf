"""What befell the channels of one Asterisk, as calls: by call id, boot and bridge.

A call id ([C-…]) is that of all channels that were made for one call, Local channels and members of queues included.
Bridges tie two of them together when a transfer completes. Call ids start again with each start of Asterisk, which its log
shows: it says that it is ready, or writes its banner and then counts from the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xivolab.asterisk.log.happenings import Happening

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
        self._tied: set[str] = set()  # Call-IDs that a call has: another INVITE of one is its own, or a second copy

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


def endpoint_of(channel: str) -> str:
    """The endpoint, peer or line of a channel: "PJSIP/alice-0000001a" → "alice"."""
    name = channel.partition("/")[2]
    head, dash, tail = name.rpartition("-")
    return head if dash and len(tail) >= 8 else name


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
