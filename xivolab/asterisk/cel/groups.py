"""Events put together into calls: those of one linked id, and of linked ids that a transfer, a pick-up or a bridge joined.

Asterisk gives a channel the linked id of the oldest one it has to do with, from then on (main/channel.c, main/bridge.c): a
channel with rows under two linked ids joins them. Events are added in the order of time; a call whose channels are all gone can
be taken out, so that memory holds the calls that last and not the rows of a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from xivolab.asterisk.cel.event import CelEvent, uniqueid_key

_GRACE_NS = 60 * 10**9
"""A call may be joined to another for that long after its last event."""

_UNIQUEIDS = (
    "transferee_channel_uniqueid",
    "transfer_target_channel_uniqueid",
    "channel2_uniqueid",
    "pickup_channel_uniqueid",
    "local_two_uniqueid",
)
"""What in `extra` names channels that belong to the same call."""

_HOLDING = "holding_bridge"
"""Where parked callers of many calls are held: it joins nobody, nor does a conference, which may last a day."""


@dataclass(slots=True, eq=False)
class Group:
    """The events of one call, by time."""

    events: list[CelEvent] = field(default_factory=list)
    names: set[tuple[str, str]] = field(default_factory=set)
    alive: set[str] = field(default_factory=set)

    @property
    def linkedids(self) -> list[str]:
        """Its linked ids, the oldest first."""
        return sorted({event.linkedid for event in self.events if event.linkedid}, key=uniqueid_key)

    @property
    def id(self) -> str:
        """A hash of the oldest linked id, else of the first channel."""
        first = next(iter(self.linkedids), "") or min(
            (event.uniqueid or event.channame for event in self.events), key=uniqueid_key
        )
        return call_id_of(first)


def call_id_of(linkedid: str) -> str:
    """The id of the call that this linked id is the oldest of."""
    return blake2b(linkedid.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()


class Grouper:
    """Takes events in the order of time and gives calls."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, str], Group] = {}
        self._groups: dict[Group, None] = {}

    def add(self, event: CelEvent) -> None:
        """One more event."""
        names = _names(event)
        found = {self._of[name]: None for name in names if name in self._of}
        if len(found) == 1:
            (group,) = found
        elif found:
            group = max(found, key=lambda one: len(one.events))
            for other in found:
                if other is not group:
                    self._merge(group, other)
        else:
            group = Group()
            self._groups[group] = None
        group.events.append(event)
        group.names.update(names)
        for name in names:
            self._of[name] = group
        channel = event.uniqueid or event.channame
        if event.eventtype in ("CHAN_END", "HANGUP"):
            group.alive.discard(channel)
        elif channel and event.eventtype != "LINKEDID_END":
            group.alive.add(channel)

    def finished(self, now: int) -> Iterator[Group]:
        """Takes out the calls that nothing will be added to: all channels gone a while before `now` (ns)."""
        for group in list(self._groups):
            if not group.alive and group.events[-1].time < now - _GRACE_NS:
                self._forget(group)
                yield group

    def since(self) -> int | None:
        """Since when (ns) calls last that are not over, None when there is none."""
        return min((group.events[0].time for group in self._groups), default=None)

    def rest(self) -> Iterator[Group]:
        """Takes out all that are left."""
        for group in list(self._groups):
            self._forget(group)
            yield group

    def _merge(self, group: Group, other: Group) -> None:
        del self._groups[other]
        for name in other.names:
            self._of[name] = group
        group.names |= other.names
        group.alive |= other.alive
        group.events += other.events
        group.events.sort(key=lambda event: event.time)

    def _forget(self, group: Group) -> None:
        del self._groups[group]
        for name in group.names:
            self._of.pop(name, None)


def _names(event: CelEvent) -> list[tuple[str, str]]:
    """What ties an event to others of its call."""
    names = _told_names(event) if "uniqueid" in event.extra or "bridge_id" in event.extra else []
    names += [("id", event.uniqueid)] if event.uniqueid else []
    names += [("linked", event.linkedid)] if event.linkedid else []
    if not names and event.call_log_id is not None:
        names.append(("journal", str(event.call_log_id)))
    # An extract without any id is of one call: that is why somebody made it.
    return names or [("file", str(event.file))]


def _told_names(event: CelEvent) -> list[tuple[str, str]]:
    """What `extra` names: channels, and the bridge."""
    facts = event.facts
    names = [
        ("id", value) for key in _UNIQUEIDS if isinstance(value := facts.get(key), str) and value not in ("", "N/A")
    ]
    bridge = facts.get("bridge_id")
    if isinstance(bridge, str) and bridge and facts.get("bridge_technology") != _HOLDING and not event.in_room:
        names.append(("bridge", bridge))
    return names


def group(events: list[CelEvent]) -> list[Group]:
    """The calls of events that are in the order of time, by their first event."""
    grouper = Grouper()
    for event in events:
        grouper.add(event)
    found = list(grouper.rest())
    for one in found:
        one.events.sort(key=lambda event: event.position)
    return sorted(found, key=lambda one: one.events[0].position)
