"""Calls begun before the evidence: two legs whose INVITEs nobody saw, joined by the BYE handed on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from xivolab.calls.leg import Leg
from xivolab.calls.likeness import HAND_ON_WITHIN_NS
from xivolab.calls.places import Places
from xivolab.calls.tree import adopt
from xivolab.sip import scan
from xivolab.sip.index import MessageIndex


def direct(index: MessageIndex, legs: Iterable[Leg], places: Places) -> None:
    """Tell which end of a leg called when nobody saw its INVITE: a PBX dials the phone's own address, a phone dials
    an address at the PBX.
    """
    for leg in legs:
        if leg.session.undirected and places.is_server(leg.src) != _dialled_by_server(index, leg):
            row = leg.messages[0]
            tag = index.to_tag[row] if index.is_request(row) else index.from_tag[row]
            leg.session.from_tag = tag
            leg.src, leg.dst = leg.dst, leg.src
            leg.end_places = frozenset((leg.dst,)) if leg.dst else frozenset()
            leg.from_user, leg.to_user = leg.to_user, leg.from_user
            leg.callers, leg.callees = leg.callees, leg.callers


def _dialled_by_server(index: MessageIndex, leg: Leg) -> bool:
    """Whether From and To name the hosts of both ends: the PBX's, and the phone's that it dialled."""
    ips = {place.rpartition(":")[0] for place in (leg.src, leg.dst) if place}
    row = leg.messages[0]
    hosts = {a.uri.host for a in (index.address(row, scan.FROM), index.address(row, scan.TO)) if a and a.uri}
    return len(hosts & ips) == 2


def attach_begun_before(index: MessageIndex, legs: Iterable[Leg], places: Places) -> None:
    """Join two legs begun before the evidence when a server handed the BYE of one on to the other."""
    ended = [leg for leg in legs if leg.partial and leg.parent is None and leg.session.byes]
    ended.sort(key=lambda leg: leg.session.byes[0])
    for one, other in pairwise(ended):
        received, sent = one.session.byes[0], other.session.byes[0]
        server = places.machine(index.place(index.dst[received]))
        handed_on = (
            server in places.servers
            and server == places.machine(index.place(index.src[sent]))
            and 0 <= index.time[sent] - index.time[received] < HAND_ON_WITHIN_NS
        )
        if handed_on and one.parent is None and not one.children:
            caller, callee = (other, one) if places.is_server(one.src) else (one, other)
            adopt(caller, callee)
