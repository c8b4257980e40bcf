"""The channels and bridges of one call, and what happened to them, from its events.

What each event means: Asterisk's CEL specification (documentation, Configuration/Reporting) for 12 and later; BRIDGE_START and
BRIDGE_END are those of 1.8 and 11, one for both channels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from xivolab.asterisk.cel.event import CelEvent
from xivolab.asterisk.helpers import is_helper

HOLDING = "holding_bridge"
"""The technology of bridges where callers wait: no conversation."""


@dataclass(slots=True, eq=False)
class Stay:
    """A channel in a bridge, from `enter` to `exit` (ns, None while it lasts or where not told); `room` is a conference's."""

    bridge: str
    technology: str
    enter: int
    exit: int | None = None
    room: bool = False


@dataclass(slots=True, eq=False)
class Channel:
    """One channel. Times are ns, None where not told; `number`, `name` and `exten` as first known.

    `cause`, `source` and `dialstatus` are those of its HANGUP: source names who hung up, "" for nobody.
    """

    key: str
    name: str
    uniqueid: str
    first: CelEvent
    start: int | None = None
    answered: int | None = None
    end: int | None = None
    last: int | None = None
    number: str = ""
    person: str = ""
    exten: str = ""
    context: str = ""
    cause: int | None = None
    source: str | None = None
    dialstatus: str = ""
    stays: list[Stay] = field(default_factory=list)
    waits: list[tuple[str, int, int | None]] = field(default_factory=list)
    events: list[CelEvent] = field(default_factory=list)

    @property
    def is_local(self) -> bool:
        """One half of a Local channel: Asterisk's way to dial its own dialplan."""
        return self.name.startswith("Local/")

    @property
    def is_party(self) -> bool:
        """Whether somebody, or another server, is at its other end."""
        return not self.is_local and not is_helper(self.name)

    @property
    def device(self) -> str:
        """Its name without the counter: PJSIP/alice of PJSIP/alice-00000001."""
        return device_of(self.name)

    @property
    def other_half(self) -> str:
        """The name of the other half of a Local channel, "" for others."""
        if not self.is_local or self.name[-2:] not in (";1", ";2"):
            return ""
        return self.name[:-1] + ("2" if self.name.endswith("1") else "1")

    @property
    def talks(self) -> list[Stay]:
        """Its stays in bridges where people talk with whom they called."""
        return [stay for stay in self.stays if stay.technology != HOLDING and not stay.room]


def device_of(name: str) -> str:
    """The device of a channel name, of a Local channel its extension: Local/100@default."""
    return re.sub(r"-[0-9a-f]{6,16}(;[12])?$", "", name)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened to the call: `kind` and whom it names; `event` tells it."""

    kind: str
    time: int
    channel: str
    other: str
    text: str
    event: CelEvent


@dataclass(slots=True)
class Model:
    """What the events of one call say: `channels` by their beginning, `facts` by time."""

    events: list[CelEvent]
    channels: list[Channel]
    facts: list[Fact]

    def named(self, name: str) -> Channel | None:
        """The channel of that name."""
        return next((one for one in self.channels if one.name == name), None)

    @property
    def bridges(self) -> list[str]:
        """The ids of its bridges, in the order in which they were entered."""
        stays = sorted((stay for one in self.channels for stay in one.stays), key=lambda stay: stay.enter)
        return list(dict.fromkeys(stay.bridge for stay in stays))


def build(events: Sequence[CelEvent]) -> Model:
    """The model of a call, from its events in order."""
    builder = _Builder()
    for event in events:
        builder.add(event)
    return Model(list(events), list(builder.channels.values()), builder.facts)


class _Builder:
    def __init__(self) -> None:
        self.channels: dict[str, Channel] = {}
        self.facts: list[Fact] = []
        self._by_name: dict[str, Channel] = {}

    def add(self, event: CelEvent) -> None:
        if not (event.uniqueid or event.channame):
            return
        channel = self._channel(event)
        channel.events.append(event)
        channel.last = event.time
        if event.eventtype != "LINKEDID_END" or channel.end is None:
            _know(channel, event)
        handle = getattr(self, f"_{event.eventtype.lower()}", None)
        if handle is not None:
            handle(channel, event)
        elif event.user_defined:
            self._fact("user-event", channel, event, "", " ".join(filter(None, (event.name, _user_text(event)))))

    def _channel(self, event: CelEvent) -> Channel:
        key = event.uniqueid or event.channame
        channel = self.channels.get(key)
        if channel is None:
            # Beside rows with unique ids, one without may name the same channel.
            channel = None if event.uniqueid else self._by_name.get(event.channame)
        if channel is None:
            channel = self.channels[key] = Channel(key, event.channame, event.uniqueid, event)
            self._by_name[event.channame] = channel
        elif event.channame and channel.name != event.channame:  # a masquerade gives a channel another's name
            channel.name = channel.name or event.channame
            self._by_name[event.channame] = channel
        return channel

    def _fact(self, kind: str, channel: Channel, event: CelEvent, other: str = "", text: str = "") -> None:
        self.facts.append(Fact(kind, event.time, channel.name, other, text, event))

    # Each event by its name, in lower case.

    def _chan_start(self, channel: Channel, event: CelEvent) -> None:
        channel.start = event.time
        channel.exten, channel.context = event.exten, event.context

    def _answer(self, channel: Channel, event: CelEvent) -> None:
        channel.answered = event.time if channel.answered is None else channel.answered

    def _hangup(self, channel: Channel, event: CelEvent) -> None:
        facts = event.facts
        cause = str(facts.get("hangupcause"))
        channel.cause = int(cause) or None if cause.isdecimal() else None
        source = facts.get("hangupsource")
        channel.source = None if source is None else str(source)
        channel.dialstatus = str(facts.get("dialstatus") or "")
        self._ended(channel, event.time)

    def _chan_end(self, channel: Channel, event: CelEvent) -> None:
        self._ended(channel, event.time)

    def _ended(self, channel: Channel, time: int) -> None:
        channel.end = time if channel.end is None else channel.end
        for stay in channel.stays:
            stay.exit = time if stay.exit is None else stay.exit
        _close_waits(channel, time)

    def _app_start(self, channel: Channel, event: CelEvent) -> None:
        if event.appname == "Queue":
            channel.waits.append(("queue", event.time, None))
            self._fact("queue", channel, event, event.appdata.split(",")[0])

    def _app_end(self, channel: Channel, event: CelEvent) -> None:
        if event.appname == "Queue":
            _close_waits(channel, event.time, "queue")

    def _bridge_enter(self, channel: Channel, event: CelEvent) -> None:
        facts = event.facts
        bridge = str(facts.get("bridge_id") or self._bridge_of(event) or "bridge")
        technology = str(facts.get("bridge_technology") or "")
        self._enter(channel, bridge, technology, event.time, event.in_room)

    def _enter(self, channel: Channel, bridge: str, technology: str, time: int, room: bool = False) -> None:
        if technology != HOLDING:
            _close_waits(channel, time, "queue")
        open_stay = next((stay for stay in channel.stays if stay.exit is None), None)
        if open_stay is not None and open_stay.bridge == bridge:
            return
        if open_stay is not None:
            open_stay.exit = time
        channel.stays.append(Stay(bridge, technology, time, room=room))

    def _bridge_of(self, event: CelEvent) -> str | None:
        """The bridge of the channels that `peer` names."""
        for name in event.peer.split(","):
            peer = self._by_name.get(name.strip())
            stay = next((stay for stay in peer.stays if stay.exit is None), None) if peer else None
            if stay is not None:
                return stay.bridge
        return None

    def _bridge_exit(self, channel: Channel, event: CelEvent) -> None:
        wanted = event.facts.get("bridge_id")
        for stay in channel.stays:
            if stay.exit is None and wanted in (None, stay.bridge):
                stay.exit = event.time

    def _bridge_start(self, channel: Channel, event: CelEvent) -> None:
        others = [self._by_name.get(name.strip()) for name in event.peer.split(",") if name.strip()]
        others = others or [
            one for one in self.channels.values() if one is not channel and one.answered is not None and one.end is None
        ]
        for one in (channel, *others):
            if one is not None:
                self._enter(one, f"bridge {channel.name}", "", event.time)

    def _bridge_end(self, channel: Channel, event: CelEvent) -> None:
        for one in self.channels.values():
            for stay in one.stays:
                if stay.exit is None and stay.bridge == f"bridge {channel.name}":
                    stay.exit = event.time

    def _blindtransfer(self, channel: Channel, event: CelEvent) -> None:
        facts = event.facts
        target = f"{facts.get('extension', '')}@{facts.get('context', '')}".strip("@")
        self._fact("blind-transfer", channel, event, _told(facts, "transferee_channel_name"), target)

    def _attendedtransfer(self, channel: Channel, event: CelEvent) -> None:
        facts = event.facts
        target = _told(facts, "transfer_target_channel_name") or _told(facts, "app")
        self._fact("attended-transfer", channel, event, _told(facts, "transferee_channel_name"), target)

    def _transfer(self, channel: Channel, event: CelEvent) -> None:
        self._fact("blind-transfer", channel, event, event.peer, event.exten)

    def _pickup(self, channel: Channel, event: CelEvent) -> None:
        self._fact("pickup", channel, event, _told(event.facts, "pickup_channel") or event.peer)

    def _park_start(self, channel: Channel, event: CelEvent) -> None:
        facts = event.facts
        channel.waits.append(("parked", event.time, None))
        self._fact("park", channel, event, _told(facts, "parker_dial_string"), _told(facts, "parking_lot"))

    def _park_end(self, channel: Channel, event: CelEvent) -> None:
        facts = event.facts
        _close_waits(channel, event.time, "parked")
        self._fact("unpark", channel, event, _told(facts, "retriever"), _told(facts, "reason"))

    def _forward(self, channel: Channel, event: CelEvent) -> None:
        self._fact("forward", channel, event, _told(event.facts, "forward"))

    def _local_optimize(self, channel: Channel, event: CelEvent) -> None:
        self._fact("local-optimize", channel, event, _told(event.facts, "local_two"))

    def _dtmf(self, channel: Channel, event: CelEvent) -> None:
        self._fact("dtmf", channel, event, "", _told(event.facts, "digit"))


def _know(channel: Channel, event: CelEvent) -> None:
    """What an event says of who is at the channel, as first known."""
    channel.number = channel.number or event.cid_num
    channel.person = channel.person or event.cid_name
    channel.context = channel.context or event.context


def _close_waits(channel: Channel, time: int, kind: str = "") -> None:
    channel.waits = [
        (what, start, time if end is None and kind in ("", what) else end) for what, start, end in channel.waits
    ]


def _told(facts: dict[str, Any], key: str) -> str:
    value = facts.get(key)
    return "" if value is None or value == "N/A" else str(value)


def _user_text(event: CelEvent) -> str:
    return str(event.facts.get("extra") or "").strip()


def talks_of(channels: Iterable[Channel]) -> list[tuple[int, str, Channel, bool]]:
    """Every entry to and exit from a bridge where people talk: time, bridge, channel, whether it enters; by time."""
    found: list[tuple[int, str, Channel, bool]] = []
    for channel in channels:
        for stay in channel.talks:
            found.append((stay.enter, stay.bridge, channel, True))
            if stay.exit is not None:
                found.append((stay.exit, stay.bridge, channel, False))
    return sorted(found, key=lambda one: (one[0], one[3], one[2].key))
