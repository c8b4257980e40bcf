"""Transactions: a request on one hop with its responses.

RFC 3261 17.1.3 and 17.2.3: matched by the branch of the top Via, CSeq number and method; without the magic cookie of
RFC 3261 by the tags and addresses instead (RFC 2543). ACKs are left out: for 2xx they belong to the dialog.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from xivolab.sip.flow import Messages


@dataclass(slots=True)
class Transaction:
    """Rows of one transaction. `client` and `server` are address numbers; `request` is None when it was not captured."""

    method: str
    cseq: int
    client: int
    server: int
    request: int | None = None
    provisional: list[int] = field(default_factory=list)
    final: int | None = None

    @property
    def first(self) -> int:
        """The first row seen of it."""
        rows = [row for row in (self.request, *self.provisional[:1], self.final) if row is not None]
        return min(rows)


def transactions(index: Messages, rows: Iterable[int]) -> list[Transaction]:
    """The transactions among `rows` (of one Call-ID, in order), by their first message; repeats change nothing.

    Of several final responses a 2xx wins (forks, or a 2xx that crossed a CANCEL), else the first.
    """
    found: dict[Hashable, Transaction] = {}
    for row in rows:
        method, status = index.method[row], index.status[row]
        if method is None or method == "ACK":
            continue
        client, server = index.src[row], index.dst[row]
        if status:
            client, server = server, client
        branch, cseq = index.branch[row], index.cseq[row]
        key: Hashable = (branch, cseq, method)
        if not index.has_cookie(row):
            key = (index.from_tag[row], cseq, method, client, server)
        transaction = found.get(key)
        if transaction is None:
            transaction = found[key] = Transaction(method, cseq, client, server)
        if not status:
            if transaction.request is None:
                transaction.request = row
        elif status < 200:
            transaction.provisional.append(row)
        elif transaction.final is None or (status < 300 <= index.status[transaction.final]):
            transaction.final = row
    return list(found.values())
