"""The table of registrations: what became of the REGISTER requests of each phone (RFC 3261 10)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from xivolab.schema import REGISTRATION
from xivolab.sip import scan
from xivolab.sip.index import MessageIndex
from xivolab.sip.message import parse_message
from xivolab.sip.store import TRANSPORTS, shown_place
from xivolab.sip.transaction import Transaction, transactions
from xivolab.sip.uri import Address, parse_address
from xivolab.table import Table

_CREDENTIALS = re.compile(r"(?!digest\b)|.*\bresponse\s*=\s*\"?[0-9a-f]", re.IGNORECASE | re.DOTALL)
_STALE = re.compile(r"stale\s*=\s*\"?true", re.IGNORECASE)


def registration_table(index: MessageIndex, groups: Iterable[Sequence[int]]) -> Table:
    """One row for each address of record and source. `groups` are the rows of each Call-ID.

    A REGISTER that a proxy hands on is counted where it was seen first. Over TCP a phone comes from a new port after
    each connection, so its IP is the source there.
    """
    phones = requests_by_phone(index, groups)
    rows_out = [_registration(index, aor, source, requests) for (aor, source), requests in phones.items()]
    return Table.from_rows(REGISTRATION, sorted(rows_out, key=lambda row: (row["first"], row["aor"])))


def requests_by_phone(index: MessageIndex, groups: Iterable[Sequence[int]]) -> dict[tuple[str, str], list[Transaction]]:
    """The REGISTER transactions of each address of record and source, by their first message."""
    phones: dict[tuple[str, str], list[Transaction]] = {}
    for rows in groups:
        if not any(index.method[row] == "REGISTER" for row in rows):
            continue
        handed_on: dict[int, int] = {}
        for transaction in transactions(index, rows):
            if transaction.method != "REGISTER" or transaction.request is None:
                continue
            if handed_on.setdefault(transaction.cseq, transaction.client) != transaction.client:
                continue
            to = index.address(transaction.request, scan.TO)
            aor = to.uri_text if to else ""
            phones.setdefault((aor, _source(index, transaction)), []).append(transaction)
    for requests in phones.values():
        requests.sort(key=lambda transaction: transaction.first)
    return phones


def _source(index: MessageIndex, transaction: Transaction) -> str:
    over_udp = TRANSPORTS[index.raw.transport[transaction.first]] == "UDP"
    return (index.place(transaction.client) if over_udp else index.host(transaction.client)) or ""


def _registration(index: MessageIndex, aor: str, source: str, requests: list[Transaction]) -> dict[str, Any]:
    last = requests[-1]
    answered = [t for t in requests if t.final is not None]
    statuses = [index.status[t.final] for t in answered if t.final is not None]
    accepted = [t for t in answered if t.final is not None and index.status[t.final] < 300]
    contact = index.address(last.first, scan.CONTACT)
    return {
        "id": blake2b(f"{aor} {source}".encode(), digest_size=6).hexdigest(),
        "aor": aor,
        "contact": contact.uri_text if contact else None,
        "src": shown_place(index.place(requests[0].client)),
        "dst": shown_place(index.place(requests[0].server)),
        "first": index.time[requests[0].first],
        "last": max(index.time[row] for t in requests for row in (t.request, t.final) if row is not None),
        "attempts": len(requests),
        "accepted": len(accepted),
        "rejected": sum(refused(index, t) for t in answered),
        "last_status": statuses[-1] if statuses else None,
        "expires_s": _granted(index, accepted[-1]) if accepted else None,
    }


def refused(index: MessageIndex, transaction: Transaction) -> bool:
    """Whether the registrar said no. A challenge to a request without credentials (IMS phones send empty
    ones first), or to a stale nonce, is none; nor is 423, which asks for a longer interval.
    """
    if transaction.final is None or transaction.request is None:
        return False
    status = index.status[transaction.final]
    if status in (401, 407):
        stale = _STALE.search(index.text(transaction.final, scan.CHALLENGE) or "")
        credentials = index.text(transaction.request, scan.CREDENTIALS)
        return credentials is not None and bool(_CREDENTIALS.match(credentials)) and not stale
    return status >= 300 and status != 423


def _granted(index: MessageIndex, transaction: Transaction) -> int | None:
    """Seconds granted by a 2xx: the expires parameter of the phone's own contact, else Expires (RFC 3261 10.2.4)."""
    if transaction.final is None or transaction.request is None:
        return None
    asked = index.address(transaction.request, scan.CONTACT)
    granted = [parse_address(value) for value in parse_message(index.raw.data[transaction.final]).values("contact")]
    own = [address for address in granted if asked and _same_contact(address, asked)]
    values = [address.parameters.get("expires") for address in own] + [index.text(transaction.final, scan.EXPIRES)]
    seconds = [int(value) for value in values if value and value.isascii() and value.isdigit() and len(value) < 11]
    if not own and asked and asked.uri_text != "*" and _asked_for(index, transaction, asked) == 0:
        return 0
    return seconds[0] if seconds else None


def _asked_for(index: MessageIndex, transaction: Transaction, contact: Address) -> int | None:
    text = contact.parameters.get("expires") or index.text(transaction.first, scan.EXPIRES) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else None


def _same_contact(one: Address, other: Address) -> bool:
    """Whether two contacts are the same place: user, host and port (registrars add parameters)."""
    a, b = one.uri, other.uri
    return a is not None and b is not None and (a.user, a.host, a.port or 5060) == (b.user, b.host, b.port or 5060)
