"""Registrations that were refused: by whom, how often, and whether credentials had been sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.media_ways import host
from xivolab.findings.refused import has_credentials
from xivolab.findings.scanners import scanners
from xivolab.sip import scan
from xivolab.sip.registration import refused, requests_by_phone
from xivolab.sip.transaction import Transaction
from xivolab.sip.uri import parse_address


def refused_registrations(evidence: Evidence, code: str, wanted: Callable[[int, bool], bool]) -> Iterator[Finding]:
    """A finding for each address of record and source whose last attempt was refused as `wanted` (status, credentials)."""
    index = evidence.sip.index
    for (aor, source), requests in _troubled(evidence).items():
        last = requests[-1]
        if last.final is None or not refused(index, last):
            continue
        if host(source) in scanners(evidence):
            continue
        same = [one for one in requests if _is_refused(evidence, one, wanted)]
        if not same or same[-1] is not last:
            continue
        request, final = _request(last), last.final
        _, reason = evidence.status_and_reason(final)
        uri = parse_address(aor).uri
        user = uri.user if uri and uri.user else aor
        fields = {
            "who": user,
            "user": user,
            "phone": evidence.name(index.place(last.client)),
            "registrar": evidence.name(index.place(last.server)),
            "status": index.status[final],
            "reason": reason,
            "times": len(same),
        }
        proofs = (evidence.message_proof(request), evidence.message_proof(final))
        yield Finding(code, None, proofs, fields, about=f"{aor} {source}", time=index.time[_request(same[0])])


def _troubled(evidence: Evidence) -> dict[tuple[str, str], list[Transaction]]:
    """The requests of the phones that were refused once or more; those of all others are not looked at."""
    index = evidence.sip.index
    calls, cseqs, statuses = index.numbered(scan.CALL_ID).ids, index.cseqs, index.statuses
    # A challenge to a request without credentials is no refusal: every registration begins with one.
    tried = {(int(calls[row]), int(cseqs[row])) for row in index.rows_with(scan.CREDENTIALS)}
    refused_rows = [
        row
        for row in np.flatnonzero(statuses >= 300).tolist()
        if statuses[row] not in (401, 407) or (int(calls[row]), int(cseqs[row])) in tried
    ]
    who = {_aor(evidence, row) for row in refused_rows if index.method[row] == "REGISTER"}
    if not who:
        return {}
    groups = (rows for rows in evidence.sip.groups.values() if index.method[rows[0]] == "REGISTER")
    return requests_by_phone(index, (rows for rows in groups if _aor(evidence, rows[0]) in who))


def _aor(evidence: Evidence, row: int) -> str:
    to = evidence.sip.index.address(row, scan.TO)
    return to.uri_text if to else ""


def _is_refused(evidence: Evidence, one: Transaction, wanted: Callable[[int, bool], bool]) -> bool:
    index = evidence.sip.index
    if one.final is None or one.request is None or not refused(index, one):
        return False
    return wanted(index.status[one.final], has_credentials(evidence, one.request))


def _request(transaction: Transaction) -> int:
    return transaction.first if transaction.request is None else transaction.request
