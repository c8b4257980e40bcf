"""One channel event, and the order of events: by time, then by what must come first, then as they were written.

Names and columns are those of Asterisk's main/cel.c and of the tables that cel_pgsql and cel_odbc fill.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from xivolab.schema import NULL_INT

COLUMNS = (
    "eventtype",
    "eventtime",
    "userdeftype",
    "cid_name",
    "cid_num",
    "cid_ani",
    "cid_rdnis",
    "cid_dnid",
    "exten",
    "context",
    "channame",
    "appname",
    "appdata",
    "amaflags",
    "accountcode",
    "peeraccount",
    "uniqueid",
    "linkedid",
    "userfield",
    "peer",
    "extra",
)
"""The columns of a CEL table, in the order of XiVO's; it begins with `id` and ends with `call_log_id`."""

EVENT_NAMES = (
    "CHAN_START",
    "CHAN_END",
    "HANGUP",
    "ANSWER",
    "APP_START",
    "APP_END",
    "BRIDGE_ENTER",
    "BRIDGE_EXIT",
    "PARK_START",
    "PARK_END",
    "BLINDTRANSFER",
    "ATTENDEDTRANSFER",
    "USER_DEFINED",
    "LINKEDID_END",
    "PICKUP",
    "FORWARD",
    "LOCAL_OPTIMIZE",
    "LOCAL_OPTIMIZE_BEGIN",
    "STREAM_BEGIN",
    "STREAM_END",
    "DTMF",
)
"""By their number, from 1 on (include/asterisk/cel.h): a column of type integer holds that."""

OLD_EVENT_NAMES = (
    "BRIDGE_START",
    "BRIDGE_END",
    "BRIDGE_UPDATE",
    "CONF_ENTER",
    "CONF_EXIT",
    "CONF_START",
    "CONF_END",
    "3WAY_START",
    "3WAY_END",
    "TRANSFER",
    "HOOKFLASH",
)
"""Those of Asterisk 1.8 and 11."""

KNOWN_EVENTS = frozenset((*EVENT_NAMES, *OLD_EVENT_NAMES))

# At one instant: a channel begins before it does anything, and HANGUP, CHAN_END, LINKEDID_END share their microsecond.
_RANKS = {
    "CHAN_START": 0,
    "FORWARD": 1,
    "APP_START": 2,
    "ANSWER": 3,
    "BRIDGE_EXIT": 6,
    "BRIDGE_END": 6,
    "APP_END": 7,
    "HANGUP": 8,
    "CHAN_END": 9,
    "LINKEDID_END": 10,
}
_RANK_OF_OTHERS = 5


_ROOMS = frozenset(("ConfBridge", "MeetMe", "Conference"))


@dataclass(slots=True)
class CelEvent:
    """One row of CEL. `time` is ns since 1970, `NULL_INT` where the evidence has none; texts are "" where it has none.

    `eventtype` is as written: a user's event has its own name there. `number` is the row's id in a database. `file` is an
    index into the files of the case, `line` where the row begins in it. `zone` tells where the time's zone is from: "told",
    "uniqueid" or "assumed". `order` is the row's place in its file, `position` its place among the events of all files.
    """

    time: int = NULL_INT
    eventtype: str = ""
    userdeftype: str = ""
    cid_name: str = ""
    cid_num: str = ""
    cid_ani: str = ""
    cid_rdnis: str = ""
    cid_dnid: str = ""
    exten: str = ""
    context: str = ""
    channame: str = ""
    appname: str = ""
    appdata: str = ""
    amaflags: str = ""
    accountcode: str = ""
    peeraccount: str = ""
    uniqueid: str = ""
    linkedid: str = ""
    userfield: str = ""
    peer: str = ""
    extra: str = ""
    call_log_id: int | None = None
    number: int | None = None
    file: int = 0
    line: int | None = None
    zone: str = ""
    order: int = field(default=0, repr=False)
    position: int = field(default=0, repr=False)

    @property
    def user_defined(self) -> bool:
        """Whether the dialplan made it (CELGenUserEvent)."""
        return self.eventtype not in KNOWN_EVENTS or self.eventtype == "USER_DEFINED"

    @property
    def in_room(self) -> bool:
        """Whether its channel is in a conference: who enters calls the room, not those who are in it."""
        return self.appname in _ROOMS

    @property
    def name(self) -> str:
        """The name of the event: its own where the dialplan made it."""
        return self.userdeftype if self.eventtype == "USER_DEFINED" and self.userdeftype else self.eventtype

    @property
    def facts(self) -> dict[str, Any]:
        """What `extra` holds (JSON); nothing where it is none."""
        return read_extra(self.extra)


def read_extra(text: str) -> dict[str, Any]:
    """The object in an `extra` column. A paste may have broken its text: then the pairs that can still be read."""
    if not text.startswith("{"):
        return {}
    try:
        found = _JSON.decode(text)
    except ValueError:
        return dict(_PAIR.findall(text))
    return found if isinstance(found, dict) else {}


_JSON = json.JSONDecoder(strict=False)
_PAIR = re.compile(r'"(\w+)" ?: ?"?([^",}]*)"?')


def order_key(event: CelEvent) -> tuple[Any, ...]:
    """Sorts events of all sources: by time, by rank, by id, as written. Those without a time come last."""
    time = event.time if event.time != NULL_INT else 2**63
    return (
        time,
        _RANKS.get(event.eventtype, _RANK_OF_OTHERS),
        -1 if event.number is None else event.number,
        event.file,
        event.order,
    )


_UNIQUEID = re.compile(r"(?:(.*)-)?(\d{1,12})\.(\d{1,9})(.*)", re.S)


def uniqueid_key(uniqueid: str) -> tuple[int, int, str]:
    """Sorts unique ids as they were given out: `1700000000.9` before `1700000000.10`, whatever system name stands before."""
    found = _UNIQUEID.fullmatch(uniqueid)
    return (int(found[2]), int(found[3]), uniqueid) if found else (2**62, 0, uniqueid)


def epoch_of(uniqueid: str) -> int | None:
    """When the channel of a unique id was made, in whole seconds since 1970: its first part. None for another form."""
    found = _UNIQUEID.fullmatch(uniqueid)
    return int(found[2]) if found and len(found[2]) >= 9 else None
