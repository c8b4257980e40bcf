"""bye-missing: a call whose end was not confirmed: BYE without an answer (RFC 3261, 15.1)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words
from xivolab.findings.sendings import answered, sent_again

_LASTED_NS = 3_000_000_000


def _find(evidence: Evidence) -> Iterator[Finding]:
    index = evidence.sip.index
    seen = set()
    for sending in sent_again(evidence):
        first, last = sending.first, sending.rows[-1]
        if index.method[first] != "BYE" or index.status[first] or sending.call in seen:
            continue
        if index.time[last] - index.time[first] < _LASTED_NS or answered(evidence, sending):
            continue
        seen.add(sending.call)
        fields = {
            "src": evidence.name(index.place(index.src[first])),
            "dst": evidence.name(index.place(index.dst[first])),
            "times": sending.times,
        }
        proofs = (evidence.message_proof(first), evidence.message_proof(last))
        yield Finding("bye-missing", sending.call, proofs, fields, time=index.time[first])


RULE = Rule(
    "bye-missing",
    _find,
    {
        "": Words(
            summary=Both(
                "{dst} never confirmed the end of the call: {src} sent BYE {times} times.",
                "{dst} n'a jamais confirmé la fin de l'appel : {src} a envoyé BYE {times} fois.",
            ),
            cause=Both(
                "{dst} is no longer reachable, or its answer is lost: for {dst} the call may still be going on.",
                "{dst} n'est plus joignable, ou sa réponse se perd : pour {dst}, l'appel est peut-être encore en cours.",
            ),
            remedy=Both(
                "Look whether {dst} was still there (`pjsip show contacts`: its contact and round trip), and whether a channel of it is "
                "left: `core show channels`.",
                "Regarder si {dst} était encore là (`pjsip show contacts` : contact et aller-retour), et s'il lui reste un canal : "
                "`core show channels`.",
            ),
        ),
    },
)
