"""The calls and registrations that were attempted, as columns: what every figure of the traffic is made of.

An attempt is one caller's leg of one call: a retry with credentials belongs to it, the legs a PBX dials for it are no
attempts of their own. A REGISTER and its retry with credentials are one attempt too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xivolab.schema import NULL_INT
from xivolab.sip import scan
from xivolab.sip.registration import refused, requests_by_phone
from xivolab.sip.session import UNANSWERED_AFTER_NS
from xivolab.views.names import host_at

if TYPE_CHECKING:
    from typing import Self

    from xivolab.calls.leg import Leg
    from xivolab.case import Case
    from xivolab.sip.index import MessageIndex
    from xivolab.sip.transaction import Transaction

Times = NDArray[np.int64]
CHALLENGES = (401, 407)


class Columns:
    """Columns of one length; subclasses are dataclasses of numpy arrays."""

    def select(self, rows: NDArray[Any]) -> Self:
        """Those of some rows."""
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Calls(Columns):
    """One value for each call; times in ns since 1970, `NULL_INT` where there is none.

    `attempt` is False for a call begun before the evidence: it was in progress, and nobody saw it begin. `asked` is the
    first INVITE, `authorized` the last one of that attempt, `told` the first response that a caller hears or sees (180, 183 with
    SDP, else the 2xx), `final` the final response to the attempt and `status` its code, 0 without one. `hung_up` is the first
    BYE of the caller's leg, `gone` its 2xx. `held` begins and ends the time the call existed, `spoken` that it was answered.
    """

    row: NDArray[np.intp]
    attempt: NDArray[np.bool_]
    asked: Times
    authorized: Times
    told: Times
    final: Times
    status: NDArray[np.int64]
    state: NDArray[np.object_]
    answered: NDArray[np.bool_]
    rang: NDArray[np.bool_]
    credentials: NDArray[np.bool_]
    hung_up: Times
    gone: Times
    held_from: Times
    held_to: Times
    spoken_from: Times
    spoken_to: Times
    peer: NDArray[np.object_]
    called_peer: NDArray[np.object_]
    user: NDArray[np.object_]
    agent: NDArray[np.object_]
    codec: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Registrations(Columns):
    """One value for each attempt to register; `asked`, `authorized`, `final` and `status` as for calls.

    `accepted` is a 2xx, `rejected` a refusal (a challenge is none), `overdue` no answer within 32 s.
    """

    asked: Times
    authorized: Times
    final: Times
    status: NDArray[np.int64]
    accepted: NDArray[np.bool_]
    rejected: NDArray[np.bool_]
    overdue: NDArray[np.bool_]
    credentials: NDArray[np.bool_]
    aor: NDArray[np.object_]
    source: NDArray[np.object_]
    peer: NDArray[np.object_]
    agent: NDArray[np.object_]


def calls_of(case: Case, until: int) -> Calls:
    """The calls of a case, in the order of its table. `until` (ns) is when the evidence ends: what goes on goes on to there."""
    index = case.reading.sip.index
    legs = case.reading.legs
    table = case.table("calls")
    rows = [_call(case, index, members) for members in legs]
    columns = _columned(rows, (*_TIME * 7, *_WORD * 5, *_FLAG))
    asked, authorized, rang, final, hung_up, gone, last, peer, called_peer, user, agent, codec, credentials = columns
    partial = table["partial"] == 1
    answered = (table["answered"] == 1) & ~partial
    end = np.where(table["end"] == NULL_INT, until, table["end"])
    # Nothing came any more: nobody knows for how long somebody waited.
    end = np.where((table["end"] == NULL_INT) & (table["state"] == "failed"), last, end)
    begin = np.where(partial, np.iinfo(np.int64).min // 2, asked)
    spoken_from = np.where(partial, begin, table["answered_at"])
    return Calls(
        row=np.arange(len(rows)),
        attempt=~partial & (asked != NULL_INT),
        asked=asked,
        authorized=authorized,
        told=np.where(rang != NULL_INT, rang, np.where(answered, final, NULL_INT)),
        final=final,
        status=np.where(table["status"] == NULL_INT, 0, table["status"]),
        state=table["state"],
        answered=answered,
        rang=rang != NULL_INT,
        credentials=credentials,
        hung_up=hung_up,
        gone=gone,
        held_from=begin,
        held_to=np.maximum(end, begin),
        spoken_from=np.where(spoken_from == NULL_INT, end, spoken_from),
        spoken_to=np.maximum(end, np.where(spoken_from == NULL_INT, end, spoken_from)),
        peer=peer,
        called_peer=called_peer,
        user=user,
        agent=agent,
        codec=codec,
    )


def _call(case: Case, index: MessageIndex, legs: Sequence[Leg]) -> list[Any]:
    """Seven times, five words, and whether it sent credentials."""
    first = legs[0]
    tried = {earlier for leg in legs for earlier in leg.challenged}
    root = next(leg for leg in legs if leg not in tried)
    session = root.session
    row = session.rows[0] if session.invite is None else session.invite
    credentials = session.last_invite is not None and index.text(session.last_invite, scan.CREDENTIALS) is not None
    hung_up, gone = _ending(index, session.last_byes, session.transactions)
    return [
        NULL_INT if session.invite is None else first.start,
        _time(index, session.last_invite),
        NULL_INT if root.ringing_at is None else root.ringing_at,
        _time(index, session.final),
        hung_up,
        gone,
        max(leg.last for leg in legs),
        _peer(case, root.src),
        _peer(case, _reached(legs, root)),
        root.to_user,
        index.agent[row],
        root.codecs[0] if root.codecs else None,
        credentials,
    ]


def _ending(index: MessageIndex, byes: Sequence[int], transactions: Sequence[Transaction]) -> tuple[int, int]:
    """When the first BYE was sent, and when a BYE of the same sender was answered 2xx (it may have been challenged)."""
    ends = [t for t in transactions if t.method == "BYE" and t.request is not None] if byes else []
    first = next((t for t in ends if t.request == byes[0]), None)
    if first is None:
        return NULL_INT, NULL_INT
    done = (t.final for t in ends if t.client == first.client and t.final is not None and index.status[t.final] < 300)
    return _time(index, first.request), _time(index, min(done, default=None))


def _time(index: MessageIndex, row: int | None) -> int:
    return NULL_INT if row is None else index.time[row]


def _reached(legs: Sequence[Leg], root: Leg) -> str | None:
    """Where the call went: to who answered, else to who was tried last, else as far as the caller's own leg."""
    others = [leg for leg in legs if leg is not root and leg.parent is not None]
    answered = [leg for leg in others if leg.answered_at is not None]
    return (answered or others or [root])[-1].dst


def _peer(case: Case, place: str | None) -> str | None:
    """The name that the case folder gives the host at "ip:port", else its address: a guess is nothing to add up by."""
    if place is None:
        return None
    host = host_at(case.names, place)
    return host.name if host and not host.learnt else place.rpartition(":")[0].strip("[]")


def registrations_of(case: Case) -> Registrations:
    """The attempts to register, by time. A challenge, a stale nonce or a 423 is followed by the rest of the same attempt."""
    sip = case.reading.sip
    index = sip.index
    found: list[list[Any]] = []
    for (account, phone), requests in requests_by_phone(index, sip.groups.values()).items():
        attempt: list[Transaction] = []
        for transaction in requests:
            if attempt and not _goes_on(index, attempt[-1], transaction):
                found.append(_registration(case, index, account, phone, attempt))
                attempt = []
            attempt.append(transaction)
        found.append(_registration(case, index, account, phone, attempt))
    found.sort(key=lambda row: (row[0], row[8]))
    return Registrations(*_columned(found, (*_TIME * 4, *_FLAG * 4, *_WORD * 4)))


_TIME, _WORD, _FLAG = (np.int64,), (np.object_,), (np.bool_,)


def _columned(rows: Sequence[Sequence[Any]], kinds: Sequence[type[np.generic]]) -> list[NDArray[Any]]:
    """Rows as columns of these types, empty ones where there are no rows."""
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return [
        objects(values) if kind is np.object_ else np.array(values, kind)
        for values, kind in zip(columns, kinds, strict=True)
    ]


def objects(values: Sequence[Any]) -> NDArray[np.object_]:
    """A column of texts."""
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _goes_on(index: MessageIndex, before: Transaction, after: Transaction) -> bool:
    """Whether a request is the answer of the phone to what the registrar asked for."""
    if before.final is None or before.request is None or after.request is None:
        return False
    status = index.status[before.final]
    if status not in (*CHALLENGES, 423) or refused(index, before):
        return False
    if index.time[after.request] - index.time[before.final] > UNANSWERED_AFTER_NS:
        return False
    return status == 423 or index.text(after.request, scan.CREDENTIALS) is not None


def _registration(case: Case, index: MessageIndex, aor: str, source: str, attempt: Sequence[Transaction]) -> list[Any]:
    first, last = attempt[0], attempt[-1]
    status = 0 if last.final is None else index.status[last.final]
    sent = _time(index, last.request)
    return [
        _time(index, first.request),
        sent,
        _time(index, last.final),
        status,
        200 <= status < 300,
        last.final is not None and refused(index, last),
        last.final is None and sent != NULL_INT and index.end - sent >= UNANSWERED_AFTER_NS,
        last.request is not None and index.text(last.request, scan.CREDENTIALS) is not None,
        aor,
        source,
        _peer(case, index.place(last.client)),
        None if last.request is None else index.agent[last.request],
    ]
