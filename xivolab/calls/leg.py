"""A leg with what joining and judging calls need to know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xivolab.calls.numbers import user_key
from xivolab.schema import NULL_INT
from xivolab.sip import scan
from xivolab.sip.index import MessageIndex
from xivolab.sip.session import Session, session_codecs, session_end, session_state
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
            "src": self.src,
            "dst": self.dst,
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


def make_leg(index: MessageIndex, call_id: str, session: Session) -> Leg:
    """The leg of a session."""
    row = session.rows[0] if session.invite is None else session.invite
    from_address = index.party(row, scan.FROM)
    asserted = index.user(row, scan.ASSERTED) or index.user(row, scan.REMOTE_PARTY)
    to_user = index.user(row, scan.URI) if index.is_request(row) else index.user(row, scan.TO)
    from_user = from_address.user if from_address else None
    keys = [user_key(user) for user in (from_user, asserted)]
    to_keys = [user_key(user) for user in (to_user, index.user(row, scan.TO))]
    end = session_end(index, session)
    times = [index.time[r] for r in session.rows if index.time[r] != NULL_INT] or [NULL_INT]
    return Leg(
        call_id=call_id,
        session=session,
        src=index.place(session.caller),
        dst=index.place(session.called),
        end_places=_end_places(index, session),
        from_user=from_user,
        from_name=from_address.display if from_address else None,
        asserted_user=asserted,
        to_user=to_user,
        callers=frozenset(key for key in keys if key),
        callees=frozenset(key for key in to_keys if key),
        start=index.time[row],
        last=max(times),
        ringing_at=None if session.ringing is None else index.time[session.ringing],
        answered_at=None if session.answer is None else index.time[session.answer],
        end=None if end is None else max(end, index.time[row]),  # messages may be captured out of order
        state=session_state(index, session),
        status=session.status,
        codecs=session_codecs(index, session),
    )


def _end_places(index: MessageIndex, session: Session) -> frozenset[str]:
    """Where the caller's last INVITE ended up: the servers on its hops that are the client of none."""
    row = session.last_invite
    cseq = index.cseq[session.rows[0] if row is None else row]
    hops = [t for t in session.transactions if t.method == "INVITE" and t.cseq == cseq]
    ends = {hop.server for hop in hops} - {hop.client for hop in hops} or {session.called}
    return frozenset(place for place in map(index.place, ends) if place)


def invite_hops(index: MessageIndex, session: Session) -> list[tuple[int, int, int]]:
    """When (ns) its initial INVITE went from which address number to which: several with proxies, forks and retries."""
    return [
        (index.time[row], t.client, t.server)
        for t in session.transactions
        if t.method == "INVITE" and (row := t.request) is not None and index.to_tag[row] is None
    ]


def peer_call_id(index: MessageIndex, leg: Leg) -> str | None:
    """The Call-ID of the leg that it belongs to, where a B2BUA says so (X-Call-ID, X-CID)."""
    row = leg.session.invite
    return None if row is None else index.text(row, scan.PEER_CALL_ID)


def replaced_call_id(index: MessageIndex, leg: Leg) -> str | None:
    """The Call-ID in Replaces of its INVITE (RFC 3891)."""
    text = None if leg.session.invite is None else index.text(leg.session.invite, scan.REPLACES)
    return parse_address(text).uri_text if text else None
