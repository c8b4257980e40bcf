"""The table of dialogs: one row for each Call-ID, whatever its method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xivolab.schema import DIALOG, NULL_INT
from xivolab.sip import scan
from xivolab.sip.index import MessageIndex
from xivolab.sip.session import REFUSALS, UNANSWERED_AFTER_NS, Session, session_codecs, session_state
from xivolab.sip.store import TRANSPORTS
from xivolab.sip.transaction import Transaction, transactions
from xivolab.table import Table

_IN_DIALOG = frozenset({"INVITE", "ACK", "BYE", "CANCEL", "INFO", "UPDATE", "PRACK", "REFER"})


def rows_by_call_id(index: MessageIndex) -> dict[str, list[int]]:
    """The rows of each Call-ID, in order of its first message; messages without one are in none."""
    groups: dict[str, list[int]] = {}
    for row, call_id in enumerate(index.call_id):
        if call_id is not None:
            groups.setdefault(call_id, []).append(row)
    return groups


def dialog_table(
    index: MessageIndex,
    groups: dict[str, list[int]],
    legs: dict[str, list[Session]],
    retransmission: Sequence[bool],
    duplicate: Sequence[bool],
) -> Table:
    """The dialogs of `groups`; `legs` are the sessions of those that have an INVITE dialog."""
    rows = [
        _dialog(index, call_id, members, legs.get(call_id, []), retransmission, duplicate)
        for call_id, members in groups.items()
    ]
    return Table.from_rows(DIALOG, rows)


def _dialog(
    index: MessageIndex,
    call_id: str,
    rows: list[int],
    legs: list[Session],
    retransmission: Sequence[bool],
    duplicate: Sequence[bool],
) -> dict[str, Any]:
    first = rows[0]
    request = next((row for row in rows if index.is_request(row)), None)
    method = index.method[first if request is None else request]
    outcome = (session_state(index, legs[0]), legs[0].status) if legs else _other_outcome(index, rows, method)
    times = [index.time[row] for row in rows if index.time[row] != NULL_INT] or [NULL_INT]
    ends = index.src[first], index.dst[first]
    src, dst = ends if index.is_request(first) else ends[::-1]  # a response goes back to who asked
    agents = dict.fromkeys(index.agent[row] for row in rows)
    return {
        "id": call_id,
        "call_id": call_id,
        "method": method,
        "from_user": index.user(first if request is None else request, scan.FROM),
        "to_user": _to_user(index, first if request is None else request, method),
        "src": index.place(src),
        "dst": index.place(dst),
        "start": min(times),
        "end": max(times),
        "state": outcome[0],
        "status": outcome[1],
        "messages": len(rows),
        "retransmissions": sum(retransmission[row] for row in rows),
        "capture_duplicates": sum(duplicate[row] for row in rows),
        "codecs": session_codecs(index, legs[0]) if legs else [],
        "transport": TRANSPORTS[index.raw.transport[first]],
        "user_agents": [agent for agent in agents if agent],
    }


def _to_user(index: MessageIndex, row: int, method: str | None) -> str | None:
    """The user of the Request-URI; of To where that names a domain only (REGISTER) or the request was not seen."""
    if index.is_request(row) and method != "REGISTER":
        return index.user(row, scan.URI)
    return index.user(row, scan.TO)


def has_session(index: MessageIndex, rows: Sequence[int]) -> bool:
    """Whether a Call-ID holds an INVITE dialog, perhaps begun before the evidence."""
    methods = {index.method[row] for row in rows}
    if "INVITE" in methods:
        return True
    request = next((row for row in rows if index.is_request(row)), rows[0])
    return index.method[request] in _IN_DIALOG and (
        index.to_tag[request] is not None or index.method[request] == "CANCEL"
    )


def _other_outcome(index: MessageIndex, rows: Sequence[int], method: str | None) -> tuple[str | None, int | None]:
    """State and status of a dialog without INVITE: those of the last request of its method that was settled."""
    attempts = [t for t in transactions(index, rows) if t.method == method]
    if not attempts:
        return None, None
    first_hop = attempts[0].client
    attempts = [t for t in attempts if t.client == first_hop]
    last = attempts[-1]
    if last.final is None and not _overdue(index, last):
        settled = [t for t in attempts if t.final is not None and index.status[t.final] not in (401, 407)]
        if not settled:
            return "setup", None
        last = settled[-1]
    if last.final is None:
        return "failed", None
    status = index.status[last.final]
    if status < 300:
        return "registered" if method == "REGISTER" else "completed", status
    return "rejected" if status in REFUSALS else "failed", status


def _overdue(index: MessageIndex, transaction: Transaction) -> bool:
    """Whether the request had 32 s to be answered."""
    sent = index.time[transaction.first]
    return sent != NULL_INT and index.end - sent >= UNANSWERED_AFTER_NS
