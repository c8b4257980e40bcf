"""reinvite-failed: a change of a running call (hold, media, session timer) was refused (RFC 3261, 14.1; 491 is tried again)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words

_HARMLESS = (401, 407, 481, 487, 491)
"""A challenge, a call that is over or was given up, and a glare that is tried again."""


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    seen = set()
    for row in np.flatnonzero(index.statuses >= 300).tolist():
        call = int(evidence.call_of_message[row])
        if index.method[row] not in ("INVITE", "UPDATE") or index.status[row] in _HARMLESS or call < 0 or call in seen:
            continue
        request = _request(evidence, row)
        if request is None or index.to_tag[request] is None:
            continue
        seen.add(call)
        status, reason = evidence.status_and_reason(row)
        fields = {
            "by": evidence.name(index.place(index.src[row])),
            "from_": evidence.name(index.place(index.dst[row])),
            "method": index.method[row],
            "status": status,
            "reason": reason,
            "caller": evidence.caller(call),
            "callee": evidence.callee(call),
        }
        proofs = (evidence.message_proof(request), evidence.message_proof(row))
        yield Finding("reinvite-failed", call, proofs, fields, time=index.time[row])


def _request(evidence: Evidence, response: int) -> int | None:
    index = evidence.sip.index
    for row in evidence.sip.groups.get(index.call_id[response] or "", ()):
        if not index.status[row] and (index.method[row], index.cseq[row], index.from_tag[row]) == (
            index.method[response],
            index.cseq[response],
            index.from_tag[response],
        ):
            return row
    return None


RULE = Rule(
    "reinvite-failed",
    _find,
    {
        "": Words(
            summary=Both(
                "{by} refused a change of the call between {caller} and {callee}: {status} {reason}.",
                "{by} a refusé une modification de l'appel entre {caller} et {callee} : {status} {reason}.",
            ),
            cause=Both(
                "{from_} asked for it with a {method} in the running call (hold, other media, a session timer), and {by} would not.",
                "{from_} l'a demandée par un {method} en cours d'appel (mise en garde, autre média, temporisateur de session), et {by} a refusé.",
            ),
            remedy=Both(
                "Open the {method} (`xivolab ladder`): if it offers what {by} cannot do (T.38, video, another codec), switch that off on {from_}; if it is the session timer, set `timers=no` on the endpoint of {by}.",
                "Ouvrir le {method} (`xivolab ladder`) : s'il propose ce que {by} ne sait pas faire (T.38, vidéo, autre codec), le désactiver sur {from_} ; si c'est le temporisateur de session, mettre `timers=no` sur l'endpoint de {by}.",
            ),
        ),
    },
)
