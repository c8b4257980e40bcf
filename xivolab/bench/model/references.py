"""The checks across objects: what is named must be there, a number must be in a range of its context and only once."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from xivolab.bench.model.destinations import parse
from xivolab.bench.model.groups import Waiting
from xivolab.bench.model.numbering import Context, Kind
from xivolab.bench.model.trunks import AnyTrunk
from xivolab.bench.model.words import Mistake

if TYPE_CHECKING:
    from xivolab.bench.model.configuration import Configuration

_EVENTS = ("noanswer", "busy", "congestion", "chanunavail")
_OWN_MOH = "default"
BUILT_IN_CONTEXTS = ("xivo-extrafeatures", "parkedcalls")


class References:
    """Looks at a whole configuration for what does not fit together."""

    def __init__(self, configuration: Configuration) -> None:
        self._all = configuration
        self._contexts = {context.name: context for context in configuration.contexts}
        self._users = {line.number for _, line in configuration.lines()}
        self._users |= {f"{line.number}@{line.context}" for _, line in configuration.lines()}
        self._names = {
            "group": {group.name for group in configuration.groups},
            "queue": {queue.name for queue in configuration.queues},
            "conference": {room.name for room in configuration.conferences},
            "voicemail": {box.mailbox for box in configuration.voicemails},
            "schedule": {schedule.name for schedule in configuration.schedules},
            "right": {right.name for right in configuration.rights},
            "trunk": {trunk.name for trunk in all_trunks(configuration)},
            "music on hold": {_OWN_MOH, *(music.name for music in configuration.moh)},
            "agent": {agent.number for agent in configuration.agents},
        }

    def mistakes(self) -> list[Mistake]:
        """Everything that does not fit together, in the order of the configuration."""
        return [
            *self._contexts_fit(),
            *self._unique(),
            *self._numbers(),
            *self._users_fit(),
            *self._groups_fit(),
            *self._rest_fits(),
        ]

    # Contexts and numbers

    def _contexts_fit(self) -> Iterator[Mistake]:
        entities = {entity.name for entity in self._all.entities}
        for number, context in enumerate(self._all.contexts):
            where = f"contexts[{number}]"
            if context.entity not in entities:
                yield _unknown(f"{where}.entity", "entity", context.entity, entities)
            for name in context.includes:
                if name not in BUILT_IN_CONTEXTS and not self._has_context(name):
                    yield _unknown(f"{where}.includes", "context", name, self._contexts)
            for kind in ("user", "group", "queue", "meetme", "incall"):
                yield from _overlaps(where, context, kind)

    def _has_context(self, context: str) -> bool:
        return context in self._contexts or any(f"[{context}]" in text for text in self._all.files.values())

    def _unique(self) -> Iterator[Mistake]:
        lists: dict[str, Iterable[tuple[str, str]]] = {
            "contexts": ((c.name, "name") for c in self._all.contexts),
            "users": ((u.uuid, "uuid") for u in self._all.users),
            "lines": ((line.name, "name") for _, line in self._all.lines()),
            "voicemails": ((v.mailbox, "mailbox") for v in self._all.voicemails),
            "groups and queues": ((g.name, "name") for g in waiting(self._all)),
            "agents": ((a.number, "number") for a in self._all.agents),
            "trunks": ((t.name, "name") for t in all_trunks(self._all)),
            "schedules": ((s.name, "name") for s in self._all.schedules),
            "rights": ((r.name, "name") for r in self._all.rights),
            "conferences": ((c.name, "name") for c in self._all.conferences),
            "pagings": ((p.number, "number") for p in self._all.pagings),
            "incoming calls": ((f"{i.exten}@{i.context}", "exten") for i in self._all.incalls),
        }
        for what, names in lists.items():
            seen: set[str] = set()
            for name, field in names:
                if name in seen:
                    yield Mistake(f"{what}.{field}", f"{name!r} is there twice", "each once")
                seen.add(name)
        ids: dict[str, list[int]] = {"users": [user.id for user in self._all.users]}
        for what, numbers in ids.items():
            if len(numbers) != len(set(numbers)):
                yield Mistake(f"{what}.id", "two have one id", "each its own, or none")

    def _numbers(self) -> Iterator[Mistake]:
        """Each number is in a range of its context for its kind of object, and stands for one thing only."""
        taken: dict[tuple[str, str], str] = {}
        for field, kind, number, name in self._numbered():
            context = self._contexts.get(name)
            if context is None:
                yield _unknown(f"{field}.context", "context", name, self._contexts)
                continue
            ranges = context.ranges(kind)
            pattern = number.startswith("_") or any(letter in number for letter in "XZN[.!")
            if not pattern and not any(piece.holds(number) for piece in ranges):
                told = ", ".join(f"{piece.start}-{piece.end or piece.start}" for piece in ranges) or "none yet"
                wrong = f"{number} is in no range of {kind}s of context {name!r}"
                yield Mistake(f"{field}.{'exten' if kind == 'incall' else 'number'}", wrong, f"a number of {told}")
            if (name, number) in taken:
                wrong = f"{number}@{name} is already that of {taken[name, number]}"
                yield Mistake(f"{field}.number", wrong, "a free number")
            taken[name, number] = field

    def _numbered(self) -> Iterator[tuple[str, Kind, str, str]]:
        for at, user in enumerate(self._all.users):
            for place, line in enumerate(user.lines):
                yield f"users[{at}].lines[{place}]", "user", line.number, line.context
        for at, group in enumerate(self._all.groups):
            if group.number:
                yield f"groups[{at}]", "group", group.number, group.context
        for at, queue in enumerate(self._all.queues):
            if queue.number:
                yield f"queues[{at}]", "queue", queue.number, queue.context
        for at, room in enumerate(self._all.conferences):
            yield f"conferences[{at}]", "meetme", room.number, room.context
        for at, incall in enumerate(self._all.incalls):
            yield f"incalls[{at}]", "incall", incall.exten, incall.context

    # Objects that name others

    def _users_fit(self) -> Iterator[Mistake]:
        for at, user in enumerate(self._all.users):
            where = f"users[{at}]"
            for event in _EVENTS:
                yield from self._destination(f"{where}.{event}", getattr(user, event))
            if user.voicemail:
                yield from self._named(f"{where}.voicemail", "voicemail", user.voicemail)
            if user.musiconhold:
                yield from self._named(f"{where}.musiconhold", "music on hold", user.musiconhold)
            if user.schedule:
                yield from self._named(f"{where}.schedule", "schedule", user.schedule)
            for right in user.rights:
                yield from self._named(f"{where}.rights", "right", right)
            for place, line in enumerate(user.lines):
                context = self._contexts.get(line.context)
                if context is not None and context.contexttype != "internal":
                    wrong = f"{line.context!r} is a context of type {context.contexttype}"
                    yield Mistake(f"{where}.lines[{place}].context", wrong, "an internal context")

    def _groups_fit(self) -> Iterator[Mistake]:
        kinds: tuple[tuple[str, Sequence[Waiting]], ...] = (("groups", self._all.groups), ("queues", self._all.queues))
        for name, items in kinds:
            for at, item in enumerate(items):
                where = f"{name}[{at}]"
                for event in _EVENTS:
                    yield from self._destination(f"{where}.{event}", getattr(item, event))
                if item.musicclass:
                    yield from self._named(f"{where}.musicclass", "music on hold", item.musicclass)
                if item.schedule:
                    yield from self._named(f"{where}.schedule", "schedule", item.schedule)
                for user in item.users:
                    yield from self._user(f"{where}.users", user)
        for at, group in enumerate(self._all.groups):
            for right in group.rights:
                yield from self._named(f"groups[{at}].rights", "right", right)
        for at, queue in enumerate(self._all.queues):
            for member in queue.agents:
                yield from self._named(f"queues[{at}].agents", "agent", member.agent)
            yield from self._destination(f"queues[{at}].waittime_destination", queue.waittime_destination)
            yield from self._destination(f"queues[{at}].waitratio_destination", queue.waitratio_destination)
        owners: dict[str, str] = {}
        for at, agent in enumerate(self._all.agents):
            if agent.user is None:
                continue
            yield from self._user(f"agents[{at}].user", agent.user)
            if agent.user in owners:
                wrong = f"user {agent.user} is already agent {owners[agent.user]}"
                yield Mistake(f"agents[{at}].user", wrong, "one agent for one user")
            owners[agent.user] = agent.number

    def _rest_fits(self) -> Iterator[Mistake]:
        for at, schedule in enumerate(self._all.schedules):
            yield from self._destination(f"schedules[{at}].fallback", schedule.fallback)
            for place, closing in enumerate(schedule.closed):
                yield from self._destination(f"schedules[{at}].closed[{place}].destination", closing.destination)
        for at, incall in enumerate(self._all.incalls):
            yield from self._destination(f"incalls[{at}].destination", incall.destination)
            if incall.schedule:
                yield from self._named(f"incalls[{at}].schedule", "schedule", incall.schedule)
        for at, outcall in enumerate(self._all.outcalls):
            where = f"outcalls[{at}]"
            if outcall.context not in self._contexts:
                yield _unknown(f"{where}.context", "context", outcall.context, self._contexts)
            for trunk in outcall.trunks:
                yield from self._named(f"{where}.trunks", "trunk", trunk)
            for right in outcall.rights:
                yield from self._named(f"{where}.rights", "right", right)
            if outcall.schedule:
                yield from self._named(f"{where}.schedule", "schedule", outcall.schedule)
        for at, trunk_ in enumerate(self._all.trunks):
            if not self._has_context(trunk_.context):
                yield _unknown(f"trunks[{at}].context", "context", trunk_.context, self._contexts)
        for at, room in enumerate(self._all.conferences):
            if room.musiconhold:
                yield from self._named(f"conferences[{at}].musiconhold", "music on hold", room.musiconhold)
        for at, paging in enumerate(self._all.pagings):
            for field in ("callers", "users"):
                for user in getattr(paging, field):
                    yield from self._user(f"pagings[{at}].{field}", user)
        for at, pickup in enumerate(self._all.pickups):
            for field in ("pickers", "picked"):
                for user in getattr(pickup, field):
                    yield from self._user(f"pickups[{at}].{field}", user)
            for field in ("picker_groups", "picked_groups"):
                for group in getattr(pickup, field):
                    yield from self._named(f"pickups[{at}].{field}", "group", group)
        bosses: set[str] = set()
        for at, filter_ in enumerate(self._all.callfilters):
            where = f"callfilters[{at}]"
            yield from self._user(f"{where}.boss", filter_.boss)
            yield from self._destination(f"{where}.noanswer", filter_.noanswer)
            for secretary in filter_.secretaries:
                yield from self._user(f"{where}.secretaries", secretary.user)
                if secretary.user == filter_.boss:
                    yield Mistake(f"{where}.secretaries", "the boss is his own secretary", "another user")
            if filter_.boss in bosses:
                yield Mistake(f"{where}.boss", f"{filter_.boss} is the boss of another filter", "one filter for a boss")
            bosses.add(filter_.boss)

    def _destination(self, field: str, text: str) -> Iterator[Mistake]:
        target = parse(text)
        if target.word == "user":
            yield from self._user(field, target.arg1)
        elif target.word in ("group", "queue", "conference", "voicemail"):
            yield from self._named(field, target.word, target.arg1)
        elif target.word in ("extension", "disa") and not self._has_context(target.arg2):
            yield _unknown(field, "context", target.arg2, self._contexts)

    def _user(self, field: str, reference: str) -> Iterator[Mistake]:
        if reference not in self._users:
            yield Mistake(field, f"there is no user {reference!r}", "the number of a user")

    def _named(self, field: str, kind: str, name: str) -> Iterator[Mistake]:
        if name not in self._names[kind]:
            yield _unknown(field, kind, name, self._names[kind])


def all_trunks(configuration: Configuration) -> list[AnyTrunk]:
    """Trunks of both kinds."""
    return [*configuration.trunks, *configuration.custom_trunks]


def waiting(configuration: Configuration) -> list[Waiting]:
    """Groups and queues."""
    return [*configuration.groups, *configuration.queues]


def _unknown(field: str, kind: str, name: str, there: Iterable[str]) -> Mistake:
    known = ", ".join(sorted(there)[:8])
    return Mistake(field, f"there is no {kind} {name!r}", f"one of {known}" if known else f"make a {kind} first")


def _overlaps(where: str, context: Context, kind: Kind) -> Iterator[Mistake]:
    spans = sorted((piece.start, piece.end or piece.start) for piece in context.ranges(kind))
    for (_, last), (start, _) in itertools.pairwise(spans):
        if len(last) == len(start) and start <= last:
            field = {
                "user": "users",
                "group": "groups",
                "queue": "queues",
                "meetme": "conferences",
                "incall": "incalls",
            }
            yield Mistake(f"{where}.{field[kind]}", f"{start} is in two ranges", "ranges that do not overlap")
