"""Which attempts are those of a scanner, so that it does not drown the figures of the people who telephone."""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from xivolab.work.traffic_attempts import CHALLENGES, Calls, Registrations

MANY_USERS = 10
"""From so many users on that it could not prove to be, a host without a single success is a scanner."""

_SCANNER = re.compile(
    r"friendly-scanner|sipvicious|sundayddr|sipsak|sipcli|vaxsip|pplsip|smap\b|eyebeam-scan", re.IGNORECASE
)
"""What scanning tools call themselves in User-Agent unless told otherwise."""

_UNKNOWN_USER = (*CHALLENGES, 403, 404)
"""How registrars answer who they do not know."""


def scanners(calls: Calls, registrations: Registrations) -> tuple[NDArray[np.bool_], NDArray[np.bool_], list[str]]:
    """Which calls and which registrations come from scanners, and who these are.

    A host is one when its software says so, or when it tried `MANY_USERS` users or more, was challenged or (registering)
    unknown each time, never sent credentials, and never succeeded in anything. A trunk that is refused everything (403,
    503) is none: its failures count.
    """
    named = set(calls.peer[_named(calls.agent)]) | set(registrations.peer[_named(registrations.agent)])
    found = {peer for peer in named | _knocking(calls, registrations) if peer is not None}
    of_call = np.array([peer in found for peer in calls.peer], np.bool_) & calls.attempt
    of_registration = np.array([peer in found for peer in registrations.peer], np.bool_)
    return of_call, of_registration, sorted(found)


def _named(agents: NDArray[np.object_]) -> NDArray[np.bool_]:
    known = {agent: agent is not None and bool(_SCANNER.search(agent)) for agent in set(agents)}
    return np.array([known[agent] for agent in agents], np.bool_)


def _knocking(calls: Calls, registrations: Registrations) -> set[str]:
    knocks = np.isin(calls.status, (0, *CHALLENGES)) & ~calls.credentials & ~calls.rang & calls.attempt
    refused = np.isin(registrations.status, (0, *_UNKNOWN_USER)) & ~registrations.credentials & ~registrations.accepted
    users: dict[str, set[str | None]] = defaultdict(set)
    honest = set(calls.peer[~knocks]) | set(registrations.peer[~refused])
    for peer, user in zip(calls.peer[knocks], calls.user[knocks], strict=True):
        users[peer].add(user)
    for peer, aor in zip(registrations.peer[refused], registrations.aor[refused], strict=True):
        users[peer].add(aor)
    return {peer for peer, tried in users.items() if len(tried) >= MANY_USERS and peer not in honest}
