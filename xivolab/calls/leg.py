"""A leg with what joining and judging calls need to know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from xivolab.calls.numbers import user_key
from xivolab.schema import NULL_INT
from xivolab.sip import scan
from xivolab.sip.index import MessageIndex
from xivolab.sip.session import Session, session_codecs, session_end, session_state
from xivolab.sip.store import shown_place
from xivolab.sip.uri import parse_address


@dataclass(slots=True, eq=False)
class Leg:
    """One leg of a call. Times are ns, None where nothing was seen; `src` and `dst` are "ip:port" of its two ends.

    `end_places` are where the INVITE ended up: `dst`, or behind the proxies that forwarded it. `callers` and `callees`
    are the comparable users (`user_key`) of its two sides. `challenged` holds earlier tries of the same attempt under
    another Call-ID. `parent` is the leg that it was dialled for.
    """

    call_id: str
    session: Session
    src: str | None
    dst: str | None
    end_places: frozenset[str]
    from_user: str | None
    from_name: str | None
    asserted_user: str | None
    to_user: str | None
    callers: frozenset[str]
    callees: frozenset[str]
    start: int
    last: int
    ringing_at: int | None
    answered_at: int | None
    end: int | None
    state: str
    status: int | None
    codecs: list[str]
    role: str = "callee"
    parent: Leg | None = None
    children: list[Leg] = field(default_factory=list)
    challenged: list[Leg] = field(default_factory=list)

    @property
    def partial(self) -> bool:
        """Whether it began before the evidence."""
        return self.session.partial

    @property
    def messages(self) -> list[int]:
        """Rows of its messages."""
        return self.session.rows

    def alive_at(self, time: int) -> bool:
        """Whether it had begun and not ended."""
        return self.start <= time and (self.end is None or time <= self.end)

    def waits_at(self, time: int) -> bool:
        """Whether its caller was still waiting for an answer."""
        return self.answered_at is None or self.answered_at >= time

    def detail(self) -> dict[str, Any]:
        """Its entry in `leg_details` of the call record; times in float seconds."""
        return {
            "call_id": self.call_id,
            "role": self.role,
            "src": shown_place(self.src),
            "dst": shown_place(self.dst),
            "from_user": self.from_user,
            "to_user": self.to_user,
            "start": _seconds(self.start),
            "end": _seconds(self.end),
            "state": self.state,
            "status": self.status,
            "codecs": self.codecs,
        }


def _seconds(time: int | None) -> float | None:
    return None if time is None or time == NULL_INT else time / 1e9


def make_legs(index: MessageIndex, sessions: Sequence[tuple[str, Session]]) -> list[Leg]:
    """The legs of sessions, each with its Call-ID."""
    told = [session.rows[0] if session.invite is None else session.invite for _, session in sessions]
    rows = np.array(told, np.int64)
    from_users, from_names = index.users_and_names(rows, scan.FROM)
    to_users, targets = index.users(rows, scan.TO), index.users(rows, scan.URI)
    asserted = index.users(rows, scan.ASSERTED)
    remote = index.users(rows, scan.REMOTE_PARTY)
    parties = zip(
        told,
        from_users.tolist(),
        from_names.tolist(),
        [one or other for one, other in zip(asserted.tolist(), remote.tolist(), strict=True)],
        np.where(index.statuses[rows] == 0, targets, to_users).tolist(),
        to_users.tolist(),
        strict=True,
    )
    return [_leg(index, *session, *party) for session, party in zip(sessions, parties, strict=True)]


def make_leg(index: MessageIndex, call_id: str, session: Session) -> Leg:
    """The leg of one session."""
    return make_legs(index, [(call_id, session)])[0]


def _leg(
    index: MessageIndex,
    call_id: str,
    session: Session,
    row: int,
    from_user: str | None,
    from_name: str | None,
    asserted: str | None,
    to_user: str | None,
    to: str | None,
) -> Leg:
    time = index.time
    end = session_end(index, session)
    start = time[row]
    callers = (user_key(from_user), user_key(asserted))
    callees = (user_key(to_user), user_key(to))
    return Leg(
        call_id=call_id,
        session=session,
        src=index.place(session.caller),
        dst=index.place(session.called),
        end_places=frozenset(place for place in map(index.place, session.ends) if place),
        from_user=from_user,
        from_name=from_name,
        asserted_user=asserted,
        to_user=to_user,
        callers=frozenset(key for key in callers if key),
        callees=frozenset(key for key in callees if key),
        start=start,
        last=max([time[r] for r in session.rows]),  # NULL_INT is less than any
        ringing_at=None if session.ringing is None else time[session.ringing],
        answered_at=None if session.answered is None else time[session.answered],
        end=None if end is None else max(end, start),  # messages may be captured out of order
        state=session_state(index, session),
        status=session.status,
        codecs=session_codecs(index, session),
    )


def invite_hops(index: MessageIndex, session: Session) -> list[tuple[int, int, int]]:
    """When (ns) its initial INVITE went from which address number to which: several with proxies, forks and retries."""
    return [(index.time[row], client, server) for row, client, server in session.hops]


def peer_call_id(index: MessageIndex, leg: Leg) -> str | None:
    """The Call-ID of the leg that it belongs to, where a B2BUA says so (X-Call-ID, X-CID)."""
    row = leg.session.invite
    return index.text(row, scan.PEER_CALL_ID) if row in index.rows_with(scan.PEER_CALL_ID) else None


def replaced_call_id(index: MessageIndex, leg: Leg) -> str | None:
    """The Call-ID in Replaces of its INVITE (RFC 3891)."""
    row = leg.session.invite
    text = index.text(row, scan.REPLACES) if row in index.rows_with(scan.REPLACES) else None
    return parse_address(text).uri_text if text else None
