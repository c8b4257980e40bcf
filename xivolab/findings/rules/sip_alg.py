"""sip-alg: a router rewrote addresses inside SIP messages: the same request was captured before and behind it."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.nat import rewritten_by_router
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    for one in rewritten_by_router(evidence):
        fields = {"router": evidence.name(one.source), "source": one.source, "header": one.where}
        proofs = (evidence.message_proof(one.other), evidence.message_proof(one.row))
        yield Finding("sip-alg", one.call, proofs, fields, about=one.source, time=evidence.sip.index.time[one.row])


_REMEDY = Both(
    "Switch the SIP ALG of {router} off (on Linux: `rmmod nf_nat_sip nf_conntrack_sip`), or let the phones behind it use TLS or TCP on "
    "another port.",
    "Désactiver l'ALG SIP de {router} (sous Linux : `rmmod nf_nat_sip nf_conntrack_sip`), ou passer les postes derrière lui en TLS ou en TCP "
    "sur un autre port.",
)

RULE = Rule(
    "sip-alg",
    _find,
    {
        "": Words(
            summary=Both(
                "{router} rewrites SIP messages: {header} is another one before and behind it.",
                "{router} réécrit les messages SIP : {header} n'est pas le même avant et après lui.",
            ),
            cause=Both(
                "The same message was captured on both sides of the router, and its {header} was changed on the way.",
                "Le même message a été capturé des deux côtés du routeur, et son {header} a été changé en route.",
            ),
            remedy=_REMEDY,
        ),
    },
)
