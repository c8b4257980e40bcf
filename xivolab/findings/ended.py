"""Calls that were ended for a reason the BYE tells (RFC 3326)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.sip import scan
from xivolab.sip.message import parse_message


def byes_with(evidence: Evidence, code: str, wanted: Callable[[str], bool]) -> Iterator[Finding]:
    """A finding for each call with a BYE whose Reason (in small letters) is as `wanted`."""
    index = evidence.sip.index
    told = set()
    for bye, reasons in evidence.once(byes_with, lambda: _reasons(evidence)):
        row = int(evidence.call_of_message[bye])
        if row < 0 or row in told or not any(wanted(reason) for reason in reasons):
            continue
        told.add(row)
        fields = {
            "src": evidence.name(index.place(index.src[bye])),
            "dst": evidence.name(index.place(index.dst[bye])),
            "caller": evidence.caller(row),
            "callee": evidence.callee(row),
            "expires": _expires(evidence, row),
        }
        yield Finding(code, row, (evidence.message_proof(bye),), fields, time=index.time[bye])


def _reasons(evidence: Evidence) -> list[tuple[int, list[str]]]:
    """The BYE requests that say why, in order, with their reasons in small letters."""
    sip, index = evidence.sip, evidence.sip.index
    byes = [row for row in sorted(index.rows_with(scan.REASON)) if index.method[row] == "BYE" and not index.status[row]]
    return [(row, [one.lower() for one in parse_message(sip.raw.data[row]).values("reason")]) for row in byes]


def _expires(evidence: Evidence, row: int) -> str | None:
    """The session timer that was agreed on, in seconds."""
    for leg in evidence.legs[row]:
        if leg.session.answer is not None:
            value = parse_message(evidence.sip.raw.data[leg.session.answer]).header("session-expires")
            if value:
                return value.partition(";")[0].strip()
    return None
