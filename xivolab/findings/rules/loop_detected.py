"""loop-detected: a request came back to where it had been (RFC 3261, 21.4.20: 482; 21.4.21: 483, too many hops)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.finding import Finding
from xivolab.findings.refused import refusals
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return refusals(evidence, "loop-detected", {482, 483})


RULE = Rule(
    "loop-detected",
    _find,
    {
        "": Words(
            summary=Both(
                "{by} refused the call from {caller} to {callee} because it goes in a circle: {status} {reason}.",
                "{by} a refusé l'appel de {caller} vers {callee} car il tourne en rond : {status} {reason}.",
            ),
            cause=Both(
                "The request for {asked} was sent on from server to server until one saw it again, or Max-Forwards ran out.",
                "La requête pour {asked} est passée de serveur en serveur jusqu'à revenir, ou jusqu'à épuiser Max-Forwards.",
            ),
            remedy=Both(
                "Look on {by} and {from_} where each of them sends {asked}: one of the two routes leads back (`dialplan show {asked}@from-extern`).",
                "Regarder sur {by} et {from_} où chacun envoie {asked} : l'une des deux routes revient en arrière (`dialplan show {asked}@from-extern`).",
            ),
        ),
    },
)
