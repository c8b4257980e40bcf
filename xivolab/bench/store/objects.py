"""From rows of XiVO's tables back to the configuration."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xivolab.bench.model.configuration import Configuration
from xivolab.bench.model.destinations import spell
from xivolab.bench.model.groups import Agent, Group, Queue
from xivolab.bench.model.hours import Period, Schedule
from xivolab.bench.model.numbering import Context, Entity
from xivolab.bench.model.offices import CallFilter, Pickup
from xivolab.bench.model.people import Line, User, Voicemail
from xivolab.bench.model.rooms import Conference, Paging
from xivolab.bench.model.routes import CallRight, Incall, Outcall, OutcallPattern
from xivolab.bench.model.services import FeatureCodes, MusicOnHold
from xivolab.bench.model.sip import SipOptions
from xivolab.bench.model.trunks import CustomTrunk, Registration, Trunk
from xivolab.bench.store import tables as t
from xivolab.bench.store.cells import Row, fields

_RANGES = {"users": "user", "groups": "group", "queues": "queue", "conferences": "meetme", "incalls": "incall"}


def configuration(rows: Mapping[str, Sequence[Row]]) -> Configuration:
    """The configuration that these tables hold. Raises ConfigurationError where they do not fit together."""
    return Configuration.of(_Reader(rows).read(), "database")


class _Reader:
    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self._rows = rows
        self._numbers = self._main_numbers()
        self._names = {table: {row["id"]: row["name"] for row in rows[table]} for table in _NAMED}
        self._boxes = {row["id"]: row["mailbox"] for row in rows["voicemail"]}

    def read(self) -> dict[str, Any]:
        """Plain data for `Configuration.of`."""
        return {
            "entities": [fields(Entity, row) for row in self._rows["entity"]],
            "contexts": [self._context(row) for row in self._rows["context"]],
            "sip": {**self._settings("staticsip", "general"), "defaults": self._settings("staticsip", "default")},
            "voicemail_general": {
                **self._settings("staticvoicemail", "general"),
                "zones": self._settings("staticvoicemail", "zonemessages"),
            },
            "features": self._features(),
            "parking": self._settings("features", "parking"),
            "subroutines": self._settings("features", "subroutines"),
            "moh": [fields(MusicOnHold, row) for row in self._rows["musiconhold"]],
            "schedules": [self._schedule(row) for row in self._rows["schedule"]],
            "rights": [self._right(row) for row in self._rows["rightcall"]],
            "voicemails": [fields(Voicemail, row) for row in self._rows["voicemail"]],
            "users": [self._user(row) for row in self._rows["userfeatures"]],
            "groups": [self._group(row) for row in self._rows["groupfeatures"]],
            "agents": [self._agent(row) for row in self._rows["agentfeatures"]],
            "queues": [self._queue(row) for row in self._rows["queuefeatures"]],
            "conferences": [fields(Conference, row) for row in self._rows["meetmefeatures"]],
            "pagings": [self._paging(row) for row in self._rows["paging"]],
            "pickups": [self._pickup(row) for row in self._rows["pickup"]],
            "callfilters": [self._filter(row) for row in self._rows["callfilter"]],
            "trunks": [self._trunk(row) for row in self._rows["trunkfeatures"] if row["protocol"] == "sip"],
            "custom_trunks": [self._custom(row) for row in self._rows["trunkfeatures"] if row["protocol"] == "custom"],
            "outcalls": [self._outcall(row) for row in self._rows["outcall"]],
            "incalls": [self._incall(row) for row in self._rows["incall"]],
            "files": {row["name"]: row["content"] for row in self._rows["configfile"]},
        }

    # Finding rows

    def _where(self, table: str, order: str | None = None, **values: Any) -> list[Row]:
        found = [row for row in self._rows[table] if all(row[name] == value for name, value in values.items())]
        return sorted(found, key=lambda row: row[order]) if order else found

    def _settings(self, table: str, category: str) -> dict[str, Any]:
        return {row["var_name"]: json.loads(row["var_val"]) for row in self._where(table, category=category)}

    def _features(self) -> dict[str, Any]:
        codes = {row["typeval"]: row["exten"] for row in self._where("extensions", type="extenfeatures")}
        numbers = self._settings("features", "general")
        return {name: codes.get(name, numbers.get(name)) for name in FeatureCodes.model_fields}

    def _main_numbers(self) -> dict[int, str]:
        """How each user is named: by the number of his first line, with the context where others have that number too."""
        lines = sorted(self._rows["linefeatures"], key=lambda row: int(row["id"]))
        taken = [row["number"] for row in lines]
        numbers: dict[int, str] = {}
        for row in lines:
            plain = taken.count(row["number"]) == 1
            name = row["number"] if plain else f"{row['number']}@{row['context']}"
            numbers.setdefault(row["iduserfeatures"], name)
        return numbers

    def _destination(self, event: str, category: str, owner: int) -> str:
        found = self._where("dialaction", event=event, category=category, categoryval=str(owner))
        return self._spelled(*(found[0][name] for name in _ACTION)) if found else "none"

    def _spelled(self, action: str, first: str | None, second: str | None) -> str:
        named: dict[str, Callable[[int], str]] = {
            "user": self._numbers.__getitem__,
            "group": self._names["groupfeatures"].__getitem__,
            "queue": self._names["queuefeatures"].__getitem__,
            "meetme": self._names["meetmefeatures"].__getitem__,
            "voicemail": self._boxes.__getitem__,
        }
        target = named[action](int(first)) if action in named and first else first or ""
        return spell(action, target, second or "")

    def _rewriting(self, kind: str, owner: int) -> dict[str, Any] | None:
        found = self._where("callerid", type=kind, typeval=owner)
        return {"mode": found[0]["mode"], "callerdisplay": found[0]["callerdisplay"]} if found else None

    def _rights_of(self, kind: str, owner: int) -> list[str]:
        found = self._where("rightcallmember", "position", type=kind, typeval=owner)
        return [self._names["rightcall"][row["rightcallid"]] for row in found]

    def _schedule_of(self, path: str, owner: int) -> str | None:
        found = self._where("schedule_path", path=path, pathid=owner)
        return self._names["schedule"][found[0]["schedule_id"]] if found else None

    def _events(self, category: str, owner: int) -> dict[str, str]:
        return {event: self._destination(event, category, owner) for event in t.EVENTS}

    # One object each

    def _context(self, row: Row) -> dict[str, Any]:
        data = fields(Context, row)
        for field, kind in _RANGES.items():
            pieces = self._where("contextnumbers", "position", context=row["name"], type=kind)
            data[field] = [
                {"start": piece["numberbeg"], "end": piece["numberend"], "did_length": piece["didlength"]}
                for piece in pieces
            ]
        data["includes"] = [
            found["include"] for found in self._where("contextinclude", "priority", context=row["name"])
        ]
        return data

    def _schedule(self, row: Row) -> dict[str, Any]:
        data = fields(Schedule, row)
        fallback = (row["fallback_action"], row["fallback_actionid"], row["fallback_actionargs"])
        data["fallback"] = self._spelled(*fallback)
        for mode in ("opened", "closed"):
            periods = self._where("schedule_time", "position", schedule_id=row["id"], mode=mode)
            data[mode] = [fields(Period, period) for period in periods]
            if mode == "closed":
                for period, entry in zip(periods, data[mode], strict=True):
                    entry["destination"] = self._spelled(period["action"], period["actionid"], period["actionargs"])
        return data

    def _right(self, row: Row) -> dict[str, Any]:
        extens = self._where("rightcallexten", "position", rightcallid=row["id"])
        return {**fields(CallRight, row), "extens": [found["exten"] for found in extens]}

    def _user(self, row: Row) -> dict[str, Any]:
        owner = row["id"]
        lines = sorted(self._where("linefeatures", iduserfeatures=owner), key=lambda found: int(found["id"]))
        return {
            **fields(User, row),
            **self._events("user", owner),
            "voicemail": self._boxes.get(row["voicemailid"]),
            "rights": self._rights_of("user", owner),
            "schedule": self._schedule_of("user", owner),
            "lines": [self._line(found) for found in lines],
        }

    def _line(self, row: Row) -> dict[str, Any]:
        sip = self._where("usersip", category="user", ownerid=row["id"])[0]
        custom = self._where("usercustom", category="user", ownerid=row["id"])
        return {
            **fields(Line, row),
            "secret": sip["secret"],
            "maxcontacts": sip["maxcontacts"],
            "interface": custom[0]["interface"] if custom else None,
            "options": fields(SipOptions, sip),
        }

    def _members(self, queue: str, kind: str) -> list[Row]:
        return self._where("queuemember", "position", queue_name=queue, usertype=kind)

    def _waiting(self, row: Row, category: str) -> dict[str, Any]:
        queue = self._where("queue", name=row["name"], category=category)[0]
        return {
            **self._events(category, row["id"]),
            "callerid": self._rewriting(category, row["id"]),
            "schedule": self._schedule_of(category, row["id"]),
            "users": [self._numbers[member["userid"]] for member in self._members(row["name"], "user")],
            **fields(Queue if category == "queue" else Group, {k: v for k, v in queue.items() if k in t.IN_QUEUE}),
        }

    def _group(self, row: Row) -> dict[str, Any]:
        return {**fields(Group, row), **self._waiting(row, "group"), "rights": self._rights_of("group", row["id"])}

    def _queue(self, row: Row) -> dict[str, Any]:
        numbers = {agent["id"]: agent["number"] for agent in self._rows["agentfeatures"]}
        agents = self._members(row["name"], "agent")
        return {
            **fields(Queue, row),
            **self._waiting(row, "queue"),
            "agents": [{"agent": numbers[member["userid"]], "penalty": member["penalty"]} for member in agents],
            "waittime_destination": self._destination("qwaittime", "queue", row["id"]),
            "waitratio_destination": self._destination("qwaitratio", "queue", row["id"]),
        }

    def _agent(self, row: Row) -> dict[str, Any]:
        groups = {group["id"]: group["name"] for group in self._rows["agentgroup"]}
        owner = self._where("userfeatures", agentid=row["id"])
        user = self._numbers[owner[0]["id"]] if owner else None
        return {**fields(Agent, row), "group": groups[row["numgroup"]], "user": user}

    def _paging(self, row: Row) -> dict[str, Any]:
        data = fields(Paging, row)
        for field, caller in (("callers", 1), ("users", 0)):
            found = self._where("paging_user", "position", pagingid=row["id"], caller=caller)
            data[field] = [self._numbers[member["userfeaturesid"]] for member in found]
        return data

    def _pickup(self, row: Row) -> dict[str, Any]:
        data = fields(Pickup, row)
        for field, category, kind in (
            ("pickers", "member", "user"),
            ("picker_groups", "member", "group"),
            ("picked", "pickup", "user"),
            ("picked_groups", "pickup", "group"),
        ):
            found = self._where("pickupmember", "position", pickupid=row["id"], category=category, membertype=kind)
            names = self._numbers if kind == "user" else self._names["groupfeatures"]
            data[field] = [names[member["memberid"]] for member in found]
        return data

    def _filter(self, row: Row) -> dict[str, Any]:
        members = self._where("callfiltermember", "priority", callfilterid=row["id"])
        boss = next(member for member in members if member["bstype"] == "boss")
        return {
            **fields(CallFilter, row),
            "noanswer": self._destination("noanswer", "callfilter", row["id"]),
            "callerid": self._rewriting("callfilter", row["id"]),
            "boss": self._numbers[boss["typeval"]],
            "boss_ringseconds": boss["ringseconds"],
            "secretaries": [
                {
                    "user": self._numbers[member["typeval"]],
                    "ringseconds": member["ringseconds"],
                    "active": member["active"],
                }
                for member in members
                if member["bstype"] == "secretary"
            ],
        }

    def _trunk(self, row: Row) -> dict[str, Any]:
        sip = self._where("usersip", category="trunk", ownerid=row["id"])[0]
        registered = self._where("trunkregistration", trunkid=row["id"])
        return {
            **fields(Trunk, row),
            **{name: sip[name] for name in t.IN_USERSIP},
            "options": fields(SipOptions, sip),
            "registration": fields(Registration, registered[0]) if registered else None,
        }

    def _custom(self, row: Row) -> dict[str, Any]:
        custom = self._where("usercustom", category="trunk", ownerid=row["id"])[0]
        return {"id": row["id"], "name": row["name"], **fields(CustomTrunk, custom)}

    def _outcall(self, row: Row) -> dict[str, Any]:
        patterns = self._where("dialpattern", "position", type="outcall", typeid=row["id"])
        trunks = self._where("outcalltrunk", "priority", outcallid=row["id"])
        return {
            **fields(Outcall, row),
            "patterns": [fields(OutcallPattern, pattern) for pattern in patterns],
            "trunks": [self._names["trunkfeatures"][found["trunkfeaturesid"]] for found in trunks],
            "rights": self._rights_of("outcall", row["id"]),
            "schedule": self._schedule_of("outcall", row["id"]),
        }

    def _incall(self, row: Row) -> dict[str, Any]:
        return {
            **fields(Incall, row),
            "destination": self._destination("answer", "incall", row["id"]),
            "callerid": self._rewriting("incall", row["id"]),
            "schedule": self._schedule_of("incall", row["id"]),
        }


_NAMED = ("groupfeatures", "queuefeatures", "meetmefeatures", "rightcall", "schedule", "trunkfeatures")
_ACTION = ("action", "actionarg1", "actionarg2")
