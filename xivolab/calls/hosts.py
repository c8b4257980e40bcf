"""Who is at each address: told by the case folder, else learnt from what the machines do.

A name is given only where the evidence leaves little doubt; an address without one is shown as it is.
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from xivolab.calls.numbers import number_key, user_key
from xivolab.calls.places import find_places
from xivolab.evidence.folder import HostInfo
from xivolab.schema import HOST
from xivolab.sip import scan
from xivolab.sip.index import MessageIndex
from xivolab.sip.pjsip_logger import THIS_ASTERISK, logged_by_asterisk
from xivolab.sip.store import RawMessages
from xivolab.table import Table

_PHONE_AGENT = re.compile(
    r"aastra|baresip|blink|bria|cisco-?(?:cp|spa|sip)|csipsimple|ekiga|escene|fanvil|gigaset|grandstream|htek|jitsi"
    r"|linphone|linksys|microsip|mitel 6|obihai|panasonic[ _]kx|phoner|pjsua|polycom|poly/|snom|spectralink|telephone/"
    r"|twinkle|x-lite|yealink|zoiper",
    re.IGNORECASE,
)
_PROXY_AGENT = re.compile(r"kamailio|opensips|openser|sip express router", re.IGNORECASE)
_SCANNER = re.compile(r"friendly-scanner|sipvicious|sipcli|sundayddr|iwar|sipsak|pplsip|vaxsip", re.IGNORECASE)
_PRIVATE = [
    ipaddress.ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
]
_VIA_HOST = re.compile(r"\s*SIP\s*/\s*2\.0\s*/\s*\w+\s+(\[[0-9a-fA-F:.]+\]|[^\s:;,]+)", re.IGNORECASE)

MANY_NUMBERS = 3
"""From so many numbers of the public network on its side, a machine that does not register is taken for an operator."""
_PUBLIC_DIGITS = 7
_LINES = 3  # a phone has at most so many accounts


@dataclass(slots=True)
class _Machine:
    """What an address was seen to do. `users` are those on its own side of calls and registrations."""

    registers: set[str] = field(default_factory=set)  # with whom
    registered: set[str] = field(default_factory=set)  # who registers with it
    accounts: dict[str, None] = field(default_factory=dict)
    callers: dict[str, None] = field(default_factory=dict)
    called: dict[str, None] = field(default_factory=dict)
    challenged: set[str] = field(default_factory=set)  # by whom
    peers: set[str] = field(default_factory=set)
    behind: dict[str, None] = field(default_factory=dict)  # private addresses it stands for
    own: int = 0  # requests that gave its own address
    proxies: bool = False
    relays: bool = False
    agents: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hosts:
    """`table` has a row for each address (`xivolab.schema.HOST`); `names` maps the addresses that have a name or role."""

    table: Table
    names: dict[str, HostInfo]


def find_hosts(index: MessageIndex, told: Mapping[str, HostInfo], ends: Iterable[str]) -> Hosts:
    """The hosts in some messages and at the `ends` ("ip:port") of streams; `told` maps an IP to what the case says."""
    return _Learner(index, told).hosts(ends)


def with_this_asterisk(told: Mapping[str, HostInfo], messages: RawMessages) -> Mapping[str, HostInfo]:
    """What is told of hosts, with the Asterisk that wrote some of the messages itself: the one PBX told of, else "pbx"."""
    if not len(logged_by_asterisk(messages)):
        return told
    pbx = {host.name for host in told.values() if host.role == "pbx"}
    this = HostInfo(pbx.pop() if len(pbx) == 1 else "pbx", "pbx", learnt=True)
    met = {address.rpartition(":")[0].strip("[]") for address in messages.addresses}
    return {address: this for address in THIS_ASTERISK if address in met} | dict(told)


class _Learner:
    def __init__(self, index: MessageIndex, told: Mapping[str, HostInfo]) -> None:
        self.index = index
        self.told = told
        rows = [row for row, method in enumerate(index.method) if method in ("INVITE", "REGISTER")]
        self.initial = [row for row in rows if index.is_request(row) and index.to_tag[row] is None]
        self.rows = rows
        invites = [row for row in self.initial if index.method[row] == "INVITE"]
        hops = [(index.time[row], index.src[row], index.dst[row]) for row in invites]
        places = find_places(index, {address: (address, host.role) for address, host in told.items()}, hops)
        # A machine is its IP, and its port where several share one.
        split = [(place, place.rpartition(":")[0]) for place in index.raw.addresses]
        self.key = [place if ip in places.shared else ip.strip("[]") for place, ip in split]
        self.servers = {machine if "]:" in machine else machine.strip("[]") for machine in places.servers}
        self.messages: Counter[str] = Counter()
        self.machines: dict[str, _Machine] = {}
        self._count()
        self._requests()
        self._challenges()
        self._sent_on(invites)

    def _machine(self, number: int) -> tuple[str, _Machine] | None:
        if number < 0:
            return None
        key = self.key[number]
        return key, self.machines.setdefault(key, _Machine())

    def _count(self) -> None:
        """How many messages each sent and received, and with which software."""
        index = self.index
        seen = Counter(zip(index.src, index.dst, index.agent, strict=True))
        for (src, dst, agent), count in seen.items():
            sender, receiver = self._machine(src), self._machine(dst)
            for end in (sender, receiver):
                if end:
                    self.messages[end[0]] += count
            if sender and receiver and sender is not receiver:
                sender[1].peers.add(receiver[0])
                receiver[1].peers.add(sender[0])
            if sender and agent:
                sender[1].agents[agent] = None

    def _requests(self) -> None:
        """Who registers where, who calls whom, and which address they give as their own."""
        index = self.index
        asked: set[tuple[Any, ...]] = set()
        for row in self.initial:
            method, sender, receiver = index.method[row], self._machine(index.src[row]), self._machine(index.dst[row])
            texts = [index.text(row, column) for column in (scan.FROM, scan.TO, scan.URI, scan.CONTACT, scan.VIA)]
            texts[0] = (texts[0] or "").rpartition(";")[0]  # without its tag
            texts[4] = (texts[4] or "").partition(";")[0]
            what = (method, index.src[row], index.dst[row], *texts)
            if sender is None or receiver is None or what in asked:
                continue
            asked.add(what)
            if method == "REGISTER":
                sender[1].registers.add(receiver[0])
                receiver[1].registered.add(sender[0])
                _note(sender[1].accounts, index.user(row, scan.TO))
            else:
                _note(sender[1].callers, index.user(row, scan.FROM))
                _note(receiver[1].called, index.user(row, scan.URI))
            self._own_address(row, sender)

    def _own_address(self, row: int, sender: tuple[str, _Machine]) -> None:
        via = _VIA_HOST.match(self.index.text(row, scan.VIA) or "")
        contact = self.index.address(row, scan.CONTACT)
        hosts = {via[1].strip("[]") if via else "", contact.uri.host.strip("[]") if contact and contact.uri else ""}
        host = hosts.pop()
        if not hosts and host != sender[0].rpartition(":")[0].strip("[]") and host != sender[0] and _is_private(host):
            sender[1].behind[host] = None
        else:
            sender[1].own += 1

    def _challenges(self) -> None:
        index = self.index
        for row in self.rows:
            if index.status[row] in (401, 407):
                sender, receiver = self._machine(index.src[row]), self._machine(index.dst[row])
                if sender and receiver:
                    receiver[1].challenged.add(sender[0])

    def _sent_on(self, invites: list[int]) -> None:
        """Who passes a request on under the same Call-ID: a proxy adds a Via of its own, a router changes addresses only."""
        index = self.index
        received: dict[str, dict[str, set[str | None]]] = {}
        for row in sorted(invites, key=lambda r: index.time[r]):
            call_id, branch = index.call_id[row] or "", index.branch[row]
            sender, receiver = self._machine(index.src[row]), self._machine(index.dst[row])
            if sender is None or receiver is None:
                continue
            if (earlier := received.get(call_id, {}).get(sender[0])) is not None:
                sender[1].relays |= branch in earlier
                sender[1].proxies |= branch not in earlier
            received.setdefault(call_id, {}).setdefault(receiver[0], set()).add(branch)

    def hosts(self, ends: Iterable[str]) -> Hosts:
        streams: Counter[str] = Counter()
        for end in ends:
            ip = end.rpartition(":")[0].strip("[]")
            streams[end if end in self.machines else ip] += 1
        inside = {host: router for router, m in self.machines.items() for host in m.behind if self._is_router(m)}
        taken: Counter[str] = Counter()
        names: dict[str, HostInfo] = {}
        rows = []
        for address in [*self.machines, *(end for end in streams if end not in self.machines)]:
            machine = self.machines.get(address, _Machine())
            role, known = self._role(address, machine, inside)
            told = self.told.get(address)
            name = told.name if told else self._name(role, machine, self.machines.get(inside.get(address, "")))
            if name and not told:
                taken[name] += 1
                name = name if taken[name] == 1 else f"{name} #{taken[name]}"
            if name:
                names[address] = told or HostInfo(name, role or "", learnt=True)
            rows.append(
                {
                    "id": blake2b(address.encode(), digest_size=6).hexdigest(),
                    "address": address,
                    "name": name,
                    "role": role,
                    "known_by": known,
                    "user_agents": list(machine.agents),
                    "numbers": list(dict.fromkeys([*machine.accounts, *machine.callers, *machine.called])),
                    "messages": self.messages[address],
                    "streams": streams[address],
                }
            )
        return Hosts(Table.from_rows(HOST, rows), {**self.told, **names})

    def _is_router(self, machine: _Machine) -> bool:
        return bool(machine.behind) and not machine.own and not machine.registered

    def _role(self, address: str, machine: _Machine, inside: Mapping[str, str]) -> tuple[str | None, str | None]:
        """The role of a machine, and what told it."""
        told = self.told.get(address)
        if told:
            return told.role or None, "logger" if told.learnt else "case"
        if address in inside:
            return "phone", "nat"
        if address not in self.machines:
            return "media", "media"
        if machine.relays or (self._is_router(machine) and not self._says(machine, _PROXY_AGENT)):
            return "router", "nat"
        return self._server_role(address, machine) if address in self.servers else self._end_role(address, machine)

    def _server_role(self, address: str, machine: _Machine) -> tuple[str | None, str | None]:
        phones = machine.registered - self.servers
        if machine.registered and not phones:
            return "operator", "registered"
        if self._says(machine, _PROXY_AGENT) or machine.proxies:
            return "proxy", "proxy"
        if phones:
            return "pbx", "registrar"
        if machine.registers:
            return "pbx", "registers"
        if self._many_numbers(machine) and not machine.challenged:
            return "operator", "numbers"
        if self._between(machine):
            return "pbx", "sends-on"
        if not self.servers & self.machines.keys() - {address}:
            return "pbx", "agent"
        return None, None

    def _end_role(self, address: str, machine: _Machine) -> tuple[str | None, str | None]:
        if self._says(machine, _SCANNER):
            return None, None
        lines = {user_key(user) for user in [*machine.accounts, *machine.callers]}
        few = len(lines) <= _LINES
        if machine.accounts:
            return ("phone", "registers") if few else (None, None)
        if self._says(machine, _PHONE_AGENT) and few:
            return "phone", "agent"
        public = any(_is_public(user) for user in machine.callers)
        if machine.challenged & self.servers and machine.callers and few and not public:
            return "phone", "challenged"
        if self._many_numbers(machine) and machine.peers & self.servers:
            return "operator", "numbers"
        return None, None

    def _between(self, machine: _Machine) -> bool:
        """Whether phones call through it: it was called by, or calls, an end that is no server."""
        return any(
            peer not in self.servers and self._end_role(peer, self.machines[peer])[0] == "phone"
            for peer in machine.peers
        )

    @staticmethod
    def _says(machine: _Machine, agent: re.Pattern[str]) -> bool:
        return any(agent.search(text) for text in machine.agents)

    @staticmethod
    def _many_numbers(machine: _Machine) -> bool:
        numbers = {number_key(user) for user in [*machine.callers, *machine.called] if _is_public(user)}
        return len(numbers) >= MANY_NUMBERS and not machine.accounts

    @staticmethod
    def _name(role: str | None, machine: _Machine, router: _Machine | None) -> str | None:
        """A word for the role, and whose phone it is."""
        if role is None or role == "media":
            return None
        users = list(router.accounts or router.callers) if router else list(machine.accounts or machine.callers)
        if role == "router":
            return f"router {users[0]}" if len(users) == 1 else "router"
        if role != "phone":
            return role
        users = users or list(machine.called)
        return f"phone {'/'.join(users)}" if 0 < len(users) <= _LINES else None


def _note(users: dict[str, None], user: str | None) -> None:
    if user and user_key(user):
        users[user] = None


def _is_public(user: str) -> bool:
    """Whether a user is a number of the public network rather than an extension."""
    key = number_key(user)
    return key is not None and len(key) >= _PUBLIC_DIGITS


def _is_private(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in _PRIVATE)
