"""One leg's session: from the initial INVITE (RFC 3261 13) over its answer to the BYE, and the state it came to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xivolab.schema import NULL_INT
from xivolab.sip.flow import Flow, Messages
from xivolab.sip.index import MessageIndex
from xivolab.sip.offer_answer import codecs
from xivolab.sip.transaction import Transaction, transactions

UNANSWERED_AFTER_NS = 32_000_000_000
"""64 × T1: a request without an answer has failed (RFC 3261 17.1.1.2, timers B and F)."""

RINGING_AT_MOST_NS = 180_000_000_000
"""Timer C (RFC 3261 16.6): a call that nobody gave a final answer for this long after its last ringing has failed."""

REFUSALS = frozenset({401, 407, 403, 406, 488, 603, 606})
BUSY = frozenset({486, 600})
UNREACHED = frozenset({408, 480})


@dataclass(slots=True)
class Session:
    """One leg: rows of its messages, and those that matter. `caller`, `called` are the address numbers of its ends.

    `invite` is None for a leg begun before the evidence. `ringing` is the first 180, or 183 with SDP, that the caller
    received; `final` the final response the caller received to its last attempt, or the 2xx of a fork; `answer` is
    `final` when that is a 2xx. Where no final response was captured, `acked` is an ACK that proves a 2xx, and `refused` one
    that proves a refusal. `byes` are the BYE requests on every hop, in order; a response where none was captured; `bye` is the
    one that ended it: of forks that were all answered the last.
    `hops` are its initial INVITEs, several with proxies, forks and retries: row, from which address number, to which.
    `ends` are where the last of them ended up; `refers` says that there is a REFER.
    """

    rows: list[int]
    from_tag: Any
    caller: int
    called: int
    invite: int | None = None
    last_invite: int | None = None
    provisional: bool = False
    rang: int | None = None
    last_ringing: int | None = None
    ringing: int | None = None
    final: int | None = None
    status: int | None = None
    acked: int | None = None
    refused: int | None = None
    cancel: int | None = None
    byes: list[int] = field(default_factory=list)
    bye: int | None = None
    found: list[Transaction] | Callable[[], list[Transaction]] = field(default_factory=list)
    hops: list[tuple[int, int, int]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    refers: bool = False
    codecs: list[str] | None = None

    @property
    def transactions(self) -> list[Transaction]:
        """Its transactions, in order; those of a session that was placed are made when somebody asks."""
        if callable(self.found):
            self.found = self.found()
        return self.found

    @property
    def partial(self) -> bool:
        """Whether it began before the evidence."""
        return self.invite is None

    @property
    def undirected(self) -> bool:
        """Whether nothing of the INVITE was seen: which end called, and which tag is whose, is not known."""
        return self.invite is None and self.final is None and not self.provisional and self.cancel is None

    @property
    def answer(self) -> int | None:
        """The row of the 2xx to the initial INVITE."""
        return self.final if self.status is not None and self.status < 300 else None

    @property
    def last_byes(self) -> list[int]:
        """The BYEs that ended it, on every hop; none while it goes on."""
        return [] if self.bye is None else [row for row in self.byes if row >= self.bye]

    @property
    def answered(self) -> int | None:
        """The row that proves an answer: the 2xx, or its ACK where that alone was captured."""
        return self.acked if self.answer is None else self.answer


def sessions(index: Messages, rows: Sequence[int]) -> list[Session]:
    """The legs under one Call-ID, in order of their first INVITE: one for each From tag (a B2BUA may keep the Call-ID).

    Rows of no INVITE at all give one session begun before the evidence.
    """
    found = [_session(index, members) for members in _rows_by_leg(index, rows)]
    for session in found:
        invites = [t for t in session.transactions if t.method == "INVITE"]
        session.hops = [
            (t.request, t.client, t.server)
            for t in invites
            if t.request is not None and index.to_tag[t.request] is None
        ]
        session.ends = _ends(index, session, invites)
        session.refers = any(t.method == "REFER" for t in session.transactions)
    return found


def _ends(index: Messages, session: Session, invites: list[Transaction]) -> list[int]:
    """Where the caller's last INVITE ended up: the servers on its hops that are the client of none."""
    cseq = index.cseq[session.rows[0] if session.last_invite is None else session.last_invite]
    last = [t for t in invites if t.cseq == cseq]
    clients = {t.client for t in last}
    return list(dict.fromkeys(t.server for t in last if t.server not in clients)) or [session.called]


def _rows_by_leg(index: Messages, rows: Sequence[int]) -> list[list[int]]:
    """The rows by the caller's tag. A retry after a refusal with a new From tag on the same hop stays the same leg."""
    leg_of: dict[str | None, int] = {}
    hops: list[tuple[int, int]] = []
    refused: list[bool] = []
    for row in rows:
        tag = index.from_tag[row]
        if index.method[row] != "INVITE":
            continue
        if index.status[row]:
            if tag in leg_of:
                refused[leg_of[tag]] = index.status[row] in (401, 407)
        elif index.to_tag[row] is None and tag not in leg_of:
            hop = (index.src[row], index.dst[row])
            same = [leg for leg, other in enumerate(hops) if other == hop and refused[leg]]
            leg_of[tag] = same[-1] if same else len(hops)
            if not same:
                hops.append(hop)
                refused.append(False)
    if len(hops) < 2:
        return [list(rows)]
    groups: list[list[int]] = [[] for _ in hops]
    for row in rows:
        tag = index.from_tag[row]
        groups[leg_of.get(tag if tag in leg_of else index.to_tag[row], 0)].append(row)
    return groups


def _session(index: Messages, rows: list[int]) -> Session:
    found = transactions(index, rows)
    ends = [row for row in rows if index.method[row] == "BYE"]
    byes = [row for row in ends if index.is_request(row)] or ends[:1]
    initial = [t for t in found if t.method == "INVITE" and _is_initial(index, t, rows[0])]
    if not initial:
        cancel = next((t.request for t in found if t.method == "CANCEL"), None)
        hop = index.src[rows[0]], index.dst[rows[0]]
        bye = byes[0] if byes else None
        return Session(rows, index.from_tag[rows[0]], *hop, cancel=cancel, byes=byes, bye=bye, found=found)
    first = initial[0]
    attempts = [t for t in initial if _same_caller(index, t, first)]
    last = attempts[-1]
    heard = sorted(row for attempt in attempts for row in attempt.provisional)
    ringing = [row for row in heard if 180 <= index.status[row] < 190]
    session = Session(
        rows=rows,
        from_tag=index.from_tag[first.first],
        caller=first.client,
        called=last.server,
        invite=first.request,
        last_invite=last.request,
        provisional=bool(heard),
        rang=ringing[0] if ringing else None,
        last_ringing=ringing[-1] if ringing else None,
        ringing=next((row for row in ringing if _rings(index, row)), None),
        byes=[row for row in byes if row > (first.first if first.request is None else first.request)],
        found=found,
    )
    session.final = _final(index, initial, attempts)
    session.status = None if session.final is None else index.status[session.final]
    cancels = [t.request for t in found if t.method == "CANCEL" and _same_caller(index, t, first)]
    session.cancel = next((row for row in cancels if row is not None), None)
    if session.final is None and session.last_invite is not None:
        session.acked, session.refused = _told_by_ack(index, rows, session.last_invite)
    session.bye = _last_bye(index, session)
    return session


def _told_by_ack(index: Messages, rows: Sequence[int], invite: int) -> tuple[int | None, int | None]:
    """The ACK of an INVITE as (of a 2xx, of a refusal).

    That of a 2xx is a transaction of its own with a new branch (RFC 3261, 13.2.2.4), that of a refusal has the branch of
    the INVITE (17.1.1.3).
    """
    same = [r for r in rows if index.cseq[r] == index.cseq[invite] and index.from_tag[r] == index.from_tag[invite]]
    branches = {index.branch[row] for row in same if index.method[row] == "INVITE"}
    acks = [r for r in same if index.method[r] == "ACK" and index.has_cookie(r) and index.to_tag[r] is not None]
    of_answer = (row for row in acks if index.branch[row] not in branches)
    of_refusal = (row for row in acks if index.branch[row] in branches)
    return next(of_answer, None), next(of_refusal, None)


def _last_bye(index: Messages, session: Session) -> int | None:
    """The BYE that ended the leg; None while it goes on.

    Two forks may answer; the caller hangs one up at once (RFC 3261, 13.2.2.4) and talks on with the other. What was
    answered and not acknowledged is no dialog of the caller's, nor is what a B2BUA said on the next hop with tags of its own.
    """
    rows, byes, caller = session.rows, session.byes, index.host(session.caller)
    if not byes:
        return None
    accepted = (row for row in rows if index.method[row] == "INVITE" and 200 <= index.status[row] < 300)
    answered = {index.to_tag[row] for row in accepted if index.host(index.dst[row]) == caller}
    if len(answered) < 2:
        return byes[0]
    first: dict[Any, int] = {}
    for row in byes:
        for tag in answered & {index.from_tag[row], index.to_tag[row]}:
            first.setdefault(tag, row)
    kept = {index.to_tag[row] for row in rows if index.method[row] == "ACK"} & answered
    return None if kept - first.keys() else max(first.values(), default=byes[0])


def _is_initial(index: Messages, transaction: Transaction, first_row: int) -> bool:
    """No To tag in the request; of a request that was not captured, only what begins the evidence can be initial."""
    if transaction.request is not None:
        return index.to_tag[transaction.request] is None
    return transaction.first == first_row


def _same_caller(index: Messages, transaction: Transaction, first: Transaction) -> bool:
    """Whether a transaction is on the caller's hop, not on one that a proxy added. TCP may reconnect from another port."""
    if transaction.client == first.client:
        return True
    return transaction.server == first.server and index.host(transaction.client) == index.host(first.client)


def _rings(index: Messages, row: int) -> bool:
    return index.status[row] == 180 or (index.status[row] == 183 and index.sdp(row) is not None)


def _final(index: Messages, initial: list[Transaction], attempts: list[Transaction]) -> int | None:
    """A 2xx to the caller, else to any fork, else the final response to the caller's last attempt."""
    for group in (attempts, initial):
        for transaction in group:
            if transaction.final is not None and index.status[transaction.final] < 300:
                return transaction.final
    latest = [t.final for t in attempts if t.cseq == attempts[-1].cseq and t.final is not None]
    return max(latest, default=None)


class Outcome(NamedTuple):
    """What something came to: its state and status, or `late` instead when nothing has come for `patience` ns since the
    message in row `since`.
    """

    state: str | None
    status: int | None = None
    since: int | None = None
    patience: int = 0
    late: tuple[str | None, int | None] = (None, None)

    def judged(self, index: MessageIndex) -> tuple[str | None, int | None]:
        """State and status by the clock of the evidence."""
        late = self.since is not None and overdue(index.time[self.since], index.end, self.patience)
        return self.late if late else (self.state, self.status)


def overdue(since: int, end: int, patience: int) -> bool:
    """Whether nothing has come for `patience` from `since` to `end` (ns)."""
    return since != NULL_INT and end - since >= patience


def session_outcome(session: Session) -> Outcome:
    """The state of a leg (sngrep's words and three more) and its status, as far as it was seen."""
    state = _settled_state(session)
    if state is not None:
        return Outcome(state, session.status)
    waiting = "setup" if session.ringing is None else "ringing"
    if session.last_ringing is not None:
        return Outcome(waiting, None, session.last_ringing, RINGING_AT_MOST_NS, ("failed", None))
    return Outcome(waiting, None, session.last_invite, UNANSWERED_AFTER_NS, ("failed", None))


def _settled_state(session: Session) -> str | None:
    """The state that no clock decides; None without a final response."""
    begun_before = session.partial and session.status is None and session.cancel is None
    if session.answered is not None or begun_before:
        return "in-call" if session.bye is None else "completed"
    status = session.status
    if session.cancel is not None or status == 487:
        return "cancelled"
    if status is None:
        return None if session.refused is None else "failed"
    if status in BUSY:
        return "busy"
    if status < 400:
        return "diverted"
    if status in UNREACHED and session.rang is not None:
        return "no-answer"
    return "rejected" if status in REFUSALS else "failed"


def session_state(index: MessageIndex, session: Session) -> str:
    """The state of a leg."""
    return session_outcome(session).judged(index)[0] or "failed"


def session_end(index: MessageIndex, session: Session) -> int | None:
    """When the leg ended (ns): its BYE, else the refusal, else the CANCEL; None when no end was seen."""
    if session.answer is None and session.final is not None:
        row: int | None = session.final
    elif session.answered is not None:
        row = session.bye
    else:
        row = next((one for one in (session.bye, session.refused, session.cancel) if one is not None), None)
    return None if row is None else index.time[row]


def session_codecs(index: MessageIndex, session: Session) -> list[str]:
    """The codecs negotiated in the leg, looked for once."""
    if session.codecs is None:
        session.codecs = codecs(index, session.rows)
    return session.codecs


def placed(session: Session, flow: Flow, rows: Sequence[int], index: MessageIndex) -> Session:
    """A session of `flow` in the Call-ID that has `rows`: with their numbers and addresses."""
    places = flow.addresses(rows)

    def one(row: int | None) -> int | None:
        return None if row is None else rows[row]

    def transactions() -> list[Transaction]:
        return [
            Transaction(
                method=t.method,
                cseq=index.cseq[rows[t.first]],
                client=places[t.client],
                server=places[t.server],
                request=one(t.request),
                provisional=[rows[row] for row in t.provisional],
                final=one(t.final),
            )
            for t in session.transactions
        ]

    return Session(
        rows=[rows[row] for row in session.rows],
        from_tag=flow.tag(session.from_tag, rows),
        caller=places[session.caller],
        called=places[session.called],
        invite=one(session.invite),
        last_invite=one(session.last_invite),
        provisional=session.provisional,
        rang=one(session.rang),
        last_ringing=one(session.last_ringing),
        ringing=one(session.ringing),
        final=one(session.final),
        status=session.status,
        acked=one(session.acked),
        refused=one(session.refused),
        cancel=one(session.cancel),
        byes=[rows[row] for row in session.byes],
        bye=one(session.bye),
        found=transactions,
        hops=[(rows[row], places[client], places[server]) for row, client, server in session.hops],
        ends=[places[end] for end in session.ends],
        refers=session.refers,
        codecs=session.codecs,
    )
