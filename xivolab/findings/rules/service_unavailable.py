"""service-unavailable: a server could not handle the call (RFC 3261, 21.5: 5xx)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.refused import refusals
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return refusals(evidence, "service-unavailable", {500, 501, 502, 503, 504, 505, 580})


RULE = Rule(
    "service-unavailable",
    _find,
    {
        "": Words(
            summary=Both(
                "{by} could not take the call from {caller} to {callee}: {status} {reason}.",
                "{by} n'a pas pu traiter l'appel de {caller} vers {callee} : {status} {reason}.",
            ),
            cause=Both(
                "{by} is overloaded, out of lines, or has a fault of its own; the number is not the reason.",
                "{by} est surchargé, sans ligne libre, ou en défaut ; le numéro appelé n'est pas en cause.",
            ),
            remedy=Both(
                "Ask whoever runs {by}, with the Call-ID {call_id} and the time; until then send such calls another way (a second trunk "
                "of the outgoing call).",
                "Interroger l'exploitant de {by}, avec le Call-ID {call_id} et l'heure ; en attendant, faire passer ces appels ailleurs "
                "(un second trunk dans l'appel sortant).",
            ),
        ),
    },
)
