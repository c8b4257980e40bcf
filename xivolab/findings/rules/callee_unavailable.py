"""callee-unavailable: the called party cannot be reached now (RFC 3261, 21.4.9: 408; 21.4.11: 410; 21.4.18: 480)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.refused import refusals
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return (
        finding
        for finding in refusals(evidence, "callee-unavailable", {408, 410, 480})
        if finding.call is not None and evidence.call_value(finding.call, "state") != "no-answer"
    )


RULE = Rule(
    "callee-unavailable",
    _find,
    {
        "": Words(
            summary=Both(
                "{callee} could not be reached by {caller}: {by} answered {status} {reason}.",
                "{callee} n'a pas pu être joint par {caller} : {by} a répondu {status} {reason}.",
            ),
            cause=Both(
                "{by} knows {asked}, but no phone of it answers: switched off, not registered, or set not to be disturbed.",
                "{by} connaît {asked}, mais aucun de ses postes ne répond : éteint, non enregistré, ou en « ne pas déranger ».",
            ),
            remedy=Both(
                "Look whether the phone of {asked} is registered: `pjsip show aor` of its line and `pjsip show contacts` on {by}.",
                "Regarder si le poste de {asked} est enregistré : `pjsip show aor` de sa ligne et `pjsip show contacts` sur {by}.",
            ),
        ),
    },
)
