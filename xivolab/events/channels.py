"""The events that Asterisk's channel events (CEL) tell: beginnings, answers, bridges, transfers, ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xivolab.asterisk.cel.event import CelEvent
from xivolab.asterisk.cel.groups import Group
from xivolab.events.event import Event

KINDS = {
    "CHAN_START": "channel-start",
    "ANSWER": "answer",
    "APP_START": "app",
    "BRIDGE_ENTER": "bridge-enter",
    "BRIDGE_START": "bridge-enter",
    "BRIDGE_EXIT": "bridge-exit",
    "BRIDGE_END": "bridge-exit",
    "BLINDTRANSFER": "transfer",
    "ATTENDEDTRANSFER": "transfer",
    "TRANSFER": "transfer",
    "PICKUP": "pickup",
    "PARK_START": "parking",
    "PARK_END": "parking",
    "FORWARD": "forward",
    "LOCAL_OPTIMIZE": "local-optimize",
    "HANGUP": "hangup",
    "DTMF": "dtmf",
}
"""The kind of event of each row; CHAN_END and LINKEDID_END say no more than HANGUP."""

_SHOWN = {
    "BLINDTRANSFER": ("transferee_channel_name", "extension", "context"),
    "ATTENDEDTRANSFER": ("transferee_channel_name", "transfer_target_channel_name", "app"),
    "PICKUP": ("pickup_channel",),
    "PARK_START": ("parker_dial_string", "parking_lot"),
    "PARK_END": ("reason", "retriever"),
    "FORWARD": ("forward",),
    "LOCAL_OPTIMIZE": ("local_two",),
    "HANGUP": ("hangupcause", "hangupsource", "dialstatus"),
    "BRIDGE_ENTER": ("bridge_technology",),
}


def channel_events(groups: Iterable[Group], files: Sequence[str]) -> Iterator[Event]:
    """The events of calls; `files` are the names of the case's files."""
    for group in groups:
        call = group.id
        for event in group.events:
            kind = KINDS.get(event.eventtype) or ("user-event" if event.user_defined else None)
            if kind is not None:
                yield _event(event, kind, call, files)


def _event(event: CelEvent, kind: str, call: str, files: Sequence[str]) -> Event:
    digit = str(event.facts.get("digit") or "") if kind == "dtmf" else ""
    return Event(
        time=event.time,
        source="cel",
        kind=kind,
        text=" · ".join(filter(None, [event.channame, *_facts(event, kind)])),
        call=call,
        digit=digit or None,
        file=files[event.file],
        line=event.line,
    )


def _facts(event: CelEvent, kind: str) -> Iterator[str]:
    if kind == "channel-start":
        yield " → ".join(filter(None, (event.cid_num or event.cid_name, event.exten)))
    elif kind == "app":
        yield f"{event.appname}({event.appdata})"
    elif kind == "user-event":
        yield event.name
        yield str(event.facts.get("extra") or "").strip()
    elif kind == "dtmf":
        yield str(event.facts.get("digit") or "")
    else:
        facts = event.facts
        for key in _SHOWN.get(event.eventtype, ()):
            value = facts.get(key)
            if value not in (None, "", "N/A"):
                yield f"{key.removeprefix('hangup')} {value}" if kind == "hangup" else str(value)
        if kind.startswith("bridge"):
            yield event.peer
