"""queues.conf: groups and queues are both queues of Asterisk."""

from __future__ import annotations

from xivolab.bench.model import Configuration
from xivolab.bench.model.groups import Group, Queue
from xivolab.bench.render.sections import Option, joined, section

# A group whose members are all out of reach has failed: nobody waits for it.
_OUT_OF_REACH = "unavailable,invalid,unknown"


def queues(configuration: Configuration) -> str:
    """The text of queues.conf. Agents are not in it: they are members from when they log in."""
    general = [
        ("persistentmembers", True),
        ("autofill", True),
        ("monitor-type", "MixMonitor"),
        ("shared_lastcall", True),
        ("log_membername_as_agent", True),
    ]
    sections = [section("general", general)]
    sections += [
        section(
            group.name, [*_shared(configuration, group), ("joinempty", _OUT_OF_REACH), *_members(configuration, group)]
        )
        for group in configuration.groups
    ]
    sections += [
        section(queue.name, [*_shared(configuration, queue), *_queue(queue), *_members(configuration, queue)])
        for queue in configuration.queues
    ]
    return joined(sections)


def _shared(configuration: Configuration, item: Group | Queue) -> list[Option]:
    return [
        ("strategy", item.strategy),
        ("musicclass", item.musicclass or configuration.sip.mohsuggest),
        ("timeout", item.member_timeout),
        ("retry", item.retry),
        ("ringinuse", item.ringinuse),
        ("timeoutpriority", "app"),
    ]


def _queue(queue: Queue) -> list[Option]:
    options: list[Option] = [
        ("announce", queue.announce),
        ("announce-frequency", queue.announce_frequency),
        ("min-announce-frequency", queue.min_announce_frequency),
        ("announce-position", queue.announce_position),
        ("announce-holdtime", queue.announce_holdtime),
        ("periodic-announce-frequency", queue.periodic_announce_frequency),
        ("wrapuptime", queue.wrapuptime),
        ("maxlen", queue.maxlen),
        ("weight", queue.weight),
        ("servicelevel", queue.servicelevel),
        ("joinempty", queue.joinempty or None),
        ("leavewhenempty", queue.leavewhenempty or None),
        ("autopause", queue.autopause),
        ("setinterfacevar", True),
        ("setqueuevar", True),
    ]
    if queue.periodic_announce:
        options.append(("periodic-announce", queue.periodic_announce))
    return options


def _members(configuration: Configuration, item: Group | Queue) -> list[Option]:
    found: list[Option] = []
    for reference in item.users:
        user = configuration.user(reference)
        line = user.lines[0]
        interface = line.interface or f"PJSIP/{line.name}"
        found.append(("member", f"{interface},0,{user.fullname.strip()},{interface}"))
    return found
