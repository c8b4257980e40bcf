"""The table of dialogs: one row for each Call-ID, whatever its method.

What follows from a flow is worked out once for it; the rest is taken out of the columns for all dialogs at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xivolab.schema import DIALOG, NULL_INT
from xivolab.sip import scan
from xivolab.sip.flow import Flow, Flows, Messages
from xivolab.sip.index import MessageIndex
from xivolab.sip.interning import unlike_within
from xivolab.sip.offer_answer import codecs
from xivolab.sip.session import REFUSALS, UNANSWERED_AFTER_NS, Outcome, Session, session_outcome, sessions
from xivolab.sip.store import TRANSPORTS, shown_places
from xivolab.sip.transaction import transactions
from xivolab.table import Table, column

_IN_DIALOG = frozenset({"INVITE", "ACK", "BYE", "CANCEL", "INFO", "UPDATE", "PRACK", "REFER"})


@dataclass(frozen=True)
class DialogFlow:
    """What follows from a flow. Rows count within the Call-ID."""

    flow: Flow

    @cached_property
    def request(self) -> int | None:
        """The first request."""
        return next((row for row in range(len(self.flow)) if self.flow.is_request(row)), None)

    @cached_property
    def subject(self) -> int:
        """The message that tells the parties: the first request, else the first message."""
        return self.request or 0

    @cached_property
    def method(self) -> str | None:
        """The method of that."""
        return self.flow.method[self.subject]

    @cached_property
    def sessions(self) -> list[Session]:
        """The legs, where there is an INVITE dialog. Capture duplicates take no part in them."""
        if not has_session(self.flow, range(len(self.flow))):
            return []
        found = sessions(self.flow, [row for row, copy in enumerate(self.flow.copy) if not copy])
        for session in found:
            session.codecs = codecs(self.flow, session.rows)
        return found

    @cached_property
    def outcome(self) -> Outcome:
        """State and status of its first leg, or of its requests."""
        if self.sessions:
            return session_outcome(self.sessions[0])
        return _other_outcome(self.flow, range(len(self.flow)), self.method)

    @property
    def codecs(self) -> list[str]:
        """The codecs of its first leg."""
        return (self.sessions[0].codecs or []) if self.sessions else []

    @property
    def to_field(self) -> int:
        """Where the user called is told: the Request-URI; To where that names a domain only (REGISTER) or was not seen."""
        return scan.TO if self.request is None or self.method == "REGISTER" else scan.URI


def dialog_table(
    index: MessageIndex,
    flows: Flows,
    known: Sequence[DialogFlow],
    retransmission: NDArray[np.bool_],
    duplicate: NDArray[np.bool_],
) -> Table:
    """The dialogs of `flows`; `known` tells of each flow what follows from it."""
    order, starts = flows.order, flows.offsets[:-1]
    raw, ids = index.raw, flows.ids

    def of_flow(values: Sequence[Any], dtype: Any = object) -> NDArray[Any]:
        """One value for each flow as one for each dialog."""
        each = np.empty(len(known), dtype)
        each[:] = values if dtype is not object else None
        if dtype is object:
            for number, value in enumerate(values):
                each[number] = value
        return each[ids]

    first, subject = order[starts], order[starts + of_flow([k.subject for k in known], np.int64)]
    asked = of_flow([k.flow.is_request(0) for k in known], np.bool_)  # a response goes back to who asked
    places = shown_places(raw.addresses)
    words = index.words(scan.CALL_ID)[:-1]
    state, status = _outcomes(index, flows, known)
    in_uri = of_flow([k.to_field == scan.URI for k in known], np.bool_)
    to_user = np.empty(len(ids), object)
    for field, chosen in ((scan.URI, in_uri), (scan.TO, ~in_uri)):
        to_user[chosen] = index.users(subject[chosen], field)
    time = np.where(raw.time == NULL_INT, np.iinfo(np.int64).max, raw.time)[order]
    start = np.minimum.reduceat(time, starts) if len(starts) else time
    return Table(
        DIALOG,
        {
            "id": words,
            "call_id": words,
            "method": of_flow([k.method for k in known]),
            "from_user": index.users(subject, scan.FROM),
            "to_user": to_user,
            "src": places[np.where(asked, raw.src[first], raw.dst[first])],
            "dst": places[np.where(asked, raw.dst[first], raw.src[first])],
            "start": np.where(start == np.iinfo(np.int64).max, NULL_INT, start),
            "end": np.maximum.reduceat(raw.time[order], starts) if len(starts) else time,
            "state": state,
            "status": status,
            "messages": np.diff(flows.offsets),
            "retransmissions": _counts(retransmission[order], starts),
            "capture_duplicates": _counts(duplicate[order], starts),
            "codecs": of_flow([k.codecs for k in known]),
            "transport": np.array(TRANSPORTS, dtype=object)[raw.transport[first]],
            "user_agents": _agents(index, flows),
        },
    )


def _counts(marks: NDArray[np.bool_], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.add.reduceat(marks.astype(np.int64), starts) if len(starts) else np.zeros(0, np.int64)


def _agents(index: MessageIndex, flows: Flows) -> NDArray[np.object_]:
    """The user agents of each dialog, each once."""
    agents = index.numbered(scan.AGENT)
    words = index.words(scan.AGENT)
    sets = unlike_within(agents.ids, len(agents), flows.order, flows.offsets)
    lists = column(DIALOG.field("user_agents"), [*([words[n] for n in members] for members in sets.members), []])
    return lists[sets.ids]


def _outcomes(
    index: MessageIndex, flows: Flows, known: Sequence[DialogFlow]
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """State and status of each dialog."""
    state_field, status_field = DIALOG.field("state"), DIALOG.field("status")
    outcomes = [k.outcome for k in known]
    states, statuses = (
        column(state_field, [o.state for o in outcomes]),
        column(status_field, [o.status for o in outcomes]),
    )
    state, status = states[flows.ids], statuses[flows.ids]
    waiting = np.array([o.since is not None for o in outcomes], np.bool_)[flows.ids]
    for call in np.flatnonzero(waiting).tolist():
        outcome = outcomes[flows.ids[call]]
        row = flows.order[flows.offsets[call] + (outcome.since or 0)]
        told = outcome._replace(since=int(row)).judged(index)
        state[call] = told[0]
        status[call] = NULL_INT if told[1] is None else told[1]
    return state, status


def has_session(index: Messages, rows: Sequence[int]) -> bool:
    """Whether a Call-ID holds an INVITE dialog, perhaps begun before the evidence."""
    methods = {index.method[row] for row in rows}
    if "INVITE" in methods:
        return True
    request = next((row for row in rows if index.is_request(row)), rows[0])
    return index.method[request] in _IN_DIALOG and (
        index.to_tag[request] is not None or index.method[request] == "CANCEL"
    )


def _other_outcome(index: Messages, rows: Sequence[int], method: str | None) -> Outcome:
    """State and status of a dialog without INVITE: those of the last request of its method that was settled."""
    attempts = [t for t in transactions(index, rows) if t.method == method]
    if not attempts:
        return Outcome(None)
    first_hop = attempts[0].client
    attempts = [t for t in attempts if t.client == first_hop]
    last = attempts[-1]
    if last.final is not None:
        return Outcome(*_answered(method, index.status[last.final]))
    settled = [t.final for t in attempts if t.final is not None and index.status[t.final] not in (401, 407)]
    before: tuple[str, int | None] = _answered(method, index.status[settled[-1]]) if settled else ("setup", None)
    return Outcome(before[0], before[1], last.first, UNANSWERED_AFTER_NS, ("failed", None))


def _answered(method: str | None, status: int) -> tuple[str, int]:
    """State and status of a request that had this final response."""
    if status < 300:
        return "registered" if method == "REGISTER" else "completed", status
    return "rejected" if status in REFUSALS else "failed", status
