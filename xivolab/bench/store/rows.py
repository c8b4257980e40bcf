"""From the objects of a configuration to rows of XiVO's tables."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from xivolab.bench.model.configuration import Configuration
from xivolab.bench.model.destinations import parse
from xivolab.bench.model.groups import Group, Queue
from xivolab.bench.model.people import User
from xivolab.bench.model.references import all_trunks
from xivolab.bench.model.routes import CallerIdRewriting
from xivolab.bench.store import tables as t
from xivolab.bench.store.cells import Row, cells

Rows = dict[str, list[Row]]


def rows(configuration: Configuration) -> Rows:
    """All tables of a configuration, each with its rows in order."""
    return _Writer(configuration).write()


def setting(value: Any) -> str:
    """A setting of a name-and-value table: as JSON, so that it comes back as it was."""
    return json.dumps(value, ensure_ascii=False)


class _Writer:
    def __init__(self, configuration: Configuration) -> None:
        self.all = configuration
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self._boxes = {box.mailbox: box.id for box in configuration.voicemails}
        self._groups = {group.name: group.id for group in configuration.groups}
        self._queues = {queue.name: queue.id for queue in configuration.queues}
        self._rooms = {room.name: room.id for room in configuration.conferences}
        self._rights = {right.name: right.id for right in configuration.rights}
        self._schedules = {schedule.name: schedule.id for schedule in configuration.schedules}
        self._agents = {agent.number: agent for agent in configuration.agents}
        self._trunks = {trunk.name: trunk.id for trunk in all_trunks(configuration)}

    def write(self) -> Rows:
        self._settings()
        self._contexts()
        self._hours_and_rights()
        self._users()
        self._groups_and_queues()
        self._rooms_and_offices()
        self._trunks_and_routes()
        return {table: self.rows.get(table, []) for table in t.TABLES if table not in t.RUNNING}

    def _add(self, table: str, **row: Any) -> None:
        self.rows[table].append(row)

    def _user(self, reference: str) -> User:
        return self.all.user(reference)

    # The parts

    def _settings(self) -> None:
        self._named("staticsip", "general", self.all.sip, {"defaults"})
        self._named("staticsip", "default", self.all.sip.defaults)
        self._named("staticvoicemail", "general", self.all.voicemail_general, {"zones"})
        for name, text in self.all.voicemail_general.zones.items():
            self._add("staticvoicemail", category="zonemessages", var_name=name, var_val=setting(text))
        self._named("features", "parking", self.all.parking)
        self._named("features", "subroutines", self.all.subroutines)
        for name in type(self.all.features).model_fields:
            value = getattr(self.all.features, name)
            if isinstance(value, str):
                self._add("extensions", exten=value, context="xivo-features", type="extenfeatures", typeval=name)
            elif value is not None:
                self._add("features", category="general", var_name=name, var_val=setting(value))
        for number, music in enumerate(self.all.moh, 1):
            self._add("musiconhold", id=number, **cells(music))
        for file, text in self.all.files.items():
            self._add("configfile", name=file, content=text)

    def _named(
        self, table: str, category: str, item: BaseModel, leave_out: set[str] | frozenset[str] = frozenset()
    ) -> None:
        for name in type(item).model_fields:
            value = getattr(item, name)
            if name not in leave_out and value is not None:
                self._add(table, category=category, var_name=name, var_val=setting(value))

    def _contexts(self) -> None:
        for entity in self.all.entities:
            self._add("entity", **cells(entity))
        for number, context in enumerate(self.all.contexts, 1):
            self._add("context", id=number, **cells(context, t.OF_CONTEXT))
            for kind in ("user", "group", "queue", "meetme", "incall"):
                for place, piece in enumerate(context.ranges(kind)):
                    self._add(
                        "contextnumbers",
                        context=context.name,
                        type=kind,
                        numberbeg=piece.start,
                        numberend=piece.end,
                        didlength=piece.did_length,
                        position=place,
                    )
            for place, name in enumerate(context.includes):
                self._add("contextinclude", context=context.name, include=name, priority=place)

    def _hours_and_rights(self) -> None:
        for schedule in self.all.schedules:
            action, first, second = self._action(schedule.fallback)
            self._add(
                "schedule",
                **cells(schedule, t.OF_SCHEDULE),
                fallback_action=action,
                fallback_actionid=first,
                fallback_actionargs=second,
            )
            for place, period in enumerate(schedule.opened):
                self._add("schedule_time", schedule_id=schedule.id, mode="opened", position=place, **cells(period))
            for place, closing in enumerate(schedule.closed):
                action, first, second = self._action(closing.destination)
                self._add(
                    "schedule_time",
                    schedule_id=schedule.id,
                    mode="closed",
                    position=place,
                    **cells(closing, {"destination"}),
                    action=action,
                    actionid=first,
                    actionargs=second,
                )
        for right in self.all.rights:
            self._add("rightcall", **cells(right, t.OF_RIGHT))
            for place, exten in enumerate(right.extens):
                self._add("rightcallexten", rightcallid=right.id, exten=exten, position=place)

    def _users(self) -> None:
        for box in self.all.voicemails:
            self._add("voicemail", **cells(box))
        agents = {id(self._user(agent.user)): agent.id for agent in self.all.agents if agent.user is not None}
        for user in self.all.users:
            box_id = self._boxes[user.voicemail] if user.voicemail else None
            self._add("userfeatures", **cells(user, t.OF_USER), voicemailid=box_id, agentid=agents.get(id(user)))
            for event in t.EVENTS:
                self._dialaction(event, "user", user.id, getattr(user, event))
            self._member_of(user.rights, user.schedule, "user", user.id)
            for place, line in enumerate(user.lines):
                protocol = "custom" if line.interface else "sip"
                self._add("linefeatures", **cells(line, t.OF_LINE), protocol=protocol, iduserfeatures=user.id)
                self._add("user_line", user_id=user.id, line_id=line.id, main_line=int(place == 0))
                self._add("extensions", exten=line.number, context=line.context, type="user", typeval=str(user.id))
                self._add(
                    "usersip",
                    category="user",
                    ownerid=line.id,
                    name=line.name,
                    username=line.name,
                    secret=line.secret,
                    maxcontacts=line.maxcontacts,
                    **cells(line.options),
                )
                if line.interface:
                    self._add("usercustom", category="user", ownerid=line.id, interface=line.interface)

    def _groups_and_queues(self) -> None:
        groups = sorted({agent.group for agent in self.all.agents})
        for number, name in enumerate(groups, 1):
            self._add("agentgroup", id=number, name=name)
        for agent in self.all.agents:
            self._add("agentfeatures", **cells(agent, t.OF_AGENT), numgroup=groups.index(agent.group) + 1)
        for group in self.all.groups:
            self._add("groupfeatures", **cells(group, t.OF_GROUP | t.IN_QUEUE))
            self._waiting(group, "group")
            self._member_of(group.rights, group.schedule, "group", group.id)
        for queue in self.all.queues:
            self._add("queuefeatures", **cells(queue, t.OF_QUEUE | t.IN_QUEUE))
            self._waiting(queue, "queue")
            self._member_of([], queue.schedule, "queue", queue.id)
            self._dialaction("qwaittime", "queue", queue.id, queue.waittime_destination)
            self._dialaction("qwaitratio", "queue", queue.id, queue.waitratio_destination)
            for place, member in enumerate(queue.agents):
                agent = self._agents[member.agent]
                self._queuemember(
                    queue.name, f"Agent/{agent.number}", member.penalty, "agent", agent.id, "queue", place
                )

    def _waiting(self, item: Group | Queue, category: str) -> None:
        """What groups and queues have in common: Asterisk's queue, events, the caller's name, static members."""
        kept = {name for name in type(item).model_fields if name in t.IN_QUEUE}
        own = {name: value for name, value in cells(item).items() if name in kept}
        self._add("queue", name=item.name, category=category, **own)
        for event in t.EVENTS:
            self._dialaction(event, category, item.id, getattr(item, event))
        self._callerid(item.callerid, category, item.id)
        if item.number:
            self._add("extensions", exten=item.number, context=item.context, type=category, typeval=str(item.id))
        for place, reference in enumerate(item.users):
            user = self._user(reference)
            interface = f"PJSIP/{user.lines[0].name}"
            self._queuemember(item.name, interface, 0, "user", user.id, category, place)

    def _queuemember(
        self, queue: str, interface: str, penalty: int, kind: str, owner: int, category: str, place: int
    ) -> None:
        self._add(
            "queuemember",
            queue_name=queue,
            interface=interface,
            penalty=penalty,
            usertype=kind,
            userid=owner,
            category=category,
            position=place,
        )

    def _rooms_and_offices(self) -> None:
        for room in self.all.conferences:
            self._add("meetmefeatures", **cells(room))
            self._add("extensions", exten=room.number, context=room.context, type="meetme", typeval=str(room.id))
        for paging in self.all.pagings:
            self._add("paging", **cells(paging, t.OF_PAGING))
            for caller, references in ((1, paging.callers), (0, paging.users)):
                for place, reference in enumerate(references):
                    user = self._user(reference)
                    self._add("paging_user", pagingid=paging.id, userfeaturesid=user.id, caller=caller, position=place)
        for pickup in self.all.pickups:
            self._add("pickup", **cells(pickup, t.OF_PICKUP))
            for category, users, groups in (
                ("member", pickup.pickers, pickup.picker_groups),
                ("pickup", pickup.picked, pickup.picked_groups),
            ):
                members = [("user", self._user(reference).id) for reference in users]
                members += [("group", self._groups[name]) for name in groups]
                for place, (kind, number) in enumerate(members):
                    self._add(
                        "pickupmember",
                        pickupid=pickup.id,
                        category=category,
                        membertype=kind,
                        memberid=number,
                        position=place,
                    )
        self._filters()

    def _filters(self) -> None:
        member_id = 0
        for filter_ in self.all.callfilters:
            self._add("callfilter", **cells(filter_, t.OF_FILTER))
            self._dialaction("noanswer", "callfilter", filter_.id, filter_.noanswer)
            self._callerid(filter_.callerid, "callfilter", filter_.id)
            members = [("boss", filter_.boss, filter_.boss_ringseconds, True)]
            members += [("secretary", who.user, who.ringseconds, who.active) for who in filter_.secretaries]
            for place, (kind, reference, seconds, active) in enumerate(members):
                member_id += 1
                self._add(
                    "callfiltermember",
                    id=member_id,
                    callfilterid=filter_.id,
                    type="user",
                    typeval=self._user(reference).id,
                    ringseconds=seconds,
                    priority=place,
                    bstype=kind,
                    active=int(active),
                )

    def _trunks_and_routes(self) -> None:
        for trunk in self.all.trunks:
            self._add("trunkfeatures", protocol="sip", name=trunk.name, **cells(trunk, t.OF_TRUNK))
            named = {name: getattr(trunk, name) for name in t.IN_USERSIP}
            self._add("usersip", category="trunk", ownerid=trunk.id, **named, **cells(trunk.options))
            if trunk.registration is not None:
                self._add("trunkregistration", trunkid=trunk.id, **cells(trunk.registration))
        for custom in self.all.custom_trunks:
            self._add("trunkfeatures", protocol="custom", name=custom.name, id=custom.id)
            self._add(
                "usercustom",
                category="trunk",
                ownerid=custom.id,
                interface=custom.interface,
                intfsuffix=custom.intfsuffix,
            )
        for outcall in self.all.outcalls:
            self._add("outcall", **cells(outcall, t.OF_OUTCALL))
            for place, pattern in enumerate(outcall.patterns):
                self._add("dialpattern", type="outcall", typeid=outcall.id, position=place, **cells(pattern))
            for place, name in enumerate(outcall.trunks):
                self._add("outcalltrunk", outcallid=outcall.id, trunkfeaturesid=self._trunks[name], priority=place)
            self._member_of(outcall.rights, outcall.schedule, "outcall", outcall.id)
        for incall in self.all.incalls:
            self._add("incall", **cells(incall, t.OF_INCALL))
            self._add("extensions", exten=incall.exten, context=incall.context, type="incall", typeval=str(incall.id))
            self._dialaction("answer", "incall", incall.id, incall.destination)
            self._callerid(incall.callerid, "incall", incall.id)
            self._member_of([], incall.schedule, "incall", incall.id)

    # What hangs on several kinds of objects

    def _dialaction(self, event: str, category: str, owner: int, destination: str) -> None:
        action, first, second = self._action(destination)
        self._add(
            "dialaction",
            event=event,
            category=category,
            categoryval=str(owner),
            action=action,
            actionarg1=first,
            actionarg2=second,
        )

    def _action(self, destination: str) -> tuple[str, str, str]:
        target = parse(destination)
        first: Any = target.arg1
        if target.word == "user":
            first = self._user(target.arg1).id
        elif target.word in ("group", "queue", "conference", "voicemail"):
            known = {"group": self._groups, "queue": self._queues, "conference": self._rooms, "voicemail": self._boxes}
            first = known[target.word][target.arg1]
        return target.action, str(first), target.arg2

    def _callerid(self, rewriting: CallerIdRewriting | None, kind: str, owner: int) -> None:
        if rewriting is not None:
            self._add("callerid", **cells(rewriting), type=kind, typeval=owner)

    def _member_of(self, rights: Iterable[str], schedule: str | None, kind: str, owner: int) -> None:
        for place, name in enumerate(rights):
            self._add("rightcallmember", rightcallid=self._rights[name], type=kind, typeval=owner, position=place)
        if schedule is not None:
            self._add("schedule_path", schedule_id=self._schedules[schedule], path=kind, pathid=owner)
