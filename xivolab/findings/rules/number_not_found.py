"""number-not-found: the number called is nobody's (RFC 3261, 21.4.5: 404; 21.4.23: 484; 21.4.25: 485; 21.6.3: 604)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.refused import refusals
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return refusals(evidence, "number-not-found", {404, 484, 485, 604})


RULE = Rule(
    "number-not-found",
    _find,
    {
        "": Words(
            summary=Both(
                "{by} refused the call from {caller} to {callee}: {status} {reason}.",
                "{by} a refusé l'appel de {caller} vers {callee} : {status} {reason}.",
            ),
            cause=Both(
                "{by} knows nobody under {asked}: the number is not in its dialplan, or its phone is not registered "
                "(Asterisk says 404 for both).",
                "{by} ne connaît personne sous {asked} : le numéro n'est pas dans son plan de numérotation, ou son poste n'est pas "
                "enregistré (Asterisk répond 404 dans les deux cas).",
            ),
            remedy=Both(
                "On {by}: `dialplan show {asked}@default` (or the caller's context) and `pjsip show contacts`; the log of that moment "
                "tells which of the two it is.",
                "Sur {by} : `dialplan show {asked}@default` (ou le contexte de l'appelant) et `pjsip show contacts` ; le journal de "
                "cet instant dit lequel des deux cas s'est produit.",
            ),
        ),
    },
)
