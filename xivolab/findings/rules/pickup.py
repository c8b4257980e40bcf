"""pickup: somebody else picked the ringing call up (CEL: PICKUP)."""

from __future__ import annotations

from collections.abc import Iterator

from xivolab.findings.evidence import Evidence
from xivolab.findings.facts import told_by_cel
from xivolab.findings.finding import Finding
from xivolab.findings.rule import Both, Rule, Words


def _find(evidence: Evidence) -> Iterator[Finding]:
    return told_by_cel(evidence, "pickup", ("PICKUP",))


RULE = Rule(
    "pickup",
    _find,
    {
        "cel": Words(
            summary=Both(
                "{who} picked up the ringing call.",
                "{who} a intercepté l'appel qui sonnait.",
            ),
            cause=Both(
                "CEL has the event {event}.",
                "Le CEL contient l'événement {event}.",
            ),
            remedy=Both(
                "A fact, no fault: `xivolab channels` shows it.",
                "Un fait, pas un défaut : `xivolab channels` le montre.",
            ),
        ),
    },
)
