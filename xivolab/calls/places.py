"""Which addresses are one machine, and which machines are servers that calls go through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from xivolab.sip import scan
from xivolab.sip.index import MessageIndex

_SERVER_AGENT = re.compile(
    r"asterisk|freeswitch|xivo|wazo|fpbx|freepbx|kamailio|opensips|openser|sip express router|3cx|sbc|session border",
    re.IGNORECASE,
)
Hop = tuple[int, int, int]
"""When (ns) an initial INVITE went from which address number to which."""

SENT_ON_WITHIN_NS = 3_000_000_000
"""A proxy or PBX sends a call on within this; a phone that calls somebody else while it is called is rare."""

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
    _machines: dict[str, str] = field(default_factory=dict)

    def machine(self, place: str | None) -> str | None:
        """The machine at "ip:port"."""
        if place is None:
            return None
        known = self._machines.get(place)
        if known is None:
            ip = place.rpartition(":")[0]
            known = self._machines[place] = place if ip in self.shared else self.names.get(ip.strip("[]"), ip)
        return known

    def is_server(self, place: str | None) -> bool:
        """Whether calls go through the machine at "ip:port", rather than end there."""
        return self.machine(place) in self.servers

    def is_pbx(self, place: str | None) -> bool:
        """Whether it is a server of our side: not an operator's, where roles are told."""
        return self.is_server(place) and self.roles.get(self.machine(place) or "", "pbx") == "pbx"


def find_places(index: MessageIndex, hosts: Mapping[str, tuple[str, str]], hops: Iterable[Hop]) -> Places:
    """The machines in the evidence.

    `hosts` maps an IP to (name, role) where a case tells; `hops` are those of initial INVITEs. A machine is a server when
    its role says so, when it is registered with, when its messages name a server's software, or when it sends an INVITE
    on to somebody else.
    """
    addresses = index.raw.addresses
    named_hops = [(time, addresses[a], addresses[b]) for time, a, b in sorted(hops) if a >= 0 and b >= 0]
    shared = frozenset(a.rpartition(":")[0] for _, a, b in named_hops if a.rpartition(":")[0] == b.rpartition(":")[0])
    roles = dict(hosts.values())
    places = Places({ip: name for ip, (name, _) in hosts.items()}, shared, roles=roles)
    found = {name for name, role in roles.items() if role in SERVER_ROLES} | _sending_on(places, named_hops)
    agents = index.numbered(scan.AGENT)
    serving = np.array([bool(word and _SERVER_AGENT.search(word)) for word in index.words(scan.AGENT)], np.bool_)
    telling = set(index.raw.src[serving[agents.ids]].tolist())
    register = np.append(index.method_names[:-1] == "REGISTER", False)
    registered = set(index.raw.dst[register[index.numbered(scan.METHOD).ids] & (index.statuses == 0)].tolist())
    found.update(machine for place in telling | registered if (machine := places.machine(index.place(place))))
    places.servers = {machine for machine in found if roles.get(machine) != "phone"}
    return places


def _sending_on(places: Places, hops: Iterable[tuple[int, str, str]]) -> set[str]:
    """The machines that sent an INVITE to one machine soon after they had received one from another."""
    received: dict[str, list[tuple[int, str]]] = {}
    found: set[str] = set()
    for time, a, b in hops:
        sender, receiver = places.machine(a) or a, places.machine(b) or b
        if any(
            time - earlier <= SENT_ON_WITHIN_NS and origin != receiver for earlier, origin in received.get(sender, ())
        ):
            found.add(sender)
        received[receiver] = [*received.get(receiver, ())[-7:], (time, sender)]
    return found
