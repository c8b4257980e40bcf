"""callee-busy: the called party was in a call, or refused as busy (RFC 3261, 21.4.24: 486; 21.6.1: 600)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    for row in evidence.in_state("busy"):
        proofs = evidence.refusal_proofs(row, {486, 600}) or evidence.call_proofs(row)
        yield Finding(
            "callee-busy",
            row,
            proofs,
            {"caller": evidence.caller(row), "callee": evidence.callee(row)},
            time=evidence.call_value(row, "end"),
        )


RULE = Rule(
    "callee-busy",
    _find,
    {
        "": Words(
            summary=Both("{callee} was busy when {caller} called.", "{callee} était occupé quand {caller} a appelé."),
            cause=Both(
                "The called phone answered 486 Busy Here: it is in a call, or somebody refused.",
                "Le poste appelé a répondu 486 Busy Here : il est en communication, ou quelqu'un a refusé l'appel.",
            ),
            remedy=Both(
                "Nothing to mend unless {callee} was free: then look at `core show hints` and at do not disturb on {callee}.",
                "Rien à corriger, sauf si {callee} était libre : regarder alors `core show hints` et le mode « ne pas déranger » "
                "de {callee}.",
            ),
        )
    },
)
