"""Which addresses are one machine, and which machines are servers that calls go through."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from xivolab.sip.index import MessageIndex

_SERVER_AGENT = re.compile(
    r"asterisk|freeswitch|xivo|wazo|fpbx|freepbx|kamailio|opensips|openser|sip express router|3cx|sbc|session border",
    re.IGNORECASE,
)
SERVER_ROLES = frozenset({"pbx", "operator", "router"})


@dataclass(slots=True)
class Places:
    """Machines by address. `names` gives the machine of an IP and `roles` of a machine (from the case).

    Without a name a machine is its IP; on the loopback, where all share one, it is IP and port.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    servers: set[str] = field(default_factory=set)
    roles: Mapping[str, str] = field(default_factory=dict)

    def machine(self, place: str | None) -> str | None:
        """The machine at "ip:port"."""
        if place is None:
            return None
        ip = place.rpartition(":")[0]
        if ip in self.shared:
            return place
        return self.names.get(ip.strip("[]"), ip)

    def is_server(self, place: str | None) -> bool:
        """Whether calls go through the machine at "ip:port", rather than end there."""
        return self.machine(place) in self.servers

    def is_pbx(self, place: str | None) -> bool:
        """Whether it is a server of our side: not an operator's, where roles are told."""
        return self.is_server(place) and self.roles.get(self.machine(place) or "", "pbx") == "pbx"


def find_places(
    index: MessageIndex, hosts: Mapping[str, tuple[str, str]], peers: Collection[tuple[int, int]]
) -> Places:
    """The machines in the evidence.

    `hosts` maps an IP to (name, role) where a case tells; `peers` are the hops (address numbers) of initial INVITEs. A
    machine is a server when its role says so, when it is registered with, when its messages name a server's software,
    or when it exchanges INVITEs with more than one other.
    """
    addresses = index.raw.addresses
    hops = {(addresses[a], addresses[b]) for a, b in peers if a >= 0 and b >= 0}
    shared = frozenset(a.rpartition(":")[0] for a, b in hops if a.rpartition(":")[0] == b.rpartition(":")[0])
    known = dict(hosts.values())
    places = Places({ip: name for ip, (name, _) in hosts.items()}, shared, roles=known)
    found = {name for name, role in known.items() if role in SERVER_ROLES}
    met: dict[str, set[str]] = {}
    for a, b in hops:
        one, other = places.machine(a), places.machine(b)
        if one and other:
            met.setdefault(one, set()).add(other)
            met.setdefault(other, set()).add(one)
    found |= {machine for machine, others in met.items() if len(others) > 1}
    registrars = {
        b
        for m, a, b, s in zip(index.method, index.src, index.dst, index.status, strict=True)
        if m == "REGISTER" and not s
    }
    serving = {agent for agent in set(index.agent) if agent and _SERVER_AGENT.search(agent)}
    named = {src for src, agent in zip(index.src, index.agent, strict=True) if agent in serving}
    for address in registrars | named:
        if address >= 0 and (machine := places.machine(addresses[address])):
            found.add(machine)
    places.servers = {machine for machine in found if known.get(machine) != "phone"}
    return places
