"""Calls that somebody refused with a SIP status: who, what was asked, and where that is seen."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from xivolab.calls.leg import Leg
from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.media_ways import host
from xivolab.findings.scanners import scanners
from xivolab.sip import scan


def refusals(evidence: Evidence, code: str, statuses: Collection[int]) -> Iterator[Finding]:
    """A finding for each call that failed by a final response with one of these statuses, where it arose.

    That is the leg dialled last whose own answer it was: what a PBX says to its caller follows from it, though it may be
    another status (Asterisk says 404 for a phone that is not registered, 503 for any refusal of a trunk).
    """
    for row, leg in refused_calls(evidence):
        if leg.status in statuses and leg.session.final is not None:
            yield _finding(evidence, code, row, leg, leg.session.final)


def refused_calls(evidence: Evidence) -> list[tuple[int, Leg]]:
    """The calls that failed by somebody's refusal (rows), each with the leg on which it arose."""
    return evidence.once(refused_calls, lambda: list(_refused_calls(evidence)))


def _refused_calls(evidence: Evidence) -> Iterator[tuple[int, Leg]]:
    for row in np.flatnonzero(evidence.calls["answered"] != 1).tolist():
        leg = origin(evidence.legs[row])
        if leg is not None and host(leg.src or "") not in scanners(evidence):
            yield row, leg


def origin(legs: list[Leg]) -> Leg | None:
    """The leg that was refused first hand: the outermost of the last ones dialled; None where somebody answered."""
    outer = [leg for leg in legs if not leg.children and leg.role != "transfer"]
    refused = [leg for leg in outer if leg.status is not None and leg.status >= 300 and leg.status != 487]
    return refused[-1] if refused else None


def _finding(evidence: Evidence, code: str, row: int, leg: Leg, final: int) -> Finding:
    index = evidence.sip.index
    invite = leg.session.last_invite
    status, reason = evidence.status_and_reason(final)
    fields: dict[str, Any] = {
        "caller": evidence.caller(row),
        "callee": evidence.callee(row),
        "by": evidence.name(index.place(index.src[final])),
        "from_": evidence.name(index.place(index.dst[final])),
        "asked": leg.to_user or evidence.callee(row),
        "status": status,
        "reason": reason,
        "call_id": leg.call_id,
        "offered": offered_codecs(evidence, invite),
    }
    rows = [final] if invite is None else [invite, final]
    passed_on = [one.session.final for one in evidence.legs[row] if one is not leg and one.session.final is not None]
    proofs = tuple(evidence.message_proof(message) for message in (*rows, *passed_on))
    return Finding(code, row, proofs, fields, time=index.time[final])


def offered_codecs(evidence: Evidence, invite: int | None) -> str:
    """The audio codecs in the SDP of an INVITE, in its order; "" where there is none."""
    sdp = None if invite is None else evidence.sip.index.sdp(invite)
    if sdp is None:
        return ""
    names = [codec.name for media in sdp.media if media.kind == "audio" for codec in media.formats if codec.name]
    return ", ".join(dict.fromkeys(name for name in names if name != "telephone-event"))


def sent_credentials(evidence: Evidence, row: int, status: int) -> bool:
    """Whether the INVITE that got this final status carried an Authorization."""
    return any(
        leg.status == status
        and leg.session.last_invite is not None
        and has_credentials(evidence, leg.session.last_invite)
        for leg in evidence.legs[row]
    )


def has_credentials(evidence: Evidence, row: int) -> bool:
    """Whether a request carries an answer to a challenge."""
    return row in evidence.sip.index.rows_with(scan.CREDENTIALS)
