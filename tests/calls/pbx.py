"""Calls through a PBX written by hand: alice (1001) at .1, bob (1002) at .2, carol (1003) at .3, the PBX at .9."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.sip.flow import Leg, capture
from xivolab.calls import CallTables, StreamRows, build
from xivolab.sip import analyse

ALICE, BOB, CAROL, PBX, OPERATOR = "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.9", "192.0.2.1"

HOSTS = {
    ALICE: ("alice", "phone"),
    BOB: ("bob", "phone"),
    CAROL: ("carol", "phone"),
    PBX: ("pbx", "pbx"),
    OPERATOR: ("operator", "operator"),
}


def dialling(to_user: str = "1002", src: str = ALICE, user: str = "alice", call_id: str = "caller", **kw: Any) -> Leg:
    """The leg of somebody who calls through the PBX."""
    return Leg(src, PBX, user, to_user, call_id=call_id, **kw)


def dialled(dst: str = BOB, user: str = "bob", number: str = "1001", call_id: str = "callee", **kw: Any) -> Leg:
    """A leg that the PBX makes, for the caller `number`."""
    return Leg(PBX, dst, number, user, call_id=call_id, **kw)


def answered(leg: Leg, invited: float, rings: float, answers: float) -> Leg:
    return leg.invite(invited).reply(invited + 0.01, 100).reply(rings, 180).reply(answers, 200).ack(answers + 0.01)


def bridged() -> tuple[Leg, Leg]:
    """Alice rings bob, who answers after two seconds."""
    return answered(dialling(), 0, 0.2, 2.01), answered(dialled(), 0.05, 0.15, 2)


def no_streams() -> StreamRows:
    return StreamRows((), (), (), (), (), ())


def tables(*legs: Leg, streams: StreamRows | None = None, hosts: Mapping[str, tuple[str, str]] = HOSTS) -> CallTables:
    return build(analyse(capture(*legs)), no_streams() if streams is None else streams, hosts)


def calls(*legs: Leg, hosts: Mapping[str, tuple[str, str]] = HOSTS) -> list[dict[str, Any]]:
    return list(tables(*legs, hosts=hosts).calls.records())


def one_call(*legs: Leg, hosts: Mapping[str, tuple[str, str]] = HOSTS) -> dict[str, Any]:
    found = calls(*legs, hosts=hosts)
    assert len(found) == 1, [call["legs"] for call in found]
    return found[0]
